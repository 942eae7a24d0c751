import type { AppErrorCode } from './errors.ts';
import type { SettingsSnapshotHead } from './settings-snapshot.ts';
import type { Write } from './write.ts';

/**
 * Why an old value is not written. `NO_SENSOR`: the heat pump has no such register, or not any more. `NOT_A_SETTING`: a command,
 * a demand or a value that wants to be refreshed. `NO_VALUE`: no old value is known. `NOT_READ`: the present value is not known.
 * `OTHER_UNIT`: it was kept in another unit. `OUT_OF_RANGE`: it may not be written. `READ_ONLY`: the heat pump is set to
 * read-only. `IN_USE`: somebody holds the value, or the heat pump is disabled. `WORN`: its register was written too often
 * lately. `UNREACHABLE`: it could not be sent. `STOPPED`: one before it came to no good end.
 * Of an undone write also, `NOT_LAST`: another one followed. `NOT_SETTLED`: what became of it is not known. `NOTHING_CHANGED`: it
 * has changed nothing. `CHANGED_SINCE`: somebody else has changed the value.
 */
export const SETTING_OBSTACLES = [
  'NO_SENSOR',
  'NOT_A_SETTING',
  'NO_VALUE',
  'NOT_READ',
  'OTHER_UNIT',
  'OUT_OF_RANGE',
  'READ_ONLY',
  'IN_USE',
  'WORN',
  'UNREACHABLE',
  'STOPPED',
  'NOT_LAST',
  'NOT_SETTLED',
  'NOTHING_CHANGED',
  'CHANGED_SINCE',
] as const;
/** One of {@link SETTING_OBSTACLES}. */
export type SettingObstacle = (typeof SETTING_OBSTACLES)[number];

/** Why something is not written, for programs and in an English sentence. */
export interface Refusal {
  readonly obstacle: SettingObstacle;
  readonly reason: string;
}

/** One setting of a restore. Without write and refusal it is yet to be written. */
export interface RestoreStep {
  readonly key: string;
  /** What is there, and what was, in the sensor's unit; null: not known. */
  readonly present: number | null;
  readonly kept: number | null;
  readonly refusal: Refusal | null;
  readonly write: Write | null;
}

/** Settings that are, or would be, written back as they were; those that are the same anyway are left out. */
export interface SettingsRestore {
  readonly snapshot: SettingsSnapshotHead;
  /** Nothing was written. */
  readonly isDryRun: boolean;
  readonly steps: readonly RestoreStep[];
}

/** What came of undoing a write: another write, or a refusal. */
export type Undo =
  | { readonly write: Write; readonly refusal: null }
  | { readonly write: null; readonly refusal: Refusal };

/** The obstacle that a refused request means. */
export const OBSTACLE_OF_ERROR: Readonly<Record<AppErrorCode, SettingObstacle>> = {
  BAD_USER_INPUT: 'OUT_OF_RANGE',
  NOT_FOUND: 'NO_SENSOR',
  CONFLICT: 'IN_USE',
  FORBIDDEN: 'READ_ONLY',
  UNREACHABLE: 'UNREACHABLE',
  RATE_LIMITED: 'UNREACHABLE',
};
