import type { Clock } from '../domain/clock.ts';
import type { DeviceError } from '../domain/device-error.ts';
import type { PollStats } from '../domain/heatpump.ts';
import type { RegisterAddress } from '../domain/missing-register.ts';
import { err, ok, type Result } from '../domain/result.ts';
import type { Reading } from '../domain/snapshot.ts';
import type { ReadLine } from '../drivers/driver.ts';
import { findHoles, isRefusal, type Learning } from './hole-learning.ts';
import { type PollBlock, PollRound } from './poll-round.ts';
import type { ReadingDecoder } from './reading-decoder.ts';

/** What one complete poll brought. */
export interface PollResult {
  /** One per readable sensor, in the sensors' order. */
  readonly readings: readonly Reading[];
  /** The last failure of a request, although the poll went on. */
  readonly lastError: DeviceError | null;
  readonly stats: PollStats;
}

/** A poll, and where in it the device was found to have no register; the readings there are `FAILED`. */
export interface LearningResult extends PollResult {
  readonly holes: readonly RegisterAddress[];
}

/** What a poll reads with. */
export interface PollTools {
  readonly line: ReadLine;
  readonly decoder: ReadingDecoder;
  readonly clock: Clock;
  readonly learning: Learning | null;
}

/**
 * Reads all `blocks`; what lies outside of them stays as it is `known`. A block the device refuses fails alone, and with `learning` is searched for what is missing. A block
 * that gets no usable answer is forgiven once; after a second one, or when there is no connection, the device counts as
 * gone and the poll fails as a whole, with nothing learnt.
 */
export async function poll(
  blocks: readonly PollBlock[],
  { line, decoder, clock, learning }: PollTools,
  known: readonly Reading[] = [],
): Promise<Result<LearningResult, DeviceError>> {
  const startedAt = clock.monotonicMs();
  const round = new PollRound(line, decoder, clock, known);
  const refused: PollBlock[] = [];
  for (const block of blocks) {
    const error = round.take(block, await round.ask(block));
    if (!error) continue;
    if (round.isGoneAfter(error)) return err(error);
    if (learning && isRefusal(error, learning)) refused.push(block);
  }
  if (round.registers === 0 && round.lastError) return err(round.lastError);
  const holes = learning && refused.length > 0 ? await findHoles(refused, blocks.length, round, learning) : ok([]);
  if (!holes.ok) return holes;
  const { readings, lastError, requests, registers } = round;
  return ok({
    readings,
    lastError,
    holes: holes.value,
    stats: { durationMs: Math.round(clock.monotonicMs() - startedAt), requests, registers },
  });
}
