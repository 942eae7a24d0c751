import { type Clock, sleep } from '../domain/clock.ts';
import type { DeviceError } from '../domain/device-error.ts';
import type { Encoding, EncodingCandidate, EncodingProbe, Evidence } from '../domain/encoding-probe.ts';
import { conversionFactor, type Quantity } from '../domain/quantity.ts';
import { type Register, WORD_ORDERS, wordCount } from '../domain/register.ts';
import { err, ok, type Result } from '../domain/result.ts';
import { isReadable, type Sensor } from '../domain/sensor.ts';
import { decode } from '../modbus/codec.ts';
import type { UnitLine } from '../modbus/line.ts';
import { evidenceOf, type Observation } from './encoding-evidence.ts';

/** What is looked at: the quantities that physics has something to say to. */
const PROBED: readonly Quantity[] = [
  'OUTDOOR_TEMPERATURE',
  'FLOW_TEMPERATURE',
  'RETURN_TEMPERATURE',
  'HOT_WATER_TEMPERATURE',
  'THERMAL_POWER',
  'HEAT_ENERGY',
];
/** Read again after a while, to see which way it goes. */
const COUNTERS: readonly Quantity[] = ['HEAT_ENERGY'];
const COUNTER_PAUSE_MS = 3_000;
const SHIFTS = [0, 1, -1] as const;
const SCALE_FACTORS = [1, 0.1, 10] as const;
/** Fewer answers than these decide nothing. */
const LEAST_EVIDENCE = 3;

/** The words at each place that was read; null where the device refused. */
type Words = ReadonlyMap<string, readonly number[] | null>;

/**
 * Finds out how a device codes its values: reads a few registers as its model has them and one address beside, and holds
 * every combination of word order, address and scale against physics. Touches only addresses that the model has anyway,
 * never writes and changes nothing. The error is that of the first read that got no answer at all.
 */
export async function probeEncoding(
  sensors: readonly Sensor[],
  line: UnitLine,
  clock: Clock,
): Promise<Result<EncodingProbe, DeviceError>> {
  const probed = sensors.filter(isProbed);
  const first = await readAll(probed, sensors, line);
  if (!first.ok) return first;
  await sleep(clock, COUNTER_PAUSE_MS);
  const later = await readAll(probed.filter(isCounter), sensors, line);
  if (!later.ok) return later;
  return ok(judge(encodings(probed).map((encoding) => candidate(encoding, probed, first.value, later.value))));
}

function isProbed(sensor: Sensor): boolean {
  const { quantity, circuit } = sensor;
  return isReadable(sensor) && quantity !== null && circuit === null && PROBED.includes(quantity);
}

function isCounter({ quantity }: Sensor): boolean {
  return quantity !== null && COUNTERS.includes(quantity);
}

/** Word orders matter only where there are two words. */
function encodings(probed: readonly Sensor[]): Encoding[] {
  const [own = 'BIG'] = probed.filter(({ register }) => wordCount(register.dataType) === 2).map(orderOf);
  const hasTwoWords = probed.some(({ register }) => wordCount(register.dataType) === 2);
  const orders = hasTwoWords ? [own, ...WORD_ORDERS.filter((order) => order !== own)] : [own];
  return orders.flatMap((wordOrder) =>
    SHIFTS.flatMap((addressShift) => SCALE_FACTORS.map((scaleFactor) => ({ wordOrder, addressShift, scaleFactor }))),
  );
}

function orderOf({ register }: Sensor): Register['wordOrder'] {
  return register.wordOrder;
}

async function readAll(
  probed: readonly Sensor[],
  sensors: readonly Sensor[],
  line: UnitLine,
): Promise<Result<Words, DeviceError>> {
  const known = new Set(sensors.filter(isReadable).flatMap(({ register }) => placesOf(register)));
  const words = new Map<string, readonly number[] | null>();
  for (const shift of SHIFTS) {
    for (const { register } of probed) {
      if (!placesOf(register, shift).every((place) => known.has(place))) continue;
      const address = register.address + shift;
      const answer = await line.read({ table: register.table, address, count: wordCount(register.dataType) });
      if (answer.ok) words.set(placeOf(register, shift), answer.value);
      else if (answer.error.code === 'EXCEPTION') words.set(placeOf(register, shift), null);
      else return err(answer.error);
    }
  }
  return ok(words);
}

function placesOf(register: Register, shift = 0): string[] {
  return Array.from({ length: wordCount(register.dataType) }, (_, index) => placeOf(register, shift + index));
}

function placeOf({ table, address }: Register, shift: number): string {
  return `${table} ${address + shift}`;
}

function candidate(encoding: Encoding, probed: readonly Sensor[], first: Words, later: Words): EncodingCandidate {
  const valuesOf = (words: Words) =>
    new Map(
      probed.flatMap((sensor) => (sensor.quantity ? [[sensor.quantity, readingOf(sensor, encoding, words)]] : [])),
    );
  const observation: Observation = { first: valuesOf(first), later: valuesOf(later) };
  const refused = probed.filter(({ register }) => isRefused(register, encoding.addressShift, first));
  return { ...encoding, evidence: [...evidenceOf(observation), ...refused.map(refusal)] };
}

/** A register that answers one address beside is there, so its refusal here speaks against this address. */
function isRefused(register: Register, shift: number, words: Words): boolean {
  const answersElsewhere = SHIFTS.some((other) => words.get(placeOf(register, other)));
  return words.get(placeOf(register, shift)) === null && answersElsewhere;
}

function refusal({ key }: Sensor): Evidence {
  return { text: `${key} is answered at this address`, passed: false };
}

/** The value that a sensor would have, in its quantity's unit; null if it was not read or has none. */
function readingOf({ register, quantity, unit }: Sensor, encoding: Encoding, words: Words): number | null {
  const read = words.get(placeOf(register, encoding.addressShift));
  if (!read || !quantity) return null;
  const decoded = decode({ ...register, wordOrder: encoding.wordOrder }, read);
  if (decoded.kind !== 'VALUE') return null;
  return decoded.value * encoding.scaleFactor * conversionFactor(unit, quantity);
}

/**
 * Fits is what has most evidence for it and none against. Another encoding that nothing speaks against either leaves it open
 * which is right, unless it could hardly be tried.
 */
function judge(all: readonly EncodingCandidate[]): EncodingProbe {
  const candidates = all.toSorted((a, b) => failures(a) - failures(b) || b.evidence.length - a.evidence.length);
  const [fits, ...rivals] = candidates.filter((each) => failures(each) === 0);
  if (!fits) return { verdict: 'NONE', fits: null, candidates };
  const hasRival = rivals.some(({ evidence }) => evidence.length >= LEAST_EVIDENCE);
  if (hasRival || fits.evidence.length < LEAST_EVIDENCE) return { verdict: 'AMBIGUOUS', fits: null, candidates };
  return { verdict: fits === all[0] ? 'AS_EXPECTED' : 'OTHER', fits, candidates };
}

function failures({ evidence }: EncodingCandidate): number {
  return evidence.filter(({ passed }) => !passed).length;
}
