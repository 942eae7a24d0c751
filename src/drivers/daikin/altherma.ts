import type { DeviceError } from '../../domain/device-error.ts';
import type { DashboardTemplate, DeviceIdentity, ModelConfig, WidgetTemplate } from '../../domain/model.ts';
import { quantitiesOf } from '../../domain/quantity-view.ts';
import { err, ok, type Result } from '../../domain/result.ts';
import type { Sensor } from '../../domain/sensor.ts';
import type { Reading } from '../../domain/snapshot.ts';
import type { Driver, ReadLine } from '../driver.ts';
import { CHART, hotWaterGauge, overview } from '../widgets.ts';
import { ROWS } from './altherma-rows.ts';
import { type Row, sensorOf, VARIANTS, type Variant } from './rows.ts';

/** An address that is not there; behind exception 6 (busy) it may well be. */
const ILLEGAL_ADDRESS = 2;

/**
 * Daikin Altherma heat pumps behind a HomeHub or a DCOM-LT/MB, or with Modbus of their own (Altherma 4), and air-to-air
 * units behind a HomeHub. Source: see the rows.
 */
export const altherma: Driver = {
  id: 'altherma',
  name: 'Altherma',
  manufacturer: { id: 'daikin', name: 'Daikin' },
  protocol: 'MODBUS_TCP',
  defaultPort: 502,
  defaultUnitId: 1,
  defaultTimeoutMs: 3_000,
  // Daikin names no rate and no idle time: both are ours. Function 6 is the one that every variant takes.
  lineRules: { pauseMs: 10, maxIdleMs: 15_000, maxWordsPerSecond: null, oneWordFunction: 6 },
  readRules: {
    // Longer reads work mostly, but an Altherma 4 has answered them with "busy" (joklee#90); joklee falls back to 30.
    maxWords: 30,
    // A HomeHub and an Altherma 4 read across gaps, but what a gap is may change with the firmware.
    spannable: [],
    requestStarts: [],
    cost: { request: 50, word: 0.2 },
  },
  refusals: [ILLEGAL_ADDRESS],
  // About 7,000 writes a year at most, told of older units' P1/P2 bus and taken over here; this is for 25 years.
  wear: { writes: 175_000, source: 'budulinek/arduino-altherma-controller' },
  probe: (config) => PROBES[variantOf(config)],
  testKeys: [
    ...['outdoor_temp', 'leaving_water_temp_buh', 'dhw_temp', 'power_consumption'],
    ...['outdoor_temp_dcom', 'leaving_water_temp_buh_dcom', 'dhw_temp_dcom'],
    ...['smart_grid_mode_a2a', 'power_limit_demand_a2a'],
  ],
  exampleConfigs: {
    smallest: { variant: 'homehub-a2a' },
    largest: { variant: 'altherma4' },
    homehub: { variant: 'homehub' },
    dcom: { variant: 'dcom' },
  },
  configFields: [
    {
      key: 'variant',
      type: 'CHOICE',
      options: [
        { value: 'homehub', label: { EN: 'Altherma 3 with HomeHub', DE: 'Altherma 3 mit HomeHub' } },
        { value: 'homehub-a2a', label: { EN: 'Air-to-air unit with HomeHub', DE: 'Luft-Luft-Gerät mit HomeHub' } },
        { value: 'altherma4', label: { EN: 'Altherma 4, its own Modbus', DE: 'Altherma 4, eigenes Modbus' } },
        { value: 'dcom', label: { EN: 'Altherma with DCOM-LT/MB', DE: 'Altherma mit DCOM-LT/MB' } },
      ],
      allowsAuto: false,
      default: 'homehub',
      label: { EN: 'Interface', DE: 'Schnittstelle' },
      help: {
        EN: 'What the heat pump speaks Modbus through. Each interface numbers the registers differently.',
        DE: 'Worüber die Wärmepumpe Modbus spricht. Jede Schnittstelle zählt die Register anders.',
      },
    },
  ],
  setupInstructions: {
    EN: [
      'HomeHub: wire P1/P2 of the unit to X6A and the network to the router. The unit needs user interface 7.8.0 or later.',
      'HomeHub, at the unit: Installer settings > Daikin HomeHub > Add; use case Modbus, connection TCP/IP, security plain.',
      'HomeHub, at the unit: smart grid support is Modbus control, and setting [4-08] must be 0.',
      'HomeHub of an air-to-air unit: set the use case in the ONECTA app instead.',
      'Altherma 4: connect it by cable, not WiFi, and switch on 8.7 Modbus TCP/IP 502 (user interface 2.2.0 or later).',
      'Altherma 4, to control smart grid: set [9.14.1] to smart grid contacts and the connection type to external.',
      'DCOM-LT/MB: it speaks Modbus RTU (9600 baud, 8 data bits, 1 stop bit) and needs a Modbus TCP gateway before it.',
      'Enter the IP address here and choose the interface; port 502 and unit 1 are the usual values.',
    ],
    DE: [
      'HomeHub: P1/P2 des Geräts an X6A und das Netzwerk am Router anschließen. Bedienoberfläche ab 7.8.0.',
      'HomeHub, am Gerät: Monteureinstellungen > Daikin HomeHub > Hinzufügen; Anwendungsfall Modbus, TCP/IP, unverschlüsselt.',
      'HomeHub, am Gerät: Smart-Grid-Unterstützung ist Modbus-Steuerung, und Einstellung [4-08] muss 0 sein.',
      'HomeHub eines Luft-Luft-Geräts: Stellen Sie den Anwendungsfall stattdessen in der ONECTA-App ein.',
      'Altherma 4: per Kabel anschließen, nicht über WLAN, und 8.7 Modbus TCP/IP 502 einschalten (Bedienoberfläche ab 2.2.0).',
      'Altherma 4, für Smart Grid: [9.14.1] auf Smart-Grid-Kontakte und den Verbindungstyp auf extern stellen.',
      'DCOM-LT/MB: Es spricht Modbus RTU (9600 Baud, 8 Datenbits, 1 Stoppbit) und braucht ein Modbus-TCP-Gateway davor.',
      'Geben Sie hier die IP-Adresse ein und wählen Sie die Schnittstelle; Port 502 und Gerätenummer 1 sind üblich.',
    ],
  },
  sensors: sensorsFor,
  capabilities: (config) => ({
    heating: true,
    cooling: true,
    hotWater: variantOf(config) !== 'homehub-a2a',
    solar: false,
    pool: false,
    circuits: CIRCUITS[variantOf(config)],
    zones: [],
    quantities: quantitiesOf(sensorsFor(config)),
  }),
  defaultDashboard: (config) => DASHBOARDS[variantOf(config)],
  stateRules: [
    { key: 'unit_abnormality', values: [1], state: 'FAULT' },
    { key: 'unit_abnormality_dcom', values: [1], state: 'FAULT' },
    // An Altherma 4 says itself what it does.
    { key: 'di_defrost', values: [1], state: 'DEFROST' },
    { key: 'unit_operation_mode', values: [1], state: 'HOT_WATER' },
    { key: 'unit_operation_mode', values: [2], state: 'HEATING' },
    { key: 'unit_operation_mode', values: [3], state: 'COOLING' },
    { key: 'demand_response_mode', values: [1], state: 'BLOCKED' },
    { key: 'unit_operation_mode', values: [0], state: 'IDLE' },
    // One flag for a defrost and for the minutes after a start: in both the compressor runs and no heat is delivered.
    { key: 'defrost_startup', values: [1], state: 'DEFROST' },
    { key: 'defrost_startup_dcom', values: [1], state: 'DEFROST' },
    { key: 'smart_grid_mode', values: [1], state: 'BLOCKED' },
    { key: 'smart_grid_mode_a2a', values: [1], state: 'BLOCKED' },
    // The valve and the mode stay as they were when the compressor stops, so it comes first; and last, for "heating" too
    // needs a compressor that is known to run.
    { key: 'compressor_running', values: [0], state: 'IDLE' },
    { key: 'compressor_running_dcom', values: [0], state: 'IDLE' },
    { key: 'three_way_valve', values: [1], state: 'HOT_WATER' },
    { key: 'three_way_valve_dcom', values: [1], state: 'HOT_WATER' },
    { key: 'operation_mode_actual', values: [2], state: 'COOLING' },
    { key: 'operation_mode_actual_dcom', values: [2], state: 'COOLING' },
    { key: 'compressor_running', values: [1], state: 'HEATING' },
    { key: 'compressor_running_dcom', values: [1], state: 'HEATING' },
  ],
  identify,
  refine: withFaultCode,
};

const PROBES: Record<Variant, ReturnType<Driver['probe']>> = {
  homehub: { key: 'outdoor_temp', plausible: [-60, 70] },
  // It has two registers only, and the other one may hold anything.
  'homehub-a2a': { key: 'smart_grid_mode_a2a', plausible: [0, 3] },
  altherma4: { key: 'outdoor_temp', plausible: [-60, 70] },
  dcom: { key: 'outdoor_temp_dcom', plausible: [-60, 70] },
};

const CIRCUITS: Record<Variant, readonly string[]> = {
  homehub: ['main', 'additional'],
  'homehub-a2a': [],
  altherma4: ['main', 'additional'],
  dcom: ['main'],
};

function variantOf({ variant }: ModelConfig): Variant {
  const known = VARIANTS.find((candidate) => candidate === variant);
  if (!known) throw new RangeError(`unknown variant ${JSON.stringify(variant)}; known: ${VARIANTS.join(', ')}`);
  return known;
}

function sensorsFor(config: ModelConfig, identity?: DeviceIdentity): Sensor[] {
  const variant = variantOf(config);
  const isThere = ({ mmi }: Row) => !mmi || !identity || identity.features.includes(`mmi${mmi}`);
  return ROWS[variant].filter(isThere).map((row) => sensorOf(row, variant));
}

/**
 * Which register map an Altherma 4 has: up to version 3 of its user interface there is discrete input 26 (25 on the wire),
 * from 4 on input 138 (137). Other variants have one map.
 */
async function identify(line: ReadLine, config: ModelConfig): Promise<Result<DeviceIdentity, DeviceError>> {
  if (variantOf(config) !== 'altherma4') return ok({ firmware: null, features: [], isExpectedVersion: true });
  const below4 = await exists(line, 'DISCRETE', 25);
  if (!below4.ok) return below4;
  const from4 = await exists(line, 'INPUT', 137);
  if (!from4.ok) return from4;
  const features = [...(below4.value ? ['mmi<4'] : []), ...(from4.value ? ['mmi>=4'] : [])];
  return ok({ firmware: null, features, isExpectedVersion: features.length === 1 });
}

/** Whether the device has a register. Only its own word decides, not a lost or a busy answer. */
async function exists(
  line: ReadLine,
  table: 'DISCRETE' | 'INPUT',
  address: number,
): Promise<Result<boolean, DeviceError>> {
  const answer = await line.read({ table, address, count: 1 });
  if (answer.ok) return ok(true);
  return answer.error.exceptionCode === ILLEGAL_ADDRESS ? ok(false) : err(answer.error);
}

/** Puts the sub code behind the fault code, as Daikin writes it: 7H-19. Without two characters there is no code. */
function withFaultCode(readings: readonly Reading[]): readonly Reading[] {
  const subCode = readings.find(({ sensor }) => /^unit_abnormality_subcode/.test(sensor.key))?.value ?? null;
  return readings.map((reading) => {
    if (reading.sensor.quantity !== 'FAULT_CODE' || reading.text === null) return reading;
    const code = reading.text.trim();
    return code.length < 2
      ? { ...reading, text: null, quality: 'MISSING' }
      : { ...reading, text: withSubCode(code, subCode) };
  });
}

function withSubCode(code: string, subCode: number | null): string {
  const isSubCode = subCode !== null && subCode >= 0 && subCode <= 99;
  return isSubCode ? `${code}-${String(subCode).padStart(2, '0')}` : code;
}

/** What every hydronic unit shows; the keys of the DCOM end differently. */
function hydronicWidgets(suffix: '' | '_dcom'): WidgetTemplate[] {
  const keys = (...names: string[]) => names.map((name) => `${name}${suffix}`);
  return [
    {
      ...CHART,
      title: { EN: 'Temperatures', DE: 'Temperaturen' },
      keys: keys('outdoor_temp', 'leaving_water_temp_buh', 'return_water_temp'),
    },
    { ...CHART, title: { EN: 'Hot water temperature', DE: 'Warmwassertemperatur' }, keys: keys('dhw_temp') },
    { ...CHART, title: { EN: 'Flow rate', DE: 'Durchfluss' }, keys: keys('flow_rate') },
    hotWaterGauge(`dhw_temp${suffix}`),
    {
      ...CHART,
      type: 'STAT',
      title: { EN: 'Status', DE: 'Status' },
      keys: keys('operation_mode_actual', 'three_way_valve', 'compressor_running'),
    },
  ];
}

const POWER: WidgetTemplate = { ...CHART, title: { EN: 'Power', DE: 'Leistung' }, keys: ['power_consumption'] };

const DASHBOARDS: Record<Variant, DashboardTemplate> = {
  homehub: overview([...hydronicWidgets(''), POWER]),
  'homehub-a2a': overview([
    { ...CHART, type: 'STAT', title: { EN: 'Smart grid', DE: 'Smart Grid' }, keys: ['smart_grid_mode_a2a'] },
    { ...CHART, title: { EN: 'Power limit', DE: 'Leistungsgrenze' }, keys: ['power_limit_demand_a2a'] },
  ]),
  altherma4: overview([...hydronicWidgets(''), POWER]),
  dcom: overview(hydronicWidgets('_dcom')),
};
