import { setImmediate } from 'node:timers/promises';
import type { Heatpump } from '../domain/heatpump.ts';
import { Sequence } from '../domain/sequence.ts';
import { HeatpumpSeries } from './heatpump-metrics.ts';
import { SeriesBook } from './series-book.ts';
import type { WriteCounter } from './write-counter.ts';

/** What is done in one go, before others are served: a millisecond or two. */
const HEATPUMPS_AT_ONCE = 10;
const CHANGED_BYTES_AT_ONCE = 256 * 1024;

/** The series of all heat pumps, kept from scrape to scrape. */
export class FleetSeries {
  readonly #book = new SeriesBook();
  readonly #byId = new Map<string, HeatpumpSeries>();
  readonly #scrapes = new Sequence();

  /** The text about these heat pumps and no others, family by family. Each heat pump's values are of one poll. */
  tell(heatpumps: readonly Heatpump[], writes: WriteCounter): Promise<Buffer[]> {
    return this.#scrapes.run(async () => {
      this.#forgetAllBut(heatpumps);
      for (const [index, heatpump] of heatpumps.entries()) {
        if (index % HEATPUMPS_AT_ONCE === HEATPUMPS_AT_ONCE - 1) await setImmediate();
        this.#seriesOf(heatpump).tell(heatpump, writes.of(heatpump.settings.id));
      }
      return this.#texts();
    });
  }

  #forgetAllBut(heatpumps: readonly Heatpump[]): void {
    const ids = new Set(heatpumps.map(({ settings }) => settings.id));
    for (const [id, series] of this.#byId) {
      if (ids.has(id)) continue;
      series.drop();
      this.#byId.delete(id);
    }
  }

  /** Whoever has a new name or model gets new series. */
  #seriesOf(heatpump: Heatpump): HeatpumpSeries {
    const { id } = heatpump.settings;
    const known = this.#byId.get(id);
    if (known?.fits(heatpump)) return known;
    known?.drop();
    const made = new HeatpumpSeries(this.#book, heatpump.settings);
    this.#byId.set(id, made);
    return made;
  }

  async #texts(): Promise<Buffer[]> {
    const texts: Buffer[] = [];
    let changedBytes = 0;
    for (const family of this.#book.families()) {
      const { isChanged } = family;
      const text = family.bytes();
      if (text.length > 0) texts.push(text);
      if (isChanged) changedBytes += text.length;
      if (changedBytes < CHANGED_BYTES_AT_ONCE) continue;
      changedBytes = 0;
      await setImmediate();
    }
    return texts;
  }
}
