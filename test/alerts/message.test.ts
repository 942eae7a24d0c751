import { describe, expect, it } from 'vitest';
import { notificationOf, testNotification } from '../../src/alerts/message.ts';
import { fillIn, unknownPlaceholders } from '../../src/alerts/placeholders.ts';
import { type Alert, type AlertRule, type AlertState, INITIAL_STATE } from '../../src/domain/alert.ts';
import type { Heatpump } from '../../src/domain/heatpump.ts';
import type { Language } from '../../src/domain/localized.ts';
import { navigator20 } from '../../src/drivers/idm/navigator-2-0.ts';

const AT = Date.UTC(2026, 0, 15, 12);
const config = { circuits: ['A'], zones: [] };
const settings = { id: 'hp-1', name: 'Haus {value} & <b>' };
/** What of a heat pump a message speaks of. */
const heatpump = { settings, model: navigator20, sensors: navigator20.sensors(config) } as unknown as Heatpump;

const HOT: AlertRule = {
  type: 'THRESHOLD',
  key: 'temp_outside',
  quantity: null,
  circuit: null,
  comparison: 'ABOVE',
  threshold: 30,
  hysteresis: 1,
  durationMs: 60_000,
};

function notify(rule: AlertRule, language: Language, more: { message?: string; state?: Partial<AlertState> } = {}) {
  const times = { repeatEveryMs: null, enabled: true, createdAt: AT, updatedAt: AT };
  const alert: Alert = {
    id: 'a',
    name: 'Heiß',
    heatpumpId: null,
    rule,
    channelIds: [],
    message: more.message ?? null,
    ...times,
  };
  const before: AlertState = { ...INITIAL_STATE, state: 'PENDING', since: AT - 60_000 };
  const after: AlertState = { ...before, state: 'FIRING', since: AT, ...more.state };
  const notice = after.state === 'OK' ? 'RECOVERED' : 'FIRING';
  return notificationOf({ notice, alert, heatpump, before, after }, language, AT);
}

describe('a message', () => {
  it('speaks the language of its channel, with its way of writing numbers', () => {
    const state = { value: 1_234.5678 };
    expect(notify(HOT, 'EN', { state }).text).toMatch(
      /Outdoor temperature is 1,234\.568 °C, the limit is 30 °C\. Since 15\/01\/2026, \d\d:\d\d \S+\.$/,
    );
    expect(notify(HOT, 'DE', { state }).text).toMatch(
      /Außentemperatur \(B32\) ist 1\.234,568 °C, die Grenze ist 30 °C\. Seit 15\.01\.2026, \d\d:\d\d \S+\.$/,
    );
    expect(notify(HOT, 'DE', { state }).title).toBe('Alarm: Heiß – Haus {value} & <b>');
    expect(notify(HOT, 'DE', { state: { state: 'OK', value: 20 } })).toMatchObject({
      title: 'Behoben: Heiß – Haus {value} & <b>',
      text: expect.stringMatching(/ist zurück bei 20 °C/),
    });
  });

  it('holds the bare facts beside the text', () => {
    expect(notify(HOT, 'EN', { state: { value: 31 } })).toMatchObject({
      kind: 'FIRING',
      value: 31,
      unit: '°C',
      threshold: 30,
      since: AT - 60_000,
      at: AT,
    });
  });

  it('fills in every placeholder, once', () => {
    const message = '{heatpump}|{alert}|{sensor}|{value}|{unit}|{threshold}|{state}|{ {x';
    expect(notify(HOT, 'DE', { message, state: { value: 31 } }).text).toBe(
      'Haus {value} & <b>|Heiß|Außentemperatur (B32)|31|°C|30|ausgelöst|{ {x',
    );
  });

  it('names options by their labels, and quantities by their sensors', () => {
    const watched = { key: 'mode_circuit_a', quantity: null, circuit: null, durationMs: 0 };
    const odd: AlertRule = { type: 'UNEXPECTED_OPTION', options: [], ...watched };
    expect(notify(odd, 'DE', { message: '{value} {unit}.', state: { value: 1, text: 'timed' } }).text).toBe(
      'Zeitprogramm.',
    );
    const blind: AlertRule = { type: 'NO_DATA', ...watched, key: null, quantity: 'OUTDOOR_TEMPERATURE' };
    expect(notify(blind, 'EN', { message: '{sensor}: {value} {unit} {threshold}' }).text).toBe(
      'Outdoor temperature: – °C –',
    );
    expect(notify({ type: 'OFFLINE', durationMs: 0 }, 'EN', { message: '{sensor} {unit}.' }).text).toBe('–.');
  });

  it('shows that a channel works', () => {
    expect(testNotification('DE', AT)).toMatchObject({ kind: 'TEST', title: 'Test: Thermograph', alert: null });
  });
});

describe('placeholders', () => {
  it('are checked by name', () => {
    expect(unknownPlaceholders('{heatpump} {Value} { unit } {} {nope')).toStrictEqual(['Value', ' unit ', '']);
  });

  it('that are empty take the space before them along', () => {
    const values = { heatpump: 'H', alert: '', sensor: 'S', value: '5', unit: '', threshold: '', since: '', state: '' };
    expect(fillIn('{sensor} is {value} {unit}.', values)).toBe('S is 5.');
  });
});
