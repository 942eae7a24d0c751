import type { AlertState } from '../domain/alert.ts';

/** What is known of a condition at one moment. */
export interface Finding {
  /** Whether it holds; null: that cannot be told now, and nothing changes. */
  readonly isMet: boolean | null;
  readonly value: number | null;
  readonly text: string | null;
}

/** The times of an alert, in milliseconds. */
export interface AlertTiming {
  readonly durationMs: number;
  /** Null: no reminders. */
  readonly repeatEveryMs: number | null;
}

/** What the channels are told of a change. */
export type Notice = 'FIRING' | 'REMINDER' | 'RECOVERED';

/** The state that follows from a finding; the same object if nothing changes. */
export function nextState(before: AlertState, finding: Finding, timing: AlertTiming, now: number): AlertState {
  if (finding.isMet === null) return before;
  if (!finding.isMet) return before.state === 'OK' ? before : enter('OK', finding, now);
  if (before.state === 'FIRING') return isReminderDue(before, timing, now) ? { ...before, notifiedAt: now } : before;
  const metSince = before.state === 'PENDING' ? (before.since ?? now) : now;
  if (now - metSince >= timing.durationMs) return { ...enter('FIRING', finding, now), notifiedAt: now };
  return before.state === 'PENDING' ? before : enter('PENDING', finding, now);
}

/** What the channels are told when `before` becomes `after`; null: nothing. */
export function noticeOf(before: AlertState, after: AlertState): Notice | null {
  if (after.state !== 'FIRING') return before.state === 'FIRING' ? 'RECOVERED' : null;
  if (before.state !== 'FIRING') return 'FIRING';
  return after.notifiedAt === before.notifiedAt ? null : 'REMINDER';
}

/** Since when the condition has held when the alert fires; later, when it fired. Milliseconds UTC. */
export function heldSince(before: AlertState, after: AlertState): number | null {
  return before.state === 'OK' ? after.since : before.since;
}

/** When the state changes by time alone, if its condition goes on; null: never. */
export function dueAt({ state, since, notifiedAt, acknowledgedAt }: AlertState, timing: AlertTiming): number | null {
  if (state === 'PENDING') return (since ?? 0) + timing.durationMs;
  if (state === 'OK' || timing.repeatEveryMs === null || acknowledgedAt !== null) return null;
  return (notifiedAt ?? 0) + timing.repeatEveryMs;
}

function isReminderDue(state: AlertState, timing: AlertTiming, now: number): boolean {
  const due = dueAt(state, timing);
  return due !== null && now >= due;
}

function enter(state: AlertState['state'], { value, text }: Finding, now: number): AlertState {
  return { state, since: now, acknowledgedAt: null, notifiedAt: null, value, text };
}
