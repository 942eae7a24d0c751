import type { Alert, AlertState, WatchedValue } from '../domain/alert.ts';
import type { Notification } from '../domain/channel.ts';
import type { Heatpump } from '../domain/heatpump.ts';
import type { Language } from '../domain/localized.ts';
import { quantityInfo } from '../domain/quantity.ts';
import type { Sensor } from '../domain/sensor.ts';
import { heldSince, type Notice } from './alert-state.ts';
import { fillIn, type Placeholder } from './placeholders.ts';
import { MESSAGES, STATE_NAMES, TEST_TEXT, TITLES } from './texts.ts';

/** What a message tells. */
export interface Occasion {
  readonly notice: Notice;
  readonly alert: Alert;
  readonly heatpump: Heatpump;
  readonly before: AlertState;
  readonly after: AlertState;
}

const LOCALES: Readonly<Record<Language, string>> = { EN: 'en-GB', DE: 'de-DE' };
/** Stands where there is nothing to tell. */
const NOTHING = '–';

/** The message for one occasion in one language; `now` in milliseconds UTC. */
export function notificationOf(occasion: Occasion, language: Language, now: number): Notification {
  const { notice, alert, heatpump, before, after } = occasion;
  const usual = MESSAGES[alert.rule.type][notice === 'RECOVERED' ? 'ended' : 'holds'][language];
  const { value, unit, threshold } = factsOf(occasion);
  return {
    kind: notice,
    title: `${TITLES[notice][language]}: ${alert.name} – ${heatpump.settings.name}`,
    text: fillIn(alert.message ?? usual, placeholdersOf(occasion, language)),
    alert: { id: alert.id, name: alert.name },
    heatpump: { id: heatpump.settings.id, name: heatpump.settings.name },
    value,
    unit,
    threshold,
    since: heldSince(before, after),
    at: now,
  };
}

/** The message that shows that a channel works. */
export function testNotification(language: Language, now: number): Notification {
  return {
    kind: 'TEST',
    title: `${TITLES.TEST[language]}: Thermograph`,
    text: TEST_TEXT[language],
    alert: null,
    heatpump: null,
    value: null,
    unit: null,
    threshold: null,
    since: null,
    at: now,
  };
}

function factsOf({ alert: { rule }, heatpump, after }: Occasion): Pick<Notification, 'value' | 'unit' | 'threshold'> {
  return {
    value: after.value,
    unit: 'key' in rule ? unitOf(rule, heatpump) : null,
    threshold: rule.type === 'THRESHOLD' ? rule.threshold : null,
  };
}

function placeholdersOf(occasion: Occasion, language: Language): Record<Placeholder, string> {
  const { alert, heatpump, before, after } = occasion;
  const { value, unit, threshold } = factsOf(occasion);
  const sensor = 'key' in alert.rule ? sensorOf(alert.rule, heatpump) : null;
  const number = (amount: number | null) => (amount === null ? null : formatNumber(amount, language));
  const since = heldSince(before, after);
  return {
    heatpump: heatpump.settings.name,
    alert: alert.name,
    sensor: sensor?.name[language] ?? ('key' in alert.rule ? nameOf(alert.rule) : NOTHING),
    value: textOf(sensor, after, language) ?? number(value) ?? NOTHING,
    unit: unit ?? '',
    threshold: number(threshold) ?? NOTHING,
    since: since === null ? NOTHING : formatTime(since, language),
    state: STATE_NAMES[after.state][language],
  };
}

/** The sensor that a watched value comes from, if it comes from one. */
function sensorOf({ key, quantity, circuit }: WatchedValue, { sensors }: Heatpump): Sensor | null {
  const fits = (sensor: Sensor) =>
    key === null ? sensor.quantity === quantity && sensor.circuit === circuit : sensor.key === key;
  return sensors.find(fits) ?? null;
}

function unitOf(watched: WatchedValue, heatpump: Heatpump): string | null {
  if (watched.quantity !== null) return quantityInfo(watched.quantity).unit;
  return sensorOf(watched, heatpump)?.unit ?? null;
}

function nameOf({ key, quantity, circuit }: WatchedValue): string {
  return key ?? [quantity, circuit].filter((part) => part !== null).join(' ');
}

/** The label of an option, or the text itself. */
function textOf(sensor: Sensor | null, { text }: AlertState, language: Language): string | null {
  return sensor?.options.find(({ name }) => name === text)?.label[language] ?? text;
}

function formatNumber(value: number, language: Language): string {
  return new Intl.NumberFormat(LOCALES[language], { maximumFractionDigits: 3 }).format(value);
}

/** In the time zone of the server, which is told. */
function formatTime(timeMs: number, language: Language): string {
  return new Intl.DateTimeFormat(LOCALES[language], {
    day: '2-digit',
    month: '2-digit',
    year: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    timeZoneName: 'short',
  }).format(timeMs);
}
