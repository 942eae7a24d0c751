import type { FieldIssue } from '../../graphql/error-text.ts';
import type {
  AlertPartsFragment,
  AlertRuleInput,
  AlertRuleType,
  Comparison,
  CreateAlertInput,
  Quantity,
} from '../../graphql/generated/types.ts';

/** What can be wrong, in the order it is offered. */
export const RULE_TYPES: readonly AlertRuleType[] = ['THRESHOLD', 'NO_DATA', 'UNEXPECTED_OPTION', 'OFFLINE', 'FAULT'];

const MINUTE_MS = 60_000;

/** The value that an alert watches, as one text: a key, or a quantity with its circuit after a colon. */
export type WatchedId = string;

/** An alert as it stands in the form: numbers as they were typed, times in minutes. */
export interface AlertDraft {
  readonly name: string;
  /** Empty: every heat pump. */
  readonly heatpumpId: string;
  readonly type: AlertRuleType;
  readonly watched: WatchedId;
  readonly comparison: Comparison;
  readonly threshold: string;
  readonly hysteresis: string;
  readonly durationMinutes: string;
  readonly options: readonly string[];
  readonly channelIds: readonly string[];
  readonly message: string;
  readonly repeatMinutes: string;
  readonly enabled: boolean;
}

/** What is sent for a draft, or what is wrong with it. */
export type DraftInput =
  | { readonly ok: true; readonly value: CreateAlertInput }
  | { readonly ok: false; readonly issues: readonly FieldIssue[] };

/** A new alert. */
export function newDraft(heatpumpId: string): AlertDraft {
  return {
    name: '',
    heatpumpId,
    type: 'THRESHOLD',
    watched: '',
    comparison: 'ABOVE',
    threshold: '',
    hysteresis: '',
    durationMinutes: '5',
    options: [],
    channelIds: [],
    message: '',
    repeatMinutes: '',
    enabled: true,
  };
}

/** An alert that exists, to be changed. */
export function draftOf(alert: AlertPartsFragment): AlertDraft {
  const { rule } = alert;
  return {
    name: alert.name,
    heatpumpId: alert.heatpump?.id ?? '',
    type: rule.type,
    watched: watchedId(rule.key, rule.quantity, rule.circuit),
    comparison: rule.comparison ?? 'ABOVE',
    threshold: rule.threshold === null ? '' : String(rule.threshold),
    hysteresis: rule.hysteresis ? String(rule.hysteresis) : '',
    durationMinutes: String(rule.durationMs / MINUTE_MS),
    options: rule.options,
    channelIds: alert.channels.map(({ id }) => id),
    message: alert.message ?? '',
    repeatMinutes: alert.repeatEveryMs === null ? '' : String(alert.repeatEveryMs / MINUTE_MS),
    enabled: alert.enabled,
  };
}

/** Names a watched value by one text. */
export function watchedId(key: string | null, quantity: Quantity | null, circuit: string | null): WatchedId {
  if (quantity === null) return key ?? '';
  return circuit === null ? quantity : `${quantity}:${circuit}`;
}

/** The value that a text names; keys of sensors have small letters. */
export function watchedOf(id: WatchedId): { key: string | null; quantity: Quantity | null; circuit: string | null } {
  const [quantity = '', circuit = null] = id.split(':');
  if (!/^[A-Z_]+$/.test(quantity)) return { key: id, quantity: null, circuit: null };
  return { key: null, quantity: quantity as Quantity, circuit };
}

/** True if rules of this type watch a value, not the heat pump as a whole. */
export function watchesValue(type: AlertRuleType): boolean {
  return type === 'THRESHOLD' || type === 'NO_DATA' || type === 'UNEXPECTED_OPTION';
}

/** What is sent for a draft. A comma is taken for the point that it is in German. */
export function inputOf(draft: AlertDraft): DraftInput {
  const threshold = draft.type === 'THRESHOLD' ? numberOf(draft.threshold) : 0;
  const hysteresis = draft.type === 'THRESHOLD' ? (numberOf(draft.hysteresis) ?? 0) : 0;
  const duration = numberOf(draft.durationMinutes) ?? 0;
  const repeat = numberOf(draft.repeatMinutes);
  const issues = [
    ...issueIf(watchesValue(draft.type) && draft.watched === '', 'rule.key'),
    ...issueIf(threshold === undefined || Number.isNaN(threshold), 'rule.threshold'),
    ...issueIf(Number.isNaN(hysteresis), 'rule.hysteresis'),
    ...issueIf(Number.isNaN(duration), 'rule.durationMs'),
    ...issueIf(Number.isNaN(repeat), 'repeatEveryMs'),
  ];
  if (issues.length > 0) return { ok: false, issues };
  const { name, type, comparison, options, channelIds, message, enabled } = draft;
  const numbers = { threshold: threshold ?? null, hysteresis };
  const rule = ruleInput({
    type,
    ...watchedOf(draft.watched),
    comparison,
    ...numbers,
    durationMs: msOf(duration),
    options,
  });
  const repeatEveryMs = repeat === undefined ? null : msOf(repeat);
  const heatpumpId = draft.heatpumpId || null;
  return {
    ok: true,
    value: { name, heatpumpId, rule, channelIds, message: message.trim() || null, repeatEveryMs, enabled },
  };
}

/** Of a rule only what belongs to its type. */
export function ruleInput(rule: AlertPartsFragment['rule']): AlertRuleInput {
  const { type, key, quantity, circuit, durationMs } = rule;
  if (!watchesValue(type)) return { type, durationMs };
  const watched = { type, key, quantity, circuit, durationMs };
  if (type === 'NO_DATA') return watched;
  if (type === 'UNEXPECTED_OPTION') return { ...watched, options: rule.options };
  return { ...watched, comparison: rule.comparison, threshold: rule.threshold, hysteresis: rule.hysteresis };
}

function issueIf(isWrong: boolean, path: string): FieldIssue[] {
  return isWrong ? [{ path, message: 'is missing or no number' }] : [];
}

/** The number that was typed; undefined: none; NaN: something else. */
function numberOf(text: string): number | undefined {
  const trimmed = text.trim().replace(',', '.').replace('\u2212', '-');
  return trimmed === '' ? undefined : Number(trimmed);
}

/** Within GraphQL's integers, whose bounds lie beyond what the server allows. */
function msOf(minutes: number): number {
  return Math.max(-1, Math.min(2 ** 31 - 1, Math.round(minutes * MINUTE_MS)));
}
