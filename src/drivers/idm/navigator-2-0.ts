import type { ModelConfig } from '../../domain/model.ts';
import { quantitiesOf } from '../../domain/quantity-view.ts';
import type { Sensor } from '../../domain/sensor.ts';
import type { Driver } from '../driver.ts';
import { CHART, hotWaterGauge, overview } from '../widgets.ts';
import { ROWS } from './navigator-2-0-rows.ts';
import { CIRCUITS, sensorsOf, ZONES } from './rows.ts';

/**
 * iDM heat pumps with the Navigator 2.0 controller.
 * Source: iDM 812170 (see the rows), and devices as seen through the public projects named there.
 */
export const navigator20: Driver = {
  id: 'navigator_2_0',
  name: 'Navigator 2.0',
  manufacturer: { id: 'idm', name: 'iDM' },
  protocol: 'MODBUS_TCP',
  defaultPort: 502,
  defaultUnitId: 1,
  defaultTimeoutMs: 3_000,
  // A device answers a request in about 50 ms, and closes a connection left idle for 20 to 30 s (evcc#19002).
  lineRules: { pauseMs: 10, maxIdleMs: 15_000, maxWordsPerSecond: null, oneWordFunction: 16 },
  readRules: {
    // The manual names no limit; 40 is proven in the field by idm-heatpump-hass.
    maxWords: 40,
    // A read that touches an undefined address fails as a whole.
    spannable: [],
    // These share a word with the float before them; the device answers by the start address.
    requestStarts: [1393, 1442, 1484],
    cost: { request: 50, word: 0.2 },
  },
  refusals: [2],
  wear: { writes: 300_000, source: 'iDM 812170, p. 12' },
  probe: () => ({ key: 'temp_outside', plausible: [-60, 70] }),
  testKeys: ['temp_outside', 'temp_heat_pump_flow', 'temp_water_heater_top', 'status_system'],
  exampleConfigs: {
    smallest: { circuits: [], zones: [] },
    largest: { circuits: CIRCUITS, zones: ZONES },
  },
  configFields: [
    {
      key: 'circuits',
      type: 'CHOICES',
      options: CIRCUITS.map((value) => ({ value, label: { EN: `Circuit ${value}`, DE: `Heizkreis ${value}` } })),
      allowsAuto: false,
      default: ['A'],
      label: { EN: 'Heating circuits', DE: 'Heizkreise' },
      help: {
        EN: 'The circuits that are installed. A controller may refuse to read others.',
        DE: 'Die vorhandenen Heizkreise. Andere liest die Regelung unter Umständen nicht.',
      },
    },
    {
      key: 'zones',
      type: 'CHOICES',
      options: ZONES.map((value) => ({
        value,
        label: { EN: `Zone module ${value + 1}`, DE: `Zonenmodul ${value + 1}` },
      })),
      allowsAuto: false,
      default: [],
      label: { EN: 'Zone modules', DE: 'Zonenmodule' },
      help: {
        EN: 'The zone modules for single room control, with up to eight rooms each.',
        DE: 'Die Zonenmodule der Einzelraumregelung mit je bis zu acht Räumen.',
      },
    },
  ],
  setupInstructions: {
    EN: [
      'Connect the Navigator to your network and give it a fixed IP address in the router.',
      'Log in at the Navigator at installer or service level.',
      'Open Settings > Building management (Gebäudeleittechnik) > Modbus TCP and switch it on.',
      'To feed in an outdoor temperature or humidity, set "GLT Außentemperatur" or "GLT Feuchtewert" to Yes there.',
      'Enter the IP address here; port 502 and unit 1 are the usual values.',
    ],
    DE: [
      'Verbinden Sie den Navigator mit dem Netzwerk und geben Sie ihm im Router eine feste IP-Adresse.',
      'Melden Sie sich am Navigator auf der Fachmann- oder Serviceebene an.',
      'Öffnen Sie Einstellungen > Gebäudeleittechnik > Modbus TCP und schalten Sie es ein.',
      'Um eine Außentemperatur oder Feuchte vorzugeben, stellen Sie dort "GLT Außentemperatur" oder "GLT Feuchtewert" auf Ja.',
      'Geben Sie hier die IP-Adresse ein; Port 502 und Gerätenummer 1 sind die üblichen Werte.',
    ],
  },
  sensors: sensorsFor,
  capabilities: (config) => ({
    heating: true,
    cooling: true,
    hotWater: true,
    solar: true,
    pool: false,
    circuits: circuitsOf(config),
    zones: zonesOf(config),
    quantities: quantitiesOf(sensorsFor(config)),
  }),
  defaultDashboard: () => DASHBOARD,
  stateRules: [
    { key: 'failure_heat_pump', values: [1], state: 'FAULT' },
    { key: 'status_heat_pump', bits: 8, state: 'DEFROST' },
    { key: 'status_heat_pump', bits: 4, state: 'HOT_WATER' },
    { key: 'status_heat_pump', bits: 2, state: 'COOLING' },
    { key: 'status_heat_pump', bits: 1, state: 'HEATING' },
    { key: 'evu_lock_status', values: [0], state: 'BLOCKED' },
    // Standby, and off without frost protection (kodebach#168).
    { key: 'status_system', values: [0, 0xffff], state: 'OFF' },
    { key: 'status_heat_pump', values: [0], state: 'IDLE' },
  ],
};

function sensorsFor(config: ModelConfig): Sensor[] {
  return ROWS.flatMap((row) => sensorsOf(row, circuitsOf(config), zonesOf(config)));
}

function circuitsOf({ circuits }: ModelConfig): string[] {
  return Array.isArray(circuits) ? circuits.map(String) : [];
}

function zonesOf({ zones }: ModelConfig): number[] {
  return Array.isArray(zones) ? zones.map(Number) : [];
}

const DASHBOARD = overview([
  {
    ...CHART,
    title: { EN: 'Temperatures', DE: 'Temperaturen' },
    keys: ['temp_outside', 'temp_heat_pump_flow', 'temp_heat_pump_return'],
  },
  {
    ...CHART,
    title: { EN: 'Storage temperatures', DE: 'Speichertemperaturen' },
    keys: ['temp_heat_storage', 'temp_cold_storage', 'temp_water_heater_top'],
  },
  { ...CHART, title: { EN: 'Power', DE: 'Leistung' }, keys: ['power_current', 'power_current_draw'] },
  {
    ...CHART,
    title: { EN: 'Energy (cumulative)', DE: 'Energie (kumulativ)' },
    keys: ['energy_heat_heating', 'energy_heat_total_water', 'energy_heat_total_cooling'],
    hours: 168,
  },
  hotWaterGauge('temp_water_heater_top'),
  { ...CHART, type: 'STAT', title: { EN: 'Status', DE: 'Status' }, keys: ['status_system', 'status_smart_grid'] },
]);
