import type { Write, WriteInput } from './write.ts';

/** Days of the week as ISO 8601 orders them. */
export const WEEKDAYS = ['MON', 'TUE', 'WED', 'THU', 'FRI', 'SAT', 'SUN'] as const;
/** One of {@link WEEKDAYS}. */
export type Weekday = (typeof WEEKDAYS)[number];

/** When a job is due, on the clock of its time zone. */
export type Schedule =
  | {
      readonly type: 'WEEKLY';
      readonly days: readonly Weekday[];
      /** As `HH:MM`. */
      readonly times: readonly string[];
    }
  | {
      readonly type: 'CRON';
      /** Five fields: minute, hour, day of the month, month, day of the week. */
      readonly expression: string;
    };

/**
 * What becomes of runs that were due while the server was not running. `RUN_ONCE`: one run for all of them, at once.
 * `SKIP`: none. `RUN_ALL`: all of them one after the other, at most the last hundred.
 */
export const MISSED_RUNS = ['RUN_ONCE', 'SKIP', 'RUN_ALL'] as const;
/** One of {@link MISSED_RUNS}. */
export type MissedRuns = (typeof MISSED_RUNS)[number];

/** A value that is written again and again by itself. */
export interface Job {
  readonly id: string;
  readonly name: string;
  readonly heatpumpId: string;
  /** Key of the sensor that is written. */
  readonly key: string;
  readonly value: WriteInput;
  readonly schedule: Schedule;
  /** IANA name, e.g. `Europe/Berlin`. */
  readonly timeZone: string;
  readonly enabled: boolean;
  readonly missedRuns: MissedRuns;
  /** What was due until then has been dealt with, milliseconds UTC like the other times. */
  readonly doneUntil: number;
  readonly createdAt: number;
  readonly updatedAt: number;
  /** Who has last made or changed it, as the origin of a write tells; null: nobody knows. */
  readonly changedBy: string | null;
}

/**
 * What came of a run. `PENDING`: the value was sent, or is about to be; the heat pump has not shown it yet. `SUCCEEDED`: the
 * heat pump shows the value. `FAILED`: it does not, and `error` or the write says why. `UNKNOWN`: it may or may not.
 * `SKIPPED`: it was missed, and the job says that missed runs are skipped.
 */
export const JOB_OUTCOMES = ['PENDING', 'SUCCEEDED', 'FAILED', 'UNKNOWN', 'SKIPPED'] as const;
/** One of {@link JOB_OUTCOMES}. */
export type JobOutcome = (typeof JOB_OUTCOMES)[number];

/** Why nothing was written. */
export interface JobError {
  /** The code that a person's write would have been refused with, `MISSED`, or `INTERNAL_SERVER_ERROR`. */
  readonly code: string;
  /** One English sentence. */
  readonly message: string;
}

/** A run before the store has numbered it. */
export interface NewJobRun {
  readonly jobId: string;
  /** When it was due; of a run by hand, when that was asked for. Milliseconds UTC, like `at`. */
  readonly dueAt: number;
  /** When it began. */
  readonly at: number;
  readonly outcome: JobOutcome;
  /** Null if nothing was sent. */
  readonly write: Write | null;
  readonly error: JobError | null;
}

/** One time that a job was due, and what came of it. */
export interface JobRun extends NewJobRun {
  /** Grows from run to run. */
  readonly id: number;
}
