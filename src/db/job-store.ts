import type { Job, JobError, JobOutcome, JobRun, MissedRuns, NewJobRun, Schedule } from '../domain/job.ts';
import type { JobStore } from '../domain/job-store.ts';
import { Sequence } from '../domain/sequence.ts';
import type { Write, WriteInput } from '../domain/write.ts';
import type { PrismaClient } from './generated/client.ts';
import type { JobModel as JobRow, JobRunModel as RunRow } from './generated/models.ts';

/** Runs that are kept of each job. */
const KEPT_RUNS = 100;

/** Keeps jobs and their runs in the database. */
export function createJobStore(prisma: PrismaClient): JobStore {
  // SQLite runs transactions one after the other anyway, and those that wait too long would be given up.
  const begins = new Sequence();
  return {
    list: async () => {
      const rows = await prisma.job.findMany({ orderBy: [{ createdAt: 'asc' }, { id: 'asc' }] });
      const lastRuns = await listLastRuns(prisma);
      return rows.map((row) => ({ job: toJob(row), lastRun: lastRuns.get(row.id) ?? null }));
    },
    insert: async (job) => void (await prisma.job.create({ data: jobRow(job) })),
    update: async (job) => void (await prisma.job.update({ where: { id: job.id }, data: jobRow(job) })),
    delete: async (id) => void (await prisma.job.delete({ where: { id } })),
    runs: async (jobId, take) => {
      return (await prisma.jobRun.findMany({ where: { jobId }, orderBy: { id: 'desc' }, take })).map(toRun);
    },
    beginRun: (run, doneUntil) => begins.run(() => beginRun(prisma, run, doneUntil)),
    endRun: async ({ id, ...run }) => {
      await prisma.jobRun.updateMany({ where: { id }, data: toRunRow(run) });
    },
    decideRun: async (jobId, write, outcome) => {
      const undecided = { jobId, outcome: 'UNKNOWN', write: { contains: `"id":${JSON.stringify(write.id)}` } };
      const row = await prisma.jobRun.findFirst({ where: undecided, orderBy: { id: 'desc' } });
      if (!row) return null;
      const data = { outcome, write: JSON.stringify(write) };
      const { count } = await prisma.jobRun.updateMany({ where: { id: row.id }, data });
      return count === 0 ? null : toRun({ ...row, ...data });
    },
    abandonRuns: async () => {
      await prisma.jobRun.updateMany({ where: { outcome: 'PENDING' }, data: { outcome: 'UNKNOWN' } });
    },
  };
}

/** The newest run of each job, by job. */
async function listLastRuns(prisma: PrismaClient): Promise<Map<string, JobRun>> {
  // Of a list within the jobs Prisma would load every run, and fail with a thousand jobs.
  const newest = await prisma.jobRun.groupBy({ by: ['jobId'], _max: { id: true } });
  const ids = newest.flatMap(({ _max: { id } }) => id ?? []);
  const rows = await prisma.jobRun.findMany({ where: { id: { in: ids } } });
  return new Map(rows.map((row) => [row.jobId, toRun(row)]));
}

async function beginRun(prisma: PrismaClient, run: NewJobRun, doneUntil: number): Promise<JobRun | null> {
  return prisma.$transaction(async (transaction) => {
    const { jobId } = run;
    const changed = await transaction.job.updateMany({
      where: { id: jobId },
      data: { doneUntil: new Date(doneUntil) },
    });
    if (changed.count === 0) return null;
    const row = await transaction.jobRun.create({ data: toRunRow(run) });
    const outdated = await transaction.jobRun.findFirst({
      where: { jobId },
      orderBy: { id: 'desc' },
      skip: KEPT_RUNS,
    });
    if (outdated) await transaction.jobRun.deleteMany({ where: { jobId, id: { lte: outdated.id } } });
    return toRun(row);
  });
}

/** A job as the database keeps it. */
export function jobRow({ value, schedule, doneUntil, createdAt, updatedAt, ...rest }: Job): JobRow {
  return {
    ...rest,
    value: JSON.stringify(value),
    schedule: JSON.stringify(schedule),
    doneUntil: new Date(doneUntil),
    createdAt: new Date(createdAt),
    updatedAt: new Date(updatedAt),
  };
}

function toJob({ value, schedule, missedRuns, doneUntil, createdAt, updatedAt, ...rest }: JobRow): Job {
  return {
    ...rest,
    value: JSON.parse(value) as WriteInput,
    schedule: JSON.parse(schedule) as Schedule,
    missedRuns: missedRuns as MissedRuns,
    doneUntil: doneUntil.getTime(),
    createdAt: createdAt.getTime(),
    updatedAt: updatedAt.getTime(),
  };
}

function toRunRow({ dueAt, at, write, error, ...rest }: NewJobRun): Omit<RunRow, 'id'> {
  return {
    ...rest,
    dueAt: new Date(dueAt),
    at: new Date(at),
    write: write && JSON.stringify(write),
    error: error && JSON.stringify(error),
  };
}

function toRun({ dueAt, at, outcome, write, error, ...rest }: RunRow): JobRun {
  return {
    ...rest,
    dueAt: dueAt.getTime(),
    at: at.getTime(),
    outcome: outcome as JobOutcome,
    write: write === null ? null : (JSON.parse(write) as Write),
    error: error === null ? null : (JSON.parse(error) as JobError),
  };
}
