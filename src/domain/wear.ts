import type { RegisterAddress } from './missing-register.ts';

/** How many writes each register of a controller's memory bears in its life, and who says so. */
export interface WearBudget {
  readonly writes: number;
  readonly source: string;
}

/** How often one register of one unit was written; it is kept for as long as the unit lives. */
export interface RegisterWear extends RegisterAddress {
  /** Where the unit is reached, see {@link unitAt}. */
  readonly unit: string;
  /** Writes that were sent, or may have been. */
  readonly writes: number;
  /** Of the first and of the last of them, milliseconds UTC like all times. */
  readonly firstAt: number;
  readonly lastAt: number;
  /** When its bucket of writes will be full again. */
  readonly bucketFullAt: number;
  /** Writes of the last days, oldest first, by days since the epoch. */
  readonly days: readonly (readonly [day: number, writes: number])[];
}

const DAY_MS = 24 * 3_600_000;
const YEAR_DAYS = 365.25;
/** By the writes of so many days it is told how long a register lasts. */
const RATE_DAYS = 30;

/** By where it is reached a unit is known again, also after it was removed and added anew. */
export function unitAt({ host, port, unitId }: { host: string; port: number; unitId: number }): string {
  return `${host}:${port} unit ${unitId}`;
}

/** The wear after one more write at `now`. */
export function worn(
  before: RegisterWear | null,
  place: Pick<RegisterWear, 'unit' | 'table' | 'address'>,
  bucketFullAt: number,
  now: number,
): RegisterWear {
  const today = dayOf(now);
  const days = (before?.days ?? []).filter(([day]) => day < today && day > today - RATE_DAYS);
  const writesToday = before?.days.find(([day]) => day === today)?.[1] ?? 0;
  return {
    ...place,
    writes: (before?.writes ?? 0) + 1,
    firstAt: before?.firstAt ?? now,
    lastAt: now,
    bucketFullAt,
    days: [...days, [today, writesToday + 1]],
  };
}

/** The wear of a register that was counted in two places; it may come out too high, never too low. */
export function addedWear(a: RegisterWear, b: RegisterWear): RegisterWear {
  const days = new Map(a.days);
  for (const [day, writes] of b.days) days.set(day, (days.get(day) ?? 0) + writes);
  return {
    ...a,
    writes: a.writes + b.writes,
    firstAt: Math.min(a.firstAt, b.firstAt),
    lastAt: Math.max(a.lastAt, b.lastAt),
    bucketFullAt: Math.max(a.bucketFullAt, b.bucketFullAt),
    days: [...days].sort(([one], [other]) => one - other),
  };
}

/**
 * Years until the budget is used up, at the rate of the last 30 days (or since the first write, if that was later); 0 if
 * it is. Null without a budget, before there is a day to go by, and if nothing was written in that time.
 */
export function projectedYears(
  { writes, firstAt, days }: RegisterWear,
  budget: WearBudget | null,
  now: number,
): number | null {
  if (!budget) return null;
  const observedDays = Math.min(RATE_DAYS, (now - firstAt) / DAY_MS);
  const recent = days.reduce((sum, [day, count]) => (day > dayOf(now) - RATE_DAYS ? sum + count : sum), 0);
  if (observedDays < 1 || recent === 0) return null;
  return Math.max(0, budget.writes - writes) / (recent / observedDays) / YEAR_DAYS;
}

function dayOf(time: number): number {
  return Math.floor(time / DAY_MS);
}
