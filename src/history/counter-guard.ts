/** What is known beforehand of a counter. */
export interface CounterRules {
  /** Most that it can count in an hour. */
  readonly maxPerHour: number;
  /** Its smallest step; 0 if not known. */
  readonly resolution: number;
  /** What it loses when its register overflows; null if it has no such width. */
  readonly wrapsAt: number | null;
}

/**
 * What a correction was for. `HELD`: the counter left what is possible, and nothing is counted until it is clear why.
 * `TRANSIENT`: it came back. `RESET`: it began anew. `JUMP`: it went on from a level that it cannot have reached.
 * `CAUGHT_UP`: it had stood still and made up for it. `WRAP`: its register overflowed.
 */
export const CORRECTION_KINDS = ['HELD', 'TRANSIENT', 'RESET', 'JUMP', 'CAUGHT_UP', 'WRAP'] as const;
/** One of {@link CORRECTION_KINDS}. */
export type CorrectionKind = (typeof CORRECTION_KINDS)[number];

/** A time in which a counter's raw values are no measure of consumption. */
export interface Correction {
  readonly kind: CorrectionKind;
  /** From this sample on nothing was counted, milliseconds UTC. */
  readonly at: number;
  /** The sample at which counting went on; null while held. */
  readonly until: number | null;
  /** The last value before, the first odd one, and the one at which counting went on. */
  readonly before: number;
  readonly odd: number;
  readonly after: number | null;
  /** What was counted at `until` for the whole time. */
  readonly counted: number;
}

/** What the guard remembers of a counter between two samples; plain data. */
export interface CounterState {
  /** The last value trusted, when it was last seen to change, and when it was last seen. */
  readonly level: number;
  readonly changedAt: number;
  readonly seenAt: number;
  readonly suspect: Suspect | null;
}

/** A run of values that does not follow from the level. */
interface Suspect {
  /** When the counter left its level, and the first odd value then. */
  readonly at: number;
  readonly odd: number;
  /** The run that may turn out to be the new truth: where it began and how it goes on. */
  readonly first: number;
  readonly firstAt: number;
  /** How long nobody had looked when it began. */
  readonly unseenMs: number;
  readonly last: number;
  readonly changedAt: number;
  readonly rises: number;
}

/** What one sample means. */
export interface Verdict {
  readonly state: CounterState;
  /** A correction that begins or ends with this sample; it replaces one with the same `at`. */
  readonly correction: Correction | null;
}

const HOUR_MS = 3_600_000;
/** A counter makes up for no more than a day of standing still while it was watched. */
const CATCH_UP_MS = 24 * HOUR_MS;
/** Noise of a 32-bit float, as a part of the value. */
const FLOAT_NOISE = 1e-6;
/** How often a new level must be seen to rise before it is believed; garbage does not count. */
const RISES_TO_BELIEVE = 2;

/**
 * Judges the next sample of an energy, start or run-time counter. The raw value stays what it is; the verdict only says
 * whether the step to it is consumption. Nothing is ever counted twice, and nothing at all while in doubt.
 */
export function guardCounter(rules: CounterRules, state: CounterState | null, at: number, value: number): Verdict {
  if (!state) return trusted(null, at, value, at - HOUR_MS);
  if (at <= state.seenAt) return guardCounter(rules, setBack(state, at), at, value);
  return state.suspect ? whileHeld(rules, state, state.suspect, at, value) : whileTrusted(rules, state, at, value);
}

/** The clock of the server was set back: what was seen before is taken as seen an hour ago. */
function setBack(state: CounterState, at: number): CounterState {
  return { ...state, changedAt: Math.min(state.changedAt, at - HOUR_MS), seenAt: at - 1 };
}

function whileTrusted(rules: CounterRules, state: CounterState, at: number, value: number): Verdict {
  if (follows(rules, state.level, state, at, value)) return trusted(state, at, value);
  const { wrapsAt } = rules;
  if (wrapsAt !== null && value < state.level && follows(rules, state.level - wrapsAt, state, at, value)) {
    return { state: freshState(at, value), correction: wrapped(state, at, value, wrapsAt) };
  }
  return held(state, { at, odd: value, ...newRun(state, at, value) }, at);
}

function whileHeld(rules: CounterRules, state: CounterState, suspect: Suspect, at: number, value: number): Verdict {
  const { first, last, changedAt } = suspect;
  const goesOn = value >= last && follows(rules, last, { changedAt, seenAt: state.seenAt }, at, value);
  // What stays above the level has not come back to it, even if by now it could have been counted.
  const isStillAbove = goesOn && first > state.level;
  if (!isStillAbove && follows(rules, state.level, state, at, value)) {
    return resumed('TRANSIENT', state, suspect, at, value, Math.max(0, value - state.level));
  }
  if (!goesOn) {
    return held(state, { ...suspect, ...newRun(state, at, value) }, at);
  }
  const run = value > last ? { last: value, changedAt: at, rises: suspect.rises + 1 } : {};
  const next = { ...suspect, ...run };
  if (next.rises < RISES_TO_BELIEVE) return held(state, next, at);
  return believed(rules, state, next, at, value);
}

function newRun({ seenAt }: CounterState, at: number, value: number) {
  return { first: value, firstAt: at, unseenMs: at - seenAt, last: value, changedAt: at, rises: 0 };
}

/** The odd values have gone on like a counter, so they are one; what lies between is counted only if it is sure. */
function believed(rules: CounterRules, state: CounterState, suspect: Suspect, at: number, value: number): Verdict {
  const since = value - suspect.first;
  const gap = suspect.first - state.level;
  const within = (capMs: number) => most(rules, suspect.firstAt - state.changedAt, suspect.unseenMs, capMs);
  if (gap < 0) {
    const isFromZero = suspect.first >= 0 && suspect.first <= within(HOUR_MS);
    return resumed('RESET', state, suspect, at, value, isFromZero ? value : since);
  }
  const isPossible = gap <= within(CATCH_UP_MS);
  return resumed(isPossible ? 'CAUGHT_UP' : 'JUMP', state, suspect, at, value, isPossible ? since + gap : since);
}

/** True if a counter at `level` can show `value` now; a little less is the noise of its coding. */
function follows(
  rules: CounterRules,
  level: number,
  { changedAt, seenAt }: Pick<CounterState, 'changedAt' | 'seenAt'>,
  at: number,
  value: number,
): boolean {
  const step = value - level;
  if (step < 0) return -step <= FLOAT_NOISE * Math.abs(level) && value !== 0;
  // A counter may show its consumption in steps an hour apart. What stood still for longer has to prove itself.
  return step <= most(rules, at - changedAt, at - seenAt, HOUR_MS);
}

/** What may have been counted in the time that nobody looked, or that it stood still; of the latter `capMs` at most. */
function most({ maxPerHour, resolution }: CounterRules, stillMs: number, unseenMs: number, capMs: number): number {
  return resolution + (maxPerHour * Math.max(Math.min(stillMs, capMs), unseenMs)) / HOUR_MS;
}

function trusted(state: CounterState | null, at: number, value: number, firstChange = at): Verdict {
  const hasRisen = !state || value > state.level;
  const level = hasRisen ? value : state.level;
  const changedAt = hasRisen ? firstChange : state.changedAt;
  return { state: { level, changedAt, seenAt: at, suspect: null }, correction: null };
}

function held(state: CounterState, suspect: Suspect, at: number): Verdict {
  const { at: from, odd } = suspect;
  const isNew = state.suspect === null;
  const correction = {
    kind: 'HELD',
    at: from,
    until: null,
    before: state.level,
    odd,
    after: null,
    counted: 0,
  } as const;
  return { state: { ...state, seenAt: at, suspect }, correction: isNew ? correction : null };
}

function resumed(
  kind: CorrectionKind,
  state: CounterState,
  { at: from, odd }: Suspect,
  at: number,
  value: number,
  counted: number,
): Verdict {
  const correction = { kind, at: from, until: at, before: state.level, odd, after: value, counted };
  return { state: kind === 'TRANSIENT' ? trusted(state, at, value).state : freshState(at, value), correction };
}

function freshState(at: number, level: number): CounterState {
  return { level, changedAt: at, seenAt: at, suspect: null };
}

function wrapped({ level: before }: CounterState, at: number, value: number, wrapsAt: number): Correction {
  const counted = value + wrapsAt - before;
  return { kind: 'WRAP', at, until: at, before, odd: value, after: value, counted };
}
