import type { DeviceError } from '../domain/device-error.ts';
import { placeOf, type RegisterAddress } from '../domain/missing-register.ts';
import { err, ok, type Result } from '../domain/result.ts';
import { cutAtHoles, HoleSearch } from '../modbus/hole-search.ts';
import { blockOf } from '../modbus/read-plan.ts';
import type { PlannedSensor, PollBlock, PollRound } from './poll-round.ts';
import { isPlausible, type Probe } from './probe.ts';

/**
 * Once a poll has found something, it sends at most so many times the requests that the unit will take from then on; the
 * next poll goes on from there.
 */
const MOST_EFFORT = 2;

/** By what it is learnt that a register is missing. */
export interface Learning {
  /** The Modbus exceptions by which the device says so; any other failure proves nothing. */
  readonly refusals: readonly number[];
  /**
   * Nothing is learnt unless it was read well in the same poll, and again after what was refused: a device on its way up or
   * down may refuse everything.
   */
  readonly probe: Probe;
}

type Search = HoleSearch<PlannedSensor>;

/** True if this is how the device says that it does not have a register. */
export function isRefusal({ exceptionCode }: DeviceError, { refusals }: Learning): boolean {
  return exceptionCode !== undefined && refusals.includes(exceptionCode);
}

/**
 * Reads the refused blocks of a poll piece by piece, and tells where their holes are; the probe is never one. A search that
 * meets anything but answers and refusals ends with nothing learnt. The error is that of a device that is gone.
 */
export async function findHoles(
  refused: readonly PollBlock[],
  plannedRequests: number,
  round: PollRound,
  learning: Learning,
): Promise<Result<readonly RegisterAddress[], DeviceError>> {
  if (!(await isProbeWell(refused, round, learning))) return ok([]);
  const searches = searchesFor(refused);
  const others = plannedRequests - refused.length;
  const mayGoOn = () =>
    searches.every((search) => search.holes.length === 0) ||
    round.requests + 1 < MOST_EFFORT * (others + requestsNeeded(searches));
  const holes: RegisterAddress[] = [];
  for (const search of searches) {
    const failure = await run(search, round, learning, mayGoOn);
    if (!failure) holes.push(...search.holes);
    else if (round.isGoneAfter(failure)) return err(failure);
  }
  const probeAt = placeOf(learning.probe.sensor.register);
  const missing = holes.filter((hole) => placeOf(hole) !== probeAt);
  return ok(missing.length > 0 && (await isProbeReadWell(round, learning)) ? missing : []);
}

/** Goes on with a search as long as it may. The error is one that is no refusal. */
async function run(
  search: Search,
  round: PollRound,
  learning: Learning,
  mayGoOn: () => boolean,
): Promise<DeviceError | null> {
  for (let piece = search.next; piece && mayGoOn(); piece = search.next) {
    const error = round.take(piece, await round.ask(piece));
    if (!error) search.answered();
    else if (isRefusal(error, learning)) search.refused();
    else return error;
  }
  return null;
}

/** The reading of the probe in this poll; if its block was refused, it is read alone. */
async function isProbeWell(refused: readonly PollBlock[], round: PollRound, learning: Learning): Promise<boolean> {
  const { probe } = learning;
  if (refused.some(({ items }) => items.some(({ sensor }) => sensor === probe.sensor))) {
    return isProbeReadWell(round, learning);
  }
  const reading = round.readings.find(({ sensor }) => sensor === probe.sensor);
  return reading !== undefined && isPlausible(probe, reading);
}

/** Reads the probe alone. */
async function isProbeReadWell(round: PollRound, { probe }: Learning): Promise<boolean> {
  const { sensor } = probe;
  const index = round.readings.findIndex((reading) => reading.sensor === sensor);
  const alone = blockOf([{ sensor, register: sensor.register, index }]);
  const error = round.take(alone, await round.ask(alone));
  const reading = round.readings[index];
  return !error && reading !== undefined && isPlausible(probe, reading);
}

/** A register that was refused alone also explains why a block that spans it was. */
function searchesFor(refused: readonly PollBlock[]): Search[] {
  const alone = refused.filter(({ items }) => items.length === 1).flatMap(({ items }) => items);
  const holes = alone.map(({ register }) => register);
  return refused.flatMap((block) => {
    const searches = cutAtHoles(block, holes).map((part): Search => new HoleSearch(part));
    if (searches.length === 1) searches[0]?.refused();
    return searches;
  });
}

/** What reading the searched blocks without their holes takes, as far as is known: one if nothing is. */
function requestsNeeded(searches: readonly Search[]): number {
  return searches.reduce((sum, { requestsNeeded, next }) => sum + Math.max(requestsNeeded, next ? 1 : 0), 0);
}
