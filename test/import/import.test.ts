import { mkdirSync, readdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createBundleStore } from '../../src/db/bundle-store.ts';
import { openDatabase } from '../../src/db/database.ts';
import type { PrismaClient } from '../../src/db/generated/client.ts';
import type { BundleStore, SettingsBundle } from '../../src/domain/settings-bundle.ts';
import { DRIVERS } from '../../src/drivers/index.ts';
import { importAtStart } from '../../src/import/at-start.ts';
import { importLegacy } from '../../src/import/import.ts';
import { readLegacyFile } from '../../src/import/legacy-file.ts';
import { type ImportOutcome, reportText } from '../../src/import/report.ts';
import { LogBook, makeTempDir } from '../support/house.ts';
import { type LegacyContent, makeLegacyDatabase } from '../support/legacy-database.ts';

const NOW = Date.UTC(2026, 1, 3, 12);
/** Made by Python's "cryptography"; the token holds "s3crét pässword". */
const KEY = 'AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=';
const TOKEN =
  'gAAAAABlU_EAAAECAwQFBgcICQoLDA0OD_upIJ0dq45_RQo0OhceZ7XRQJ5EfMsfVyetI5RSh_jhdMO0uBkPyhEO6idnoc2COfGdjD8zEG8Otxqebsh7bYU=';

const IDM = { host: '192.168.1.20', port: 502, circuits: ['A', 'B'], zones: [0, 3] };
const query = (key: string) => ({ key, quantity: null, circuit: null, heatpumpId: null });

let directory: ReturnType<typeof makeTempDir>;
let file: string;
let prisma: PrismaClient;
let store: BundleStore;

beforeEach(async () => {
  directory = makeTempDir();
  mkdirSync(join(directory.path, 'old'));
  file = join(directory.path, 'old', 'idm_logger.db');
  prisma = await openDatabase(join(directory.path, 'thermograph.db'));
  store = createBundleStore(prisma);
});
afterEach(async () => {
  await prisma.$disconnect();
  directory.remove();
});

/** Makes the file, takes it over, and looks at what is here then. */
async function takeOver(content: LegacyContent, schema: 1 | 2 = 1, host: string | null = null, dropped: string[] = []) {
  makeLegacyDatabase(file, schema, content, dropped);
  return again(host);
}

async function again(host: string | null = null, isDryRun = false) {
  const data = readLegacyFile(file);
  const request = { file, data, host, isDryRun, store, drivers: DRIVERS, now: NOW, timeZone: 'Europe/Vienna' };
  const report = await importLegacy(request);
  const lines = (outcome: ImportOutcome) =>
    report.items
      .filter((item) => item.outcome === outcome)
      .map(({ kind, name, reason }) => `${kind} ${name}${reason === null ? '' : `: ${reason}`}`);
  return { report, lines, bundle: await store.read() };
}

function job(change: object) {
  return {
    id: '1700000000001',
    sensor: 'temp_water_target',
    value: '48',
    time: '06:30',
    days: '["Mon","Sun"]',
    enabled: 1,
    last_run: 1.7e9,
    ...change,
  };
}

function alert(change: object) {
  return {
    id: '6f1d2c9e-0000-4000-8000-000000000001',
    name: 'Test',
    type: 'threshold',
    sensor: 'temp_heat_pump_flow',
    condition: '>',
    threshold: '60',
    message: '',
    enabled: 1,
    interval_seconds: 3600,
    last_triggered: 0,
    ...change,
  };
}

const heatpump = (change: object, connection: object = {}) => ({
  id: 'hp-legacy',
  name: '',
  manufacturer: 'idm',
  model: 'navigator_2_0',
  connection_config: JSON.stringify({ host: '192.168.1.20', port: 502, unit_id: 1, timeout: 10, ...connection }),
  device_config: JSON.stringify({ circuits: ['A'], zones: [] }),
  enabled: 1,
  created_at: 1_769_000_000.5,
  updated_at: 1_769_000_000.5,
  ...change,
});

describe('the configured heat pump', () => {
  it('becomes hp-legacy with its circuits and zones, and the dashboard of every new heat pump', async () => {
    const { bundle, lines } = await takeOver({ config: { idm: IDM, hp_model: 'AERO SLM 3-11' } });
    expect(bundle.heatpumps).toStrictEqual([
      {
        id: 'hp-legacy',
        name: 'AERO SLM 3-11',
        manufacturer: 'idm',
        model: 'navigator_2_0',
        connection: { host: '192.168.1.20', port: 502, unitId: 1, timeoutMs: 3_000 },
        config: { circuits: ['A', 'B'], zones: [0, 3] },
        enabled: true,
        readOnly: false,
        pollIntervalMs: null,
        createdAt: NOW,
        updatedAt: NOW,
      },
    ]);
    expect(bundle.dashboards.map(({ heatpumpId, name }) => [heatpumpId, name.EN])).toStrictEqual([
      ['hp-legacy', 'Overview'],
    ]);
    expect(lines('TAKEN')).toStrictEqual(['HEATPUMP AERO SLM 3-11']);
    expect(lines('NOT_TAKEN')).toStrictEqual([]);
  });

  it('has the usual port, unit, circuit and name where the settings say nothing', async () => {
    const { bundle } = await takeOver({ config: { idm: { host: 'Navigator.local' } } });
    expect(bundle.heatpumps).toMatchObject([
      {
        name: 'IDM Wärmepumpe',
        connection: { host: 'navigator.local', port: 502, unitId: 1 },
        config: { circuits: ['A'], zones: [] },
      },
    ]);
  });

  it('loses what its model does not have, and tells so', async () => {
    const idm = { ...IDM, circuits: ['a', 'H'], zones: [1, 12], colour: 'red' };
    const { bundle, report } = await takeOver({ config: { idm } });
    expect(bundle.heatpumps[0]?.config).toStrictEqual({ circuits: ['A'], zones: [1] });
    expect(report.items[0]).toMatchObject({
      outcome: 'ADAPTED',
      original: { circuits: ['H'], zones: [12], colour: 'red' },
    });
  });

  it('is read-only where writing was switched off', async () => {
    const { bundle } = await takeOver({ config: { idm: IDM, web: { write_enabled: false } } });
    expect(bundle.heatpumps[0]?.readOnly).toBe(true);
  });

  it('without a host is told of, with all that belongs to it, and comes over once the host is given', async () => {
    const content = {
      config: { idm: { host: '' }, discord: { enabled: true, webhook_url: 'https://d.example/x' } },
      jobs: [job({})],
    };
    const first = await takeOver(content);
    expect(first.lines('NOT_TAKEN')).toStrictEqual([
      'HEATPUMP IDM Wärmepumpe: it has no host; give its address with --host',
      'JOB temp_water_target 48 06:30: its heat pump did not come over',
    ]);
    expect(first.bundle).toMatchObject({ heatpumps: [], jobs: [], channels: [{ name: 'Discord' }] });
    const second = await again('10.0.0.7');
    expect(second.bundle).toMatchObject({
      heatpumps: [{ connection: { host: '10.0.0.7' } }],
      jobs: [{ key: 'temp_water_target' }],
    });
    expect(second.lines('NOT_TAKEN')).toStrictEqual([]);
  });

  it('with an impossible address is told of', async () => {
    const { lines, bundle } = await takeOver({ config: { idm: { host: 'http://x', port: 99_999 } } });
    expect(lines('NOT_TAKEN')).toStrictEqual([
      'HEATPUMP IDM Wärmepumpe: connection host must be a host name or an IP address in its usual form; connection port must be a whole number from 1 to 65535',
    ]);
    expect(bundle.heatpumps).toStrictEqual([]);
  });
});

describe('the heat pumps of schema 2', () => {
  const rows = [
    heatpump({ id: 'hp-002', name: 'Barn', created_at: 1_769_000_300 }, { host: '192.168.1.30', unit_id: 7 }),
    heatpump({ id: 'hp-003', created_at: 1_769_000_200 }),
    heatpump({ id: 'ö/4', name: '', enabled: 0, created_at: 1_769_000_100 }, { host: 'annex.local' }),
    heatpump({ id: 'hp-005', name: 'Nowhere' }, { host: '' }),
    heatpump({ id: 'hp-006', name: 'Other', manufacturer: 'acme' }, { host: '192.168.1.31' }),
    heatpump({ id: 'hp-007', name: 'Torn', connection_config: '{"host":' }),
    heatpump({ id: 'hp-legacy', name: 'Main house', device_config: '{"circuits":["A","C"],"zones":[1]}' }),
  ];

  it('keep their ids; doubles, and those that cannot be reached, are told of', async () => {
    const { bundle, lines } = await takeOver({ config: { idm: IDM }, heatpumps: rows }, 2);
    const facts = bundle.heatpumps.map(({ id, name, connection, enabled, createdAt }) => {
      return [
        id,
        name,
        `${connection.host}:${connection.port}:${connection.unitId}`,
        connection.timeoutMs,
        enabled,
        createdAt,
      ];
    });
    expect(facts).toStrictEqual([
      ['hp-legacy', 'Main house', '192.168.1.20:502:1', 10_000, true, 1_769_000_000_500],
      [
        expect.stringMatching(/^idm-[0-9a-f]{24}$/),
        'IDM Wärmepumpe annex.local',
        'annex.local:502:1',
        10_000,
        false,
        1_769_000_100_000,
      ],
      ['hp-002', 'Barn', '192.168.1.30:502:7', 10_000, true, 1_769_000_300_000],
    ]);
    expect(bundle.heatpumps[0]?.config).toStrictEqual({ circuits: ['A', 'C'], zones: [1] });
    expect(lines('NOT_TAKEN')).toStrictEqual([
      'SETTING idm: the table of heat pumps says something else, and counts',
      'HEATPUMP Nowhere: it has no host',
      'HEATPUMP Other: acme/navigator_2_0 is no model that is known here',
      'HEATPUMP Torn: it has no host',
      'HEATPUMP hp-003: it is the same as Main house, at 192.168.1.20:502 unit 1',
    ]);
  });

  it('give their jobs and alerts to the heat pump that is left of two that are the same', async () => {
    const jobs = [
      job({ id: '1', heatpump_id: 'hp-003' }),
      job({ id: '2', heatpump_id: 'hp-002' }),
      job({ id: '3', heatpump_id: null }),
      job({ id: '4', heatpump_id: 'hp-005' }),
      job({ id: '5', heatpump_id: 'gone' }),
    ];
    const { bundle, lines } = await takeOver({ config: { idm: IDM }, heatpumps: rows, jobs }, 2);
    expect(bundle.jobs.map(({ heatpumpId }) => heatpumpId).sort()).toStrictEqual(['hp-002', 'hp-legacy', 'hp-legacy']);
    expect(lines('NOT_TAKEN').filter((line) => line.startsWith('JOB'))).toHaveLength(2);
  });

  it('yield to the configured one where they are the same and none is called hp-legacy', async () => {
    const doubles = ['hp-010', 'hp-011', 'hp-012'].map((id) => heatpump({ id }));
    const { bundle, lines } = await takeOver({ config: { idm: IDM, heatpump_model: 'iPUMP' }, heatpumps: doubles }, 2);
    expect(bundle.heatpumps).toMatchObject([{ id: 'hp-legacy', name: 'iPUMP' }]);
    expect(lines('NOT_TAKEN')).toHaveLength(3);
  });
});

describe('jobs', () => {
  it('come over with their key, value, days and time, in the time zone of the server', async () => {
    const jobs = [
      job({ id: '1' }),
      job({ id: '2', sensor: 'status_system', value: 'AUTOMATIC', days: '[]', enabled: 0, time: '7:05' }),
      job({ id: '3', sensor: 'mode_circuit_a', value: '4', days: '["Sat"]' }),
      job({ id: '4', sensor: 'request_heating', value: '1' }),
      job({ id: '5', sensor: 'temp_room_target_heating_normal_circuit_B', value: '21,5' }),
    ];
    const { bundle, lines } = await takeOver({ config: { idm: IDM }, jobs });
    const week = ['MON', 'TUE', 'WED', 'THU', 'FRI', 'SAT', 'SUN'];
    const byKey = Object.fromEntries(bundle.jobs.map((one) => [one.key, one]));
    expect(byKey).toMatchObject({
      temp_water_target: {
        value: 48,
        schedule: { type: 'WEEKLY', days: ['MON', 'SUN'], times: ['06:30'] },
        enabled: true,
      },
      status_system: { value: 'automatic', schedule: { days: week, times: ['07:05'] }, enabled: false },
      mode_circuit_a: { value: 4, schedule: { days: ['SAT'] } },
      request_heating: { value: 1 },
      temp_room_target_heating_normal_circuit_b: { value: 21.5 },
    });
    for (const one of bundle.jobs) {
      expect(one).toMatchObject({
        heatpumpId: 'hp-legacy',
        timeZone: 'Europe/Vienna',
        missedRuns: 'RUN_ONCE',
        doneUntil: NOW,
      });
    }
    expect(lines('NOT_TAKEN')).toStrictEqual([]);
  });

  it('that could not be written are told of with all they were', async () => {
    const jobs = [
      job({ id: '1', sensor: 'no_such_key' }),
      job({ id: '2', sensor: 'temp_outside' }),
      job({ id: '3', value: '120' }),
      job({ id: '4', value: 'warm' }),
      job({ id: '5', time: '25:00' }),
      job({ id: '6', days: '["Mo"]' }),
      job({ id: '7', sensor: 'mode_circuit_g', value: '1' }),
    ];
    const { bundle, report } = await takeOver({ config: { idm: IDM }, jobs });
    expect(bundle.jobs).toStrictEqual([]);
    expect(report.items.filter(({ kind }) => kind === 'JOB').map(({ original }) => original)).toStrictEqual(jobs);
    expect(report.items.map(({ reason }) => reason).filter(Boolean)).toStrictEqual([
      'IDM Wärmepumpe has no value no_such_key that can be written',
      'IDM Wärmepumpe has no value temp_outside that can be written',
      'value temp_water_target must be a number from 35 to 95 °C',
      'value temp_water_target must be a number from 35 to 95 °C',
      'schedule weekly times 0 must be a time from 00:00 to 23:59, as HH:MM',
      'schedule weekly days 0 must be one of MON, TUE, WED, THU, FRI, SAT, SUN',
      'IDM Wärmepumpe has no value mode_circuit_g that can be written',
    ]);
  });
});

describe('alerts', () => {
  async function rulesOf(...changes: object[]) {
    const alerts = changes.map((change, index) => alert({ id: String(index), name: `A${index}`, ...change }));
    const result = await takeOver({ config: { idm: IDM }, alerts });
    const rules = Object.fromEntries(result.bundle.alerts.map(({ name, rule }) => [name, rule]));
    return { ...result, rules };
  }

  it('come over as rules here, with the labels of templates as keys', async () => {
    const { rules, lines } = await rulesOf(
      {},
      { sensor: 'Warmwasserzapftemperatur (B42)', condition: '<', threshold: '40' },
      { sensor: 'Wärmepumpen Vorlauftemperatur (B33)', condition: '>', threshold: '60' },
      { sensor: 'Summenstörung Wärmepumpe', condition: '=', threshold: '1' },
      { sensor: 'EVU - Sperrkontakt', condition: '=', threshold: '0' },
      { sensor: 'status_system_str', condition: '!=', threshold: 'AUTOMATIC' },
      { sensor: 'state_compressor_1_uchar', condition: '!=', threshold: '0' },
      { sensor: 'failure_id', condition: '!=', threshold: '0' },
    );
    const threshold = { type: 'THRESHOLD', quantity: null, circuit: null, hysteresis: 0, durationMs: 0 };
    const option = { type: 'UNEXPECTED_OPTION', quantity: null, circuit: null, durationMs: 0 };
    expect(rules).toStrictEqual({
      A0: { ...threshold, key: 'temp_heat_pump_flow', comparison: 'ABOVE', threshold: 60 },
      A1: { ...threshold, key: 'temp_water_heater_tap', comparison: 'BELOW', threshold: 40 },
      A2: { ...threshold, key: 'temp_heat_pump_flow', comparison: 'ABOVE', threshold: 60 },
      A3: { ...option, key: 'failure_heat_pump', options: ['ok'] },
      A4: { ...option, key: 'evu_lock_status', options: ['not_locked'] },
      A5: { ...option, key: 'status_system', options: ['automatic'] },
      A6: { ...option, key: 'state_compressor_1', options: ['off'] },
      A7: { ...threshold, key: 'failure_id', comparison: 'ABOVE', threshold: 0 },
    });
    expect(lines('ADAPTED')).toStrictEqual([]);
    expect(lines('NOT_TAKEN')).toStrictEqual([]);
  });

  it('keep their message, interval and whether they are enabled', async () => {
    const { bundle, lines } = await rulesOf(
      { message: '{name}: {sensor} ist {value}°C um {time}', interval_seconds: 7200, enabled: 0 },
      { message: 'Wert {foo}', interval_seconds: 5 },
      { message: '', interval_seconds: 0 },
    );
    expect(bundle.alerts.map(({ message, repeatEveryMs, enabled }) => [message, repeatEveryMs, enabled])).toStrictEqual(
      expect.arrayContaining([
        ['{alert}: {sensor} ist {value}°C um {since}', 7_200_000, false],
        [null, 60_000, true],
        [null, null, true],
      ]),
    );
    expect(lines('ADAPTED')).toStrictEqual([
      'ALERT A1: it has the usual message, for {foo} is no placeholder here; it is repeated every 60 s',
    ]);
  });

  it('that cannot be expressed are told of with all they were', async () => {
    const { bundle, report } = await rulesOf(
      { type: 'status', sensor: null, condition: null, threshold: 'None', interval_seconds: 86_400 },
      { sensor: 'unknown' },
      { condition: '=', threshold: '60' },
      { condition: '~' },
      { threshold: 'None' },
      { sensor: 'status_heat_pump', condition: '=', threshold: '1' },
      { sensor: 'status_system', condition: '=', threshold: '9' },
    );
    expect(bundle.alerts).toStrictEqual([]);
    const items = report.items.filter(({ kind }) => kind === 'ALERT');
    expect(items.map(({ reason }) => reason)).toStrictEqual([
      'it reports at regular times, which nothing does here',
      'IDM Wärmepumpe has no value unknown that can be read',
      'temp_heat_pump_flow can be watched for being above or below a value only',
      'its condition ~ 60 is not known here',
      'its condition > None is not known here',
      'status_heat_pump can have several states at once',
      'status_system has no option 9',
    ]);
    expect(items[0]?.original).toMatchObject({ type: 'status', interval_seconds: 86_400 });
  });
});

describe('channels', () => {
  const config = {
    idm: IDM,
    telegram: { enabled: true, bot_token: '123456:ABC-DEF', chat_ids: ['42', -100_7] },
    discord: { enabled: false, webhook_url: 'https://discord.example/api/webhooks/1/abc' },
    email: {
      enabled: true,
      smtp_server: 'mail.example.org',
      smtp_port: 587,
      username: 'heizung@example.org',
      encrypted_password: TOKEN,
      sender: '',
      recipients: ['a@example.org', 'b@example.org'],
    },
    signal: { enabled: true, sender: '+430000', recipients: ['+431111'] },
    mqtt: { enabled: false, broker: 'mqtt.local', encrypted_password: TOKEN },
  };

  it('come over with the password decrypted, and every alert is told over them', async () => {
    writeFileSync(join(directory.path, 'old', '.secret.key'), KEY);
    const { bundle, lines } = await takeOver({ config, alerts: [alert({})] });
    const settings = bundle.channels.map(({ settings, secret, enabled, language }) => ({
      settings,
      secret,
      enabled,
      language,
    }));
    expect(settings).toHaveLength(4);
    expect(settings).toStrictEqual(
      expect.arrayContaining([
        {
          settings: { type: 'TELEGRAM', url: 'https://api.telegram.org', chatId: '42' },
          secret: '123456:ABC-DEF',
          enabled: true,
          language: 'DE',
        },
        {
          settings: { type: 'TELEGRAM', url: 'https://api.telegram.org', chatId: '-1007' },
          secret: '123456:ABC-DEF',
          enabled: true,
          language: 'DE',
        },
        {
          settings: { type: 'DISCORD' },
          secret: 'https://discord.example/api/webhooks/1/abc',
          enabled: false,
          language: 'DE',
        },
        {
          settings: {
            type: 'EMAIL',
            host: 'mail.example.org',
            port: 587,
            security: 'STARTTLS',
            user: 'heizung@example.org',
            from: 'heizung@example.org',
            to: ['a@example.org', 'b@example.org'],
          },
          secret: 's3crét pässword',
          enabled: true,
          language: 'DE',
        },
      ]),
    );
    expect([...(bundle.alerts[0]?.channelIds ?? [])].sort()).toStrictEqual(bundle.channels.map(({ id }) => id).sort());
    expect(lines('NOT_TAKEN')).toStrictEqual([
      'SETTING signal: there is nothing like it here',
      'SETTING mqtt: there is nothing like it here',
    ]);
  });

  it.each([
    [
      'ICEiIyQlJicoKSorLC0uLzAxMjM0NTY3ODk6Ozw9Pj8=',
      'its password cannot be decrypted: the secret key is not the one it was made with',
    ],
    ['nonsense', 'its password cannot be decrypted: the secret key is not 32 bytes in base64'],
    [null, 'its password needs the file .secret.key beside the database, which cannot be read'],
  ])('whose password cannot be decrypted with %s are told of; all else comes over', async (key, reason) => {
    if (key !== null) writeFileSync(join(directory.path, 'old', '.secret.key'), key);
    const { bundle, lines } = await takeOver({ config });
    expect(lines('NOT_TAKEN')).toContain(`CHANNEL E-Mail: ${reason}`);
    expect(bundle.channels.map(({ settings }) => settings.type).sort()).toStrictEqual([
      'DISCORD',
      'TELEGRAM',
      'TELEGRAM',
    ]);
    expect(bundle.heatpumps).toHaveLength(1);
  });
});

describe('dashboards', () => {
  const line = (query: string, more: object = {}) => ({ label: 'L', query, color: '#fff', ...more });

  it('of the settings come over: queries of the metrics become values, and what cannot be shown is kept in the report', async () => {
    const charts = [
      {
        id: 'c1',
        title: 'Temperaturen',
        queries: [line('idm_heatpump_temp_outside'), line(' temp_flow_current_circuit_A ')],
        hours: 12,
        yAxisMode: 'single',
      },
      {
        id: 'c2',
        title: 'COP',
        type: 'line',
        queries: [line('clamp_min(idm_heatpump_power_current / idm_heatpump_power_current_draw, 0)')],
        hours: 24,
      },
      { id: 'c3', title: 'AI', queries: [line('idm_anomaly_score'), line('idm_heatpump_temp_outside')], hours: 24 },
      { id: 'c4', title: 'Rate', queries: [line('rate(idm_heatpump_energy_heat_total[5m])')], hours: 24 },
      {
        id: 'c5',
        title: 'WW',
        type: 'gauge',
        queries: [line('idm_heatpump_temp_water_heater_top')],
        min: 0,
        max: 65,
        thresholds: [60, 45, 55],
        unit: '°C',
      },
      { id: 'c6', title: 'Zustand', type: 'state_timeline', query: { query: 'idm_heatpump_status_system' }, hours: 48 },
      { id: 'c7', title: 'Karte', type: 'heatmap', query: { query: 'idm_heatpump_temp_outside' }, hours: 168 },
      { id: 'c8', title: 'Torte', type: 'pie', queries: [line('idm_heatpump_temp_outside')] },
      {
        id: 'c9',
        title: 'Grenzen',
        type: 'bar',
        queries: [line('idm_heatpump_power_current')],
        alertThresholds: [{ value: 8, label: 'viel', color: 'red' }],
      },
    ];
    const config = { idm: IDM, dashboards: [{ id: 'default', name: 'Home Dashboard', charts, customCss: 'body{}' }] };
    const { bundle, report, lines } = await takeOver({ config });
    expect(bundle.dashboards).toMatchObject([
      { heatpumpId: 'hp-legacy', name: { EN: 'Home Dashboard', DE: 'Home Dashboard' }, position: 0 },
    ]);
    const widgets = bundle.dashboards[0]?.widgets.map(({ type, title, queries, hours, thresholds, min, max }) => {
      return [type, title.EN, queries.map(({ key, quantity }) => key ?? quantity), hours, thresholds, min, max];
    });
    expect(widgets).toStrictEqual([
      ['LINE', 'Temperaturen', ['temp_outside', 'temp_flow_current_circuit_a'], 12, [], null, null],
      ['LINE', 'COP', ['COP'], 24, [], null, null],
      ['LINE', 'AI', ['temp_outside'], 24, [], null, null],
      ['GAUGE', 'WW', ['temp_water_heater_top'], 24, [45, 55, 60], 0, 65],
      ['STATE_TIMELINE', 'Zustand', ['status_system'], 48, [], null, null],
      ['HEAT_MAP', 'Karte', ['temp_outside'], 168, [], null, null],
      ['BAR', 'Grenzen', ['power_current'], 24, [8], null, null],
    ]);
    expect(lines('NOT_TAKEN')).toStrictEqual([
      'CHART Home Dashboard / AI: these of its queries cannot be shown',
      'CHART Home Dashboard / Rate: none of its queries names a value of the heat pump',
      'CHART Home Dashboard / Torte: pie is no kind of chart that is known here',
    ]);
    const originals = report.items.map(({ original }) => original);
    expect(originals).toContainEqual([line('idm_anomaly_score')]);
    expect(originals).toContainEqual(charts[3]);
    expect(originals).toContainEqual({ unit: '°C' });
    expect(originals).toContainEqual(expect.objectContaining({ customCss: 'body{}' }));
  });

  it('of the table of schema 2 come over in order, with the bare keys of their template', async () => {
    const charts = [
      {
        id: '1',
        title: 'Temperaturen',
        type: 'line',
        queries: [{ label: 'Außen', metric: 'temp_outside', color: '#1' }],
        hours: 24,
      },
      {
        id: '2',
        title: 'Status',
        type: 'stat',
        queries: [
          { label: 'S', metric: 'status_system_str', color: '#2' },
          { label: 'G', metric: 'status_smart_grid_str', color: '#3' },
        ],
      },
    ];
    const dashboards = [
      {
        id: 'd2',
        name: 'Zweite',
        heatpump_id: 'hp-legacy',
        config: JSON.stringify({ name: 'x', charts }),
        position: 1,
      },
      {
        id: 'd1',
        name: 'Erste',
        heatpump_id: 'hp-legacy',
        config: JSON.stringify({ name: 'y', charts: [] }),
        position: 0,
      },
      { id: 'd3', name: 'Fremd', heatpump_id: 'gone', config: JSON.stringify({ charts }), position: 2 },
    ];
    const { bundle, lines } = await takeOver({ config: {}, heatpumps: [heatpump({})], dashboards }, 2);
    expect(bundle.dashboards.map(({ name, position }) => [name.DE, position])).toStrictEqual([
      ['Erste', 0],
      ['Zweite', 1],
    ]);
    expect(bundle.dashboards[1]?.widgets.map(({ type, queries }) => [type, queries])).toStrictEqual([
      ['LINE', [query('temp_outside')]],
      ['STAT', [query('status_system'), query('status_smart_grid')]],
    ]);
    expect(lines('NOT_TAKEN')).toStrictEqual(['DASHBOARD Fremd: its heat pump did not come over']);
  });
});

describe('everything else', () => {
  it('is told of, and no secret is', async () => {
    const config = {
      idm: IDM,
      web: { port: 5000, write_enabled: true, admin_password_hash: 'scrypt:32768:8:1$salt$abcdef' },
      internal_api_key: 'KEY-OF-THE-SERVER',
      telegram: { enabled: true, bot_token: 'no token at all', chat_ids: ['42'] },
      webdav: { enabled: true, url: 'https://me:hidden@dav.example', encrypted_password: TOKEN },
      sharing: { tokens: [{ token_id: 'T-1', password_hash: 'pbkdf2:x' }] },
      annotations: [{ id: 'a', text: 'Service', time: 1_700_000_000 }],
      something_new: { x: 1 },
      ai: { enabled: false },
    };
    const { report, lines } = await takeOver({
      config,
      settings: { scheduler_rules: '[{"a":1}]', schema_version: '1', odd: 'y' },
    });
    expect(lines('NOT_TAKEN')).toStrictEqual([
      'CHANNEL Telegram 42: secret must be a bot token, as in 123456:ABC-DEF',
      'SETTING web: the server has settings of its own, and no password is taken over',
      'SETTING internal_api_key: no password is taken over',
      'SETTING webdav: there is nothing like it here',
      'SETTING sharing: shared links lead to the old application',
      'SETTING annotations: there is nothing like it here',
      'SETTING something_new: it is not known here',
      'SETTING scheduler_rules: rules of that age are not known here',
      'SETTING odd: it is not known here',
    ]);
    const text = reportText(report) + JSON.stringify(report);
    expect(text).toContain('Service');
    for (const secret of ['scrypt', 'KEY-OF', 'no token', 'hidden', TOKEN, 'T-1', 'pbkdf2'])
      expect(text).not.toContain(secret);
  });
});

describe('a takeover', () => {
  const content: LegacyContent = {
    config: {
      idm: IDM,
      discord: { enabled: true, webhook_url: 'https://d.example/x' },
      dashboards: [{ id: 'default', name: 'Home', charts: [] }],
    },
    jobs: [job({})],
    alerts: [alert({})],
  };

  it('twice gives the same as once, and leaves what was changed meanwhile', async () => {
    const first = await takeOver(content);
    const second = await again();
    expect(second.bundle).toStrictEqual(first.bundle);
    expect(second.lines('TAKEN')).toStrictEqual([]);
    expect(second.lines('PRESENT')).toHaveLength(5);
    await prisma.job.updateMany({ data: { enabled: false } });
    await prisma.heatpump.updateMany({ data: { name: 'Renamed' } });
    const third = await again();
    expect(third.bundle.jobs[0]?.enabled).toBe(false);
    expect(third.bundle.heatpumps[0]?.name).toBe('Renamed');
  });

  it('leaves the file and its folder as they were, and writes nothing here in a dry run', async () => {
    makeLegacyDatabase(file, 1, content);
    const before = readFileSync(file);
    const dry = await again(null, true);
    expect(dry.lines('TAKEN')).toHaveLength(5);
    expect(dry.bundle).toStrictEqual({
      heatpumps: [],
      dashboards: [],
      jobs: [],
      channels: [],
      alerts: [],
    } satisfies SettingsBundle);
    await again();
    expect(readFileSync(file).equals(before)).toBe(true);
    expect(readdirSync(join(directory.path, 'old'))).toStrictEqual(['idm_logger.db']);
  });

  it('gives what it has to the heat pump that is set up here already', async () => {
    const { bundle } = await takeOver(content);
    const [{ id: _, ...settings }] = bundle.heatpumps as [SettingsBundle['heatpumps'][0]];
    await prisma.heatpump.deleteMany();
    await store.insert({
      heatpumps: [{ ...settings, id: 'hp-mine', name: 'Mine' }],
      dashboards: [],
      jobs: [],
      channels: [],
      alerts: [],
    });
    const { bundle: after, lines } = await again();
    expect(after.heatpumps.map(({ id }) => id)).toStrictEqual(['hp-mine']);
    expect(after.jobs.map(({ heatpumpId }) => heatpumpId)).toStrictEqual(['hp-mine']);
    expect(lines('PRESENT')).toContain('HEATPUMP IDM Wärmepumpe: it is set up as Mine');
  });

  it('gives nothing to another heat pump of the same id', async () => {
    const { bundle } = await takeOver(content);
    await prisma.heatpump.updateMany({ data: { host: '10.9.9.9' } });
    await prisma.job.deleteMany();
    const { bundle: after, lines } = await again();
    expect(after.jobs).toStrictEqual([]);
    expect(after.heatpumps).toHaveLength(bundle.heatpumps.length);
    expect(lines('NOT_TAKEN')[0]).toBe(
      'HEATPUMP IDM Wärmepumpe: hp-legacy is here already, but is reached at 10.9.9.9:502 unit 1',
    );
  });

  it('takes what is in the file twice once', async () => {
    const dashboards = ['One', 'Two'].map((name) => ({ id: 'default', name, charts: [] }));
    const jobs = [job({ id: null }), job({ id: null }), job({ id: null, value: '50' })];
    const heatpumps = ['10.0.0.1', '10.0.0.2', '10.0.0.2'].map((host) => heatpump({ id: null, name: host }, { host }));
    const { bundle, lines } = await takeOver({ config: { idm: IDM, dashboards }, jobs, heatpumps }, 2);
    expect(bundle.heatpumps.map(({ name }) => name).sort()).toStrictEqual(['10.0.0.1', '10.0.0.2', 'IDM Wärmepumpe']);
    expect(bundle.jobs.map(({ value }) => value).sort()).toStrictEqual([48, 50]);
    expect(bundle.dashboards.filter(({ name }) => ['One', 'Two'].includes(name.EN))).toHaveLength(1);
    expect(lines('NOT_TAKEN')).toStrictEqual([
      'HEATPUMP 10.0.0.2: it is the same as 10.0.0.2, at 10.0.0.2:502 unit 1',
      'DASHBOARD Two: it is in the file twice',
      'JOB temp_water_target 48 06:30: it is in the file twice',
    ]);
  });

  it('is not misled by names that every object has', async () => {
    const name = 'constructor';
    const dashboards = [
      {
        id: name,
        name,
        charts: [{ title: name, type: name, queries: [{ query: name }] }, { queries: [{ query: name }] }],
      },
    ];
    const config = { idm: IDM, dashboards, [name]: 'x' };
    const alerts = [alert({ sensor: name }), alert({ id: '2', condition: name })];
    const { lines } = await takeOver({ config, jobs: [job({ sensor: name })], alerts });
    expect(lines('NOT_TAKEN')).toStrictEqual([
      'CHART constructor / constructor: constructor is no kind of chart that is known here',
      'CHART constructor / Diagramm: none of its queries names a value of the heat pump',
      'JOB constructor 48 06:30: IDM Wärmepumpe has no value constructor that can be written',
      'ALERT Test: IDM Wärmepumpe has no value constructor that can be read',
      'ALERT Test: its condition constructor 60 is not known here',
      'SETTING constructor: it is not known here',
    ]);
  });

  it('does not outgrow what is kept here', async () => {
    const jobs = Array.from({ length: 1_002 }, (_, at) => job({ id: String(at) }));
    const { bundle, lines } = await takeOver({ config: { idm: IDM }, jobs });
    expect(bundle.jobs).toHaveLength(1_000);
    expect(lines('NOT_TAKEN')).toStrictEqual(
      Array(2).fill('JOB temp_water_target 48 06:30: there are 1000 already, and no more are kept'),
    );
  });

  it('is whole or not at all', async () => {
    makeLegacyDatabase(file, 1, content);
    await prisma.$executeRawUnsafe(`CREATE TRIGGER fail BEFORE INSERT ON "Alert" BEGIN SELECT RAISE(ABORT, 'no'); END`);
    await expect(again()).rejects.toThrow();
    expect(await store.read()).toStrictEqual({ heatpumps: [], dashboards: [], jobs: [], channels: [], alerts: [] });
  });
});

describe('a file', () => {
  const content: LegacyContent = {
    config: { idm: IDM },
    jobs: Array.from({ length: 200 }, (_, at) => job({ id: String(at) })),
  };

  it.each([
    ['is missing', () => {}, 'NOT_FOUND'],
    ['is a folder', () => mkdirSync(file), 'UNREADABLE'],
    ['is empty', () => writeFileSync(file, ''), 'FOREIGN'],
    ['is a text', () => writeFileSync(file, 'idm: host'.repeat(500)), 'FOREIGN'],
    ['is of another application', () => new Database(file).exec('CREATE TABLE jobs (id TEXT)').close(), 'FOREIGN'],
    [
      'is cut off',
      () => {
        makeLegacyDatabase(file, 1, content);
        truncateSync(file, 9_000);
      },
      'DAMAGED',
    ],
    [
      'is overwritten in the middle',
      () => {
        makeLegacyDatabase(file, 1, content);
        const bytes = readFileSync(file);
        bytes.fill(0xaa, 4_096, 4_096 * 4);
        writeFileSync(file, bytes);
      },
      'DAMAGED',
    ],
    [
      'has too many rows',
      () => makeLegacyDatabase(file, 1, { jobs: Array.from({ length: 5_001 }, (_, at) => job({ id: String(at) })) }),
      'FOREIGN',
    ],
    [
      'has unfinished changes beside it',
      () => {
        makeLegacyDatabase(file, 1, content);
        writeFileSync(`${file}-journal`, 'x');
      },
      'OPEN',
    ],
  ])('that %s is refused and left alone', (_, make, code) => {
    make();
    const before = readdirSync(join(directory.path, 'old'));
    expect(() => readLegacyFile(file)).toThrow(
      expect.objectContaining({ code, message: expect.stringContaining(file) }),
    );
    expect(readdirSync(join(directory.path, 'old'))).toStrictEqual(before);
  });

  it('is read in WAL mode too', () => {
    makeLegacyDatabase(file, 1, content);
    const database = new Database(file);
    database.pragma('journal_mode = WAL');
    database.close();
    expect(readLegacyFile(file).jobs).toHaveLength(200);
  });

  it.each([
    [['alerts'], []],
    [['jobs', 'alerts'], ['SETTING jobs: the database has no such table']],
  ])('without the tables %j gives what it has', async (dropped, told) => {
    const { bundle, lines } = await takeOver({ config: { idm: IDM } }, 1, null, dropped);
    expect(bundle.heatpumps).toHaveLength(1);
    expect(lines('NOT_TAKEN')).toStrictEqual(told);
  });

  it('with settings that are no JSON gives its heat pumps, and shows nothing of the settings', async () => {
    const { bundle, lines, report } = await takeOver(
      { config: '{"web": {"password": "open"', heatpumps: [heatpump({})] },
      2,
    );
    expect(bundle.heatpumps).toHaveLength(1);
    expect(lines('NOT_TAKEN')).toStrictEqual(['SETTING config: it is no object in JSON']);
    expect(JSON.stringify(report)).not.toContain('open');
  });
});

describe('at start', () => {
  const start = async () => {
    const logger = new LogBook();
    const dataDir = join(directory.path, 'old');
    await importAtStart({ dataDir, store, drivers: DRIVERS, now: NOW, timeZone: 'UTC', logger });
    return { log: logger.lines, heatpumps: (await store.read()).heatpumps };
  };

  it('the file in the data folder is taken over once, while there is no heat pump', async () => {
    expect(await start()).toStrictEqual({ log: [], heatpumps: [] });
    makeLegacyDatabase(file, 1, { config: { idm: IDM, mqtt: { broker: 'x' } } });
    const first = await start();
    expect(first.heatpumps).toMatchObject([{ id: 'hp-legacy' }]);
    expect(first.log).toStrictEqual(['info idm_logger is taken over', 'warn not taken over from idm_logger']);
    expect((await start()).log).toStrictEqual([]);
  });

  it('a heat pump that was removed does not come back, and a report tells what had come over', async () => {
    makeLegacyDatabase(file, 1, { config: { idm: IDM, mqtt: { broker: 'x' } } });
    await start();
    const report = readFileSync(join(directory.path, 'old', 'idm_logger-report.txt'), 'utf8');
    expect(report).toContain('(hp-legacy)');
    expect(report).toContain('setting mqtt: ');
    await prisma.heatpump.deleteMany();
    expect(await start()).toStrictEqual({ log: [], heatpumps: [] });
  });

  it('a file whose heat pump cannot come over is tried again', async () => {
    makeLegacyDatabase(file, 1, { config: { idm: { ...IDM, host: '' } } });
    expect((await start()).heatpumps).toStrictEqual([]);
    rmSync(file);
    makeLegacyDatabase(file, 1, { config: { idm: IDM } });
    expect((await start()).heatpumps).toMatchObject([{ id: 'hp-legacy' }]);
  });

  it('a file that cannot be read is logged and ends nothing', async () => {
    writeFileSync(file, 'x');
    expect(await start()).toStrictEqual({ log: ['error idm_logger could not be taken over'], heatpumps: [] });
  });
});
