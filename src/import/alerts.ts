import { type AlertInput, type AlertRuleInput, checkAlert, MAX_CHANNELS } from '../alerts/alert-input.ts';
import { MAX_ALERTS } from '../alerts/alert-manager.ts';
import { unknownPlaceholders } from '../alerts/placeholders.ts';
import type { Alert, Comparison } from '../domain/alert.ts';
import { wordCount } from '../domain/register.ts';
import type { Sensor } from '../domain/sensor.ts';
import { idOf, isNew, takenId } from './admission.ts';
import { readableSensor } from './legacy-sensor.ts';
import { type Loose, lineOf, numberOf, textOf } from './loose.ts';
import { refusal, refusalOf } from './report.ts';
import { NO_TARGET, type Takeover, type Target, type Targets } from './takeover.ts';

const MIN_REPEAT_MS = 60_000;
const MAX_REPEAT_MS = 7 * 24 * 3_600_000;

const COMPARISONS: ReadonlyMap<string, Comparison> = new Map(
  Object.entries({ '>': 'ABOVE', '>=': 'ABOVE', '<': 'BELOW', '<=': 'BELOW' }),
);
const EQUAL = ['=', '=='];
const BITFIELDS = ['BITFIELD16', 'BITFIELD32'];

/** Placeholders of a message there, and what stands for them here; the others have the same name. */
const PLACEHOLDERS: Readonly<Record<string, string>> = { '{name}': '{alert}', '{time}': '{since}' };

/** A rule here, and how it differs; null: not at all. */
interface Ruled {
  readonly rule: AlertRuleInput;
  readonly difference: string | null;
}

/** The alerts that come over; each is told over every channel, as all were there. */
export function takeAlerts(takeover: Takeover, targets: Targets, channelIds: readonly string[]): Alert[] {
  const { data, existing, report } = takeover;
  const alerts: Alert[] = [];
  for (const row of data.alerts) {
    const label = lineOf(row.name, 'without a name');
    try {
      const target = targets.get(textOf(row.heatpump_id) || null);
      const { alert, differences } = toAlert(row, target, channelIds, takeover);
      if (!isNew('ALERT', alert, { existing: existing.alerts, taken: alerts, most: MAX_ALERTS }, report)) continue;
      alerts.push(alert);
      const reason = differences.join('; ') || null;
      report.taken('ALERT', alert.name, alert.id, reason, reason && row);
    } catch (thrown) {
      report.notTaken('ALERT', label, refusalOf(thrown), row);
    }
  }
  return alerts;
}

/** Throws an `AppError` saying why a row cannot be an alert here. */
function toAlert(row: Loose, target: Target | undefined, channelIds: readonly string[], { now }: Takeover) {
  if (!target) throw refusal(NO_TARGET);
  if (textOf(row.type) === 'status') throw refusal('it reports at regular times, which nothing does here');
  const heatpumpId = target.settings.id;
  const sensor = readableSensor(target.sensors, textOf(row.sensor));
  if (!sensor) throw refusal(`${target.settings.name} has no value ${textOf(row.sensor)} that can be read`);
  const { rule, difference } = ruleOf(sensor, textOf(row.condition), textOf(row.threshold));
  const message = messageOf(textOf(row.message));
  const repeat = repeatOf(numberOf(row.interval_seconds));
  const input: AlertInput = {
    name: lineOf(row.name, sensor.name.DE),
    rule,
    channelIds: channelIds.slice(0, MAX_CHANNELS),
    message: message.text,
    repeatEveryMs: repeat.everyMs,
    enabled: row.enabled !== 0,
  };
  const id = takenId('alert', heatpumpId, idOf(row));
  const alert: Alert = { id, heatpumpId, ...checkAlert(input), createdAt: now, updatedAt: now };
  return { alert, differences: [difference, message.difference, repeat.difference].filter((one) => one !== null) };
}

function ruleOf(sensor: Sensor, condition: string, threshold: string): Ruled {
  const number = numberOf(threshold);
  const comparison = COMPARISONS.get(condition);
  if (comparison && number !== null) {
    const rule = { type: 'THRESHOLD', key: sensor.key, comparison, threshold: number } as const;
    return { rule, difference: condition.endsWith('=') ? `it fires beyond ${number}, not at ${number}` : null };
  }
  const isEqual = EQUAL.includes(condition);
  if (!isEqual && condition !== '!=') throw refusal(`its condition ${condition} ${threshold} is not known here`);
  return sensor.options.length > 0
    ? optionRule(sensor, isEqual, threshold)
    : numberRule(sensor, isEqual, number ?? Number.NaN);
}

/** It fires in one state or in all but one; here that is a state that is not expected. */
function optionRule({ key, options, register }: Sensor, isEqual: boolean, threshold: string): Ruled {
  const name = threshold.toLowerCase();
  const option = options.find((one) => one.name === name || one.value === numberOf(threshold));
  if (!option) throw refusal(`${key} has no option ${threshold}`);
  if (isEqual && BITFIELDS.includes(register.dataType)) throw refusal(`${key} can have several states at once`);
  const expected = options.filter((one) => (one === option) !== isEqual).map((one) => one.name);
  const rule = { type: 'UNEXPECTED_OPTION', key, options: expected } as const;
  const difference = isEqual && options.length > 2 ? 'it fires in states that are not known, too' : null;
  return { rule, difference };
}

/** "Not the smallest" is "above" for whole numbers; no other equality of a number can be watched. */
function numberRule({ key, min, register }: Sensor, isEqual: boolean, number: number): Ruled {
  const isWhole = register.scale === 1 && wordCount(register.dataType) === 1;
  if (isEqual || !isWhole || number !== min)
    throw refusal(`${key} can be watched for being above or below a value only`);
  return { rule: { type: 'THRESHOLD', key, comparison: 'ABOVE', threshold: number }, difference: null };
}

function messageOf(template: string): { text: string | null; difference: string | null } {
  const text = template.replaceAll(/\{(name|time)\}/g, (placeholder) => PLACEHOLDERS[placeholder] ?? placeholder);
  const unknown = unknownPlaceholders(text);
  if (unknown.length === 0) return { text: text || null, difference: null };
  return { text: null, difference: `it has the usual message, for {${unknown[0]}} is no placeholder here` };
}

function repeatOf(seconds: number | null): { everyMs: number | null; difference: string | null } {
  if (seconds === null || seconds <= 0) return { everyMs: null, difference: null };
  const everyMs = Math.min(Math.max(Math.round(seconds * 1_000), MIN_REPEAT_MS), MAX_REPEAT_MS);
  return { everyMs, difference: everyMs === seconds * 1_000 ? null : `it is repeated every ${everyMs / 1_000} s` };
}
