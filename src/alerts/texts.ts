import type { AlertRuleType, AlertStateName } from '../domain/alert.ts';
import type { NotificationKind } from '../domain/channel.ts';
import type { Localized } from '../domain/localized.ts';

/** What a state is called in a message. */
export const STATE_NAMES: Readonly<Record<AlertStateName, Localized>> = {
  OK: { EN: 'OK', DE: 'OK' },
  PENDING: { EN: 'pending', DE: 'anstehend' },
  FIRING: { EN: 'firing', DE: 'ausgelöst' },
};

/** The first words of a title. */
export const TITLES: Readonly<Record<NotificationKind, Localized>> = {
  FIRING: { EN: 'Alert', DE: 'Alarm' },
  REMINDER: { EN: 'Still an alert', DE: 'Alarm besteht weiter' },
  RECOVERED: { EN: 'Recovered', DE: 'Behoben' },
  TEST: { EN: 'Test', DE: 'Test' },
};

/** The text of a test. */
export const TEST_TEXT: Localized = {
  EN: 'This channel works: alerts will arrive here.',
  DE: 'Dieser Kanal funktioniert: Alarme kommen hier an.',
};

/** The usual messages while a condition holds, and when it has ended. */
export const MESSAGES: Readonly<Record<AlertRuleType, { readonly holds: Localized; readonly ended: Localized }>> = {
  THRESHOLD: {
    holds: {
      EN: '{heatpump}: {sensor} is {value} {unit}, the limit is {threshold} {unit}. Since {since}.',
      DE: '{heatpump}: {sensor} ist {value} {unit}, die Grenze ist {threshold} {unit}. Seit {since}.',
    },
    ended: {
      EN: '{heatpump}: {sensor} is back at {value} {unit}, the limit is {threshold} {unit}. The alert is from {since}.',
      DE: '{heatpump}: {sensor} ist zurück bei {value} {unit}, die Grenze ist {threshold} {unit}. Der Alarm ist von {since}.',
    },
  },
  NO_DATA: {
    holds: {
      EN: '{heatpump}: no value of {sensor} since {since}.',
      DE: '{heatpump}: kein Wert von {sensor} seit {since}.',
    },
    ended: {
      EN: '{heatpump}: {sensor} has values again, now {value} {unit}. The alert is from {since}.',
      DE: '{heatpump}: {sensor} hat wieder Werte, jetzt {value} {unit}. Der Alarm ist von {since}.',
    },
  },
  OFFLINE: {
    holds: { EN: '{heatpump} cannot be reached since {since}.', DE: '{heatpump} ist nicht erreichbar seit {since}.' },
    ended: {
      EN: '{heatpump} can be reached again. The alert is from {since}.',
      DE: '{heatpump} ist wieder erreichbar. Der Alarm ist von {since}.',
    },
  },
  FAULT: {
    holds: {
      EN: '{heatpump} reports a fault ({value}) since {since}.',
      DE: '{heatpump} meldet eine Störung ({value}) seit {since}.',
    },
    ended: {
      EN: '{heatpump} no longer reports the fault of {since}.',
      DE: '{heatpump} meldet die Störung von {since} nicht mehr.',
    },
  },
  UNEXPECTED_OPTION: {
    holds: {
      EN: '{heatpump}: {sensor} is {value}, which is not expected. Since {since}.',
      DE: '{heatpump}: {sensor} ist {value}, was nicht erwartet ist. Seit {since}.',
    },
    ended: {
      EN: '{heatpump}: {sensor} is {value}, as expected. The alert is from {since}.',
      DE: '{heatpump}: {sensor} ist {value}, wie erwartet. Der Alarm ist von {since}.',
    },
  },
};
