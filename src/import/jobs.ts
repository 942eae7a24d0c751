import { type Job, WEEKDAYS, type Weekday } from '../domain/job.ts';
import type { Sensor } from '../domain/sensor.ts';
import type { WriteInput } from '../domain/write.ts';
import { checkWriteValue } from '../heatpumps/write-value.ts';
import { checkJob } from '../jobs/job-input.ts';
import { MAX_JOBS } from '../jobs/jobs.ts';
import { idOf, isNew, takenId } from './admission.ts';
import { writableSensor } from './legacy-sensor.ts';
import { type Loose, lineOf, listOf, numberOf, parseJson, textOf } from './loose.ts';
import { refusal, refusalOf } from './report.ts';
import { NO_TARGET, type Takeover, type Target, type Targets } from './takeover.ts';

/** The jobs that come over. Nothing of the past is made up for. */
export function takeJobs(takeover: Takeover, targets: Targets): Job[] {
  const { data, existing, report } = takeover;
  const jobs: Job[] = [];
  for (const row of data.jobs) {
    const label = lineOf(`${textOf(row.sensor)} ${textOf(row.value)} ${textOf(row.time)}`, 'without a sensor');
    try {
      const job = toJob(row, targets.get(textOf(row.heatpump_id) || null), takeover);
      if (!isNew('JOB', job, { existing: existing.jobs, taken: jobs, most: MAX_JOBS }, report)) continue;
      jobs.push(job);
      report.taken('JOB', job.name, job.id);
    } catch (thrown) {
      report.notTaken('JOB', label, refusalOf(thrown), row);
    }
  }
  return jobs;
}

/** Throws an `AppError` saying why a row cannot be a job here. */
function toJob(row: Loose, target: Target | undefined, { timeZone, now }: Takeover): Job {
  if (!target) throw refusal(NO_TARGET);
  const heatpumpId = target.settings.id;
  const sensor = writableSensor(target.sensors, textOf(row.sensor));
  if (!sensor) throw refusal(`${target.settings.name} has no value ${textOf(row.sensor)} that can be written`);
  const value = writeInput(sensor, textOf(row.value));
  const time = timeOf(textOf(row.time));
  const checkWrite = () => {
    const paths = { key: ['input', 'key'], value: ['input', 'value'] };
    return { heatpumpId, sensor, value: checkWriteValue(sensor, value, paths).value, refusal: null };
  };
  const { job } = checkJob(
    {
      name: lineOf(`${sensor.name.DE}: ${textOf(row.value)}`, sensor.key),
      key: sensor.key,
      value,
      schedule: { weekly: { days: weekdays(row.days), times: [time] } },
      enabled: row.enabled !== 0,
    },
    null,
    { checkWrite },
    timeZone,
  );
  return {
    id: takenId('job', heatpumpId, idOf(row)),
    ...job,
    doneUntil: now,
    createdAt: now,
    updatedAt: now,
    changedBy: 'import',
  };
}

/** What a text typed there means: a number, or an option by its name in any case. */
function writeInput(sensor: Sensor, text: string): WriteInput {
  const name = text.toLowerCase();
  return numberOf(text) ?? sensor.options.find((option) => option.name === name)?.name ?? booleanOf(name) ?? text;
}

function booleanOf(name: string): boolean | null {
  return name === 'true' || name === 'false' ? name === 'true' : null;
}

function timeOf(text: string): string {
  return /^\d:/.test(text) ? `0${text}` : text;
}

/** No day at all means every day there. */
function weekdays(text: unknown): Weekday[] {
  const days = listOf(parseJson(text)).map((day) => textOf(day).slice(0, 3).toUpperCase());
  return (days.length === 0 ? [...WEEKDAYS] : days) as Weekday[];
}
