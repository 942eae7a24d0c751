import type { Clock, Timer } from '../domain/clock.ts';
import type { DeviceError } from '../domain/device-error.ts';
import type { HeatpumpStatus } from '../domain/heatpump.ts';
import type { Logger } from '../domain/logger.ts';
import type { Pace } from '../domain/pace.ts';
import { type Snapshot, staleSnapshot } from '../domain/snapshot.ts';
import { staleAfterMs, stateOf } from './availability.ts';
import type { EventBus } from './event-bus.ts';
import type { PollResult } from './poll.ts';

/** What {@link Health} needs of the house. */
export interface HealthDeps {
  readonly clock: Clock;
  readonly bus: EventBus;
  readonly logger: Logger;
}

/** Whose health it is. */
export interface HealthSubject {
  readonly heatpumpId: string;
  readonly name: string;
  readonly pollIntervalMs: number;
  /** The revision of the last snapshot published for this heat pump. */
  readonly lastRevision: number;
  readonly line: { readonly pacer: { readonly pace: Pace } };
}

/**
 * Status and latest snapshot of one heat pump, made of the outcomes of its polls. Publishes every snapshot, tells of
 * every change of state, logs once when the heat pump is lost and once when it is back, and lets readings grow stale.
 */
export class Health {
  readonly #subject: HealthSubject;
  readonly #deps: HealthDeps;
  #status: HeatpumpStatus;
  #snapshot: Snapshot | null = null;
  #isStale = false;
  #staleTimer: Timer = null;

  constructor(subject: HealthSubject, deps: HealthDeps) {
    this.#subject = subject;
    this.#deps = deps;
    this.#status = {
      state: 'CONNECTING',
      since: deps.clock.now(),
      lastReadAt: null,
      lastError: null,
      consecutiveFailures: 0,
      nextAttemptAt: null,
      lastPoll: null,
      pace: null,
    };
  }

  get status(): HeatpumpStatus {
    return this.#status;
  }

  get snapshot(): Snapshot | null {
    return this.#snapshot;
  }

  /** Notes when the next attempt is due. */
  expect(nextAttemptAt: number): void {
    this.#status = { ...this.#status, nextAttemptAt };
  }

  /** Takes over a complete poll and publishes its snapshot. */
  succeed({ readings, lastError: error, stats }: PollResult): Snapshot {
    const { heatpumpId, lastRevision, pollIntervalMs } = this.#subject;
    const observedAt = this.#deps.clock.now();
    const revision = (this.#snapshot?.revision ?? lastRevision) + 1;
    const snapshot: Snapshot = { heatpumpId, revision, observedAt, readings };
    this.#isStale = false;
    const lastError = error && isPartial(snapshot) ? { ...error, at: observedAt } : this.#status.lastError;
    this.#publish(snapshot, { consecutiveFailures: 0, lastReadAt: observedAt, lastError, lastPoll: stats });
    this.#watchAge(staleAfterMs(pollIntervalMs, stats.durationMs));
    return snapshot;
  }

  /** Takes over a failed poll or probe; the readings stay as they are until they are stale. */
  fail(error: DeviceError): void {
    const consecutiveFailures = this.#status.consecutiveFailures + 1;
    this.#announce(this.#change({ consecutiveFailures, lastError: { ...error, at: this.#deps.clock.now() } }));
  }

  /** Ends all watching. */
  stop(): void {
    this.#deps.clock.clearTimeout(this.#staleTimer);
  }

  #watchAge(maxAgeMs: number): void {
    const { clock } = this.#deps;
    clock.clearTimeout(this.#staleTimer);
    this.#staleTimer = clock.setTimeout(() => {
      if (!this.#snapshot) return;
      this.#isStale = true;
      this.#publish(staleSnapshot(this.#snapshot), {});
    }, maxAgeMs);
  }

  /** Readings first, then the state that follows from them. */
  #publish(snapshot: Snapshot, change: Partial<HeatpumpStatus>): void {
    this.#snapshot = snapshot;
    const before = this.#change(change);
    this.#deps.bus.emit('snapshot', snapshot);
    this.#announce(before);
  }

  /** Works out the new status; returns the one before. */
  #change(change: Partial<HeatpumpStatus>): HeatpumpStatus {
    const before = this.#status;
    const failures = change.consecutiveFailures ?? before.consecutiveFailures;
    const state = stateOf({
      hasReadings: this.#snapshot !== null,
      isStale: this.#isStale,
      failures,
      isPartial: this.#snapshot !== null && isPartial(this.#snapshot),
    });
    const since = state === before.state ? before.since : this.#deps.clock.now();
    this.#status = { ...before, ...change, state, since, pace: this.#subject.line.pacer.pace };
    return before;
  }

  #announce(before: HeatpumpStatus): void {
    const { state, consecutiveFailures, pace } = this.#status;
    const isSame = state === before.state && consecutiveFailures === before.consecutiveFailures;
    if (isSame && pace?.reason === before.pace?.reason) return;
    this.#log(before);
    this.#deps.bus.emit('heatpump', { heatpumpId: this.#subject.heatpumpId });
  }

  #log(before: HeatpumpStatus): void {
    const { logger } = this.#deps;
    const { heatpumpId, name } = this.#subject;
    const { state, lastError, consecutiveFailures } = this.#status;
    const isLost = consecutiveFailures > 0;
    const wasLost = before.consecutiveFailures > 0;
    if (isLost && !wasLost) logger.warn({ heatpumpId, name, state, error: lastError }, 'heat pump lost');
    else if (wasLost && !isLost) logger.info({ heatpumpId, name, state }, 'heat pump back');
    else if (before.state === 'CONNECTING') logger.info({ heatpumpId, name, state }, 'heat pump connected');
  }
}

/** True if something in it could not be read. */
function isPartial({ readings }: Snapshot): boolean {
  return readings.some(({ quality, observedAt }) => quality === 'FAILED' && observedAt === null);
}
