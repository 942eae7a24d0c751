import type { Clock, Timer } from '../domain/clock.ts';
import type { Schedule } from '../domain/job.ts';
import { lastRuns, nextRuns } from '../jobs/schedule.ts';

/** What is done again and again, and when. */
export interface ScheduleDeps {
  readonly schedule: Schedule;
  /** IANA name. */
  readonly timeZone: string;
  readonly clock: Clock;
  /** When it was last done; null: never. */
  readonly lastDoneAt: () => number | null;
  /** Resolves with whether it was done. */
  readonly run: () => Promise<boolean>;
}

/** Timers are shorter, so that a clock that was set, or a computer that slept, is noticed. */
const LONGEST_TIMER_MS = 60_000;
/** What was missed waits until the start is over. */
const CATCH_UP_MS = 10 * 60_000;
const RETRY_MS = 3_600_000;

/** Does something at the times of a schedule; soon after the start if it was missed, in an hour if it failed. */
export class BackupSchedule {
  readonly #deps: ScheduleDeps;
  #timer: Timer = null;
  #nextAt = Number.POSITIVE_INFINITY;
  #isStopped = false;

  constructor(deps: ScheduleDeps) {
    this.#deps = deps;
  }

  /** Milliseconds UTC. */
  get nextAt(): number {
    return this.#nextAt;
  }

  start(): void {
    const { schedule, timeZone, clock, lastDoneAt } = this.#deps;
    const now = clock.now();
    const [lastDueAt] = lastRuns(schedule, timeZone, now, 1);
    const isMissed = lastDueAt !== undefined && (lastDoneAt() ?? 0) < lastDueAt;
    this.#nextAt = isMissed ? Math.min(now + CATCH_UP_MS, this.#nextDue(now)) : this.#nextDue(now);
    this.#wait();
  }

  stop(): void {
    this.#isStopped = true;
    this.#deps.clock.clearTimeout(this.#timer);
  }

  #wait(): void {
    const { clock } = this.#deps;
    if (this.#isStopped) return;
    const delayMs = Math.max(0, Math.min(LONGEST_TIMER_MS, this.#nextAt - clock.now()));
    this.#timer = clock.setTimeout(() => void this.#tick(), delayMs);
  }

  async #tick(): Promise<void> {
    const { clock, run } = this.#deps;
    if (clock.now() >= this.#nextAt) {
      const isDone = await run();
      const now = clock.now();
      this.#nextAt = isDone ? this.#nextDue(now) : Math.min(now + RETRY_MS, this.#nextDue(now));
    }
    this.#wait();
  }

  #nextDue(now: number): number {
    const [next = Number.POSITIVE_INFINITY] = nextRuns(this.#deps.schedule, this.#deps.timeZone, now, 1);
    return next;
  }
}
