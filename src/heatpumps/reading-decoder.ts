import { optionText, type Sensor } from '../domain/sensor.ts';
import { failedReading, type Reading } from '../domain/snapshot.ts';
import { decode } from '../modbus/codec.ts';

/** A "not available" number that is also a real value counts as missing once it has persisted for this long. */
const PERSISTS_MS = 5 * 60_000;

/** Turns the words of one heat pump into readings. It remembers which ambiguous sensors have shown a real value. */
export class ReadingDecoder {
  readonly #lastRealAt = new Map<string, number>();

  /** The reading of `sensor`, whose first word is `words[index]`. */
  decode(sensor: Sensor, words: ArrayLike<number>, index: number, observedAt: number): Reading {
    const decoded = decode(sensor.register, words, index);
    switch (decoded.kind) {
      case 'VALUE':
        if (sensor.ambiguousNotAvailable) this.#lastRealAt.set(sensor.key, observedAt);
        return goodReading(sensor, decoded.value, observedAt);
      case 'TEXT':
        return { sensor, value: null, text: decoded.text, quality: 'GOOD', observedAt };
      case 'NOT_AVAILABLE':
        return decoded.value !== null && this.#mayBeReal(sensor, observedAt)
          ? goodReading(sensor, decoded.value, observedAt)
          : { sensor, value: null, text: null, quality: 'MISSING', observedAt };
      case 'INVALID':
        return { ...failedReading(sensor), observedAt };
    }
  }

  #mayBeReal(sensor: Sensor, observedAt: number): boolean {
    const lastRealAt = this.#lastRealAt.get(sensor.key);
    return lastRealAt !== undefined && observedAt - lastRealAt <= PERSISTS_MS;
  }
}

function goodReading(sensor: Sensor, value: number, observedAt: number): Reading {
  return { sensor, value, text: optionText(sensor, value), quality: 'GOOD', observedAt };
}
