import type { FieldIssue } from '../../graphql/error-text.ts';
import type {
  CreateJobInput,
  JobPartsFragment,
  JobScheduleInput,
  JobTargetsQuery,
  MissedRuns,
  Weekday,
} from '../../graphql/generated/types.ts';
import { valueOfDraft } from '../sensors/write-value.ts';

/** A heat pump with what can be written to it. */
export type JobTarget = JobTargetsQuery['heatpumps'][number];
/** Something that a job can write. */
export type TargetSensor = JobTarget['sensors'][number];

/** A job as it stands in the form: the value as it was typed. */
export interface JobDraft {
  readonly name: string;
  readonly heatpumpId: string;
  readonly key: string;
  readonly value: string;
  readonly kind: 'WEEKLY' | 'CRON';
  readonly days: readonly Weekday[];
  readonly times: readonly string[];
  readonly cron: string;
  readonly timeZone: string;
  readonly missedRuns: MissedRuns;
  readonly enabled: boolean;
}

/** What is sent for a draft, or what is still wrong with it. */
export type DraftInput =
  | { readonly ok: true; readonly value: CreateJobInput }
  | { readonly ok: false; readonly issues: readonly FieldIssue[] };

/** A new job, in the time zone of whoever adds it. */
export function newDraft(heatpumpId: string): JobDraft {
  return {
    name: '',
    heatpumpId,
    key: '',
    value: '',
    kind: 'WEEKLY',
    days: [],
    times: ['06:00'],
    cron: '',
    timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone,
    missedRuns: 'RUN_ONCE',
    enabled: true,
  };
}

/** A job that exists, to be changed. */
export function draftOf(job: JobPartsFragment): JobDraft {
  const { name, key, value, schedule, timeZone, missedRuns, enabled } = job;
  return {
    name,
    heatpumpId: job.heatpump.id,
    key,
    value: typeof value === 'boolean' ? String(Number(value)) : String(value),
    kind: schedule.weekly ? 'WEEKLY' : 'CRON',
    days: schedule.weekly?.days ?? [],
    times: schedule.weekly?.times ?? ['06:00'],
    cron: schedule.cron ?? '',
    timeZone,
    missedRuns,
    enabled,
  };
}

/** What is sent for a draft; the server checks what needs its knowledge. */
export function inputOf(draft: JobDraft, sensor: TargetSensor | undefined): DraftInput {
  const value = sensor ? valueOfDraft(sensor, draft.value) : null;
  const issues = [
    ...(draft.heatpumpId ? [] : [{ path: 'heatpumpId', message: 'is required' }]),
    ...(sensor ? [] : [{ path: 'key', message: 'is required' }]),
    ...(sensor && value === null ? [{ path: 'value', message: 'is required' }] : []),
  ];
  if (value === null || issues.length > 0) return { ok: false, issues };
  const { name, heatpumpId, key, timeZone, missedRuns, enabled } = draft;
  return {
    ok: true,
    value: { name, heatpumpId, key, value, schedule: scheduleOf(draft), timeZone, missedRuns, enabled },
  };
}

function scheduleOf({ kind, days, times, cron }: JobDraft): JobScheduleInput {
  return kind === 'CRON' ? { cron } : { weekly: { days, times } };
}
