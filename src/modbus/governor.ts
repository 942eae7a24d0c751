import type { PaceReason } from '../domain/pace.ts';

/** What the governor knows of a unit. Rates are requests of the usual size per second; times are milliseconds. */
export interface GovernorState {
  /** Null: as fast as the driver allows. */
  readonly limit: number | null;
  readonly reason: PaceReason;
  /** When the reason came up, and when the limit was last changed. */
  readonly since: number;
  readonly changedAt: number;
  /** The rate at which the last trouble came. */
  readonly troubleAt: number;
  /** The highest rate at which trouble came since the unit was last free: once the limit is back there, it is lifted. */
  readonly liftedAt: number;
  /** No limit rises above it for a day and a half after the unit was lost. */
  readonly ceiling: number;
  /** When the unit was last lost under load; minus infinity: never. */
  readonly lostAt: number;
  /** The rate it has borne since then for a minute at least; null: none yet. */
  readonly proven: number | null;
}

/** What a unit lets one see. `WELL`: a minute without any of the others; `rate` is at which it was asked lately. */
export interface Sign {
  readonly kind: 'WELL' | Exclude<PaceReason, 'FREE'>;
  readonly rate: number;
}

/** A rate that broke a unit is remembered for a day and a half, so that it is tried again at another time of the day. */
export const MEMORY_MS = 36 * 3_600_000;
/** A rate that was borne for so long is not what broke a unit, if that happens for the first time in a day and a half. */
const BORNE_MS = 3_600_000;
/** After a step down it takes so long until one can tell whether it was enough. */
const REST_MS = 10_000;
/** A limit rises by this part of the rate that is needed, with each good minute. */
const STEP = 1 / 20;
/** What is left of a rate that a unit shows strain at, and of one that it was lost at. */
const AFTER_STRAIN = 0.7;
const AFTER_LOSS = 0.25;
/** A rate that was borne until shortly before a loss may be used again, less this much. */
const PROVEN = 0.8;
/**
 * The least rate, as part of the one that is needed to keep the poll interval. Slow answers have many causes, so that they
 * never cost the interval; a busy or restarting unit does.
 */
const FLOOR = { SLOW: 1, BUSY: 1 / 8, LOST: 1 / 8 } as const;

/** The state of a unit that nothing is known of. */
export function unknownUnit(now: number): GovernorState {
  return {
    limit: null,
    reason: 'FREE',
    since: now,
    changedAt: now,
    troubleAt: 0,
    liftedAt: 0,
    ceiling: Number.POSITIVE_INFINITY,
    lostAt: Number.NEGATIVE_INFINITY,
    proven: null,
  };
}

/**
 * The control law: down by a factor at signs of strain, up by small steps. A unit that is lost under load is from then on read
 * no faster than keeps the poll interval, for a day and a half; if that does not help, a quarter as fast, as often as it takes.
 * `need` is the rate that keeps the poll interval with a little to spare.
 */
export function govern(state: GovernorState, sign: Sign, need: number, now: number): GovernorState {
  if (sign.kind === 'WELL') return afterGoodMinute(state, need, now);
  if (sign.kind === 'LOST') return afterLoss(state, sign.rate, need, now);
  if (Math.abs(now - state.changedAt) < REST_MS && state.reason !== 'FREE') return state;
  const limit = Math.max(need * FLOOR[sign.kind], lower(state.limit, sign.rate) * AFTER_STRAIN);
  return limit < sign.rate ? slowed(state, sign, limit, now) : state;
}

function afterLoss(state: GovernorState, rate: number, need: number, now: number): GovernorState {
  const isFirst = now - state.lostAt > MEMORY_MS;
  if (isFirst && now - state.changedAt > BORNE_MS) return { ...state, lostAt: now };
  const limit = Math.max(need * FLOOR.LOST, Math.min(rate * AFTER_LOSS, need));
  const proven = state.proven === null ? limit : state.proven * PROVEN;
  const highest = isFirst ? rate / 2 : proven;
  const ceiling = Math.max(limit, Math.min(need, highest, ceilingAt(state, now)));
  return { ...slowed(state, { kind: 'LOST', rate }, limit, now), ceiling, lostAt: now };
}

function afterGoodMinute(state: GovernorState, need: number, now: number): GovernorState {
  if (state.limit === null) return state;
  const proven = state.limit;
  const limit = Math.min(state.limit + need * STEP, Math.max(state.limit, ceilingAt(state, now)));
  if (limit >= state.liftedAt) return { ...unknownUnit(now), lostAt: state.lostAt };
  return { ...state, limit, proven, changedAt: limit > state.limit ? now : state.changedAt };
}

function slowed(state: GovernorState, { kind, rate }: Sign, limit: number, now: number): GovernorState {
  const reason = kind as PaceReason;
  const since = state.reason === reason ? state.since : now;
  const liftedAt = Math.max(state.liftedAt, rate);
  return { ...state, limit, reason, since, changedAt: now, troubleAt: rate, liftedAt, proven: null };
}

function ceilingAt({ ceiling, lostAt }: GovernorState, now: number): number {
  return now - lostAt > MEMORY_MS ? Number.POSITIVE_INFINITY : ceiling;
}

function lower(limit: number | null, rate: number): number {
  return limit === null ? rate : Math.min(limit, rate);
}
