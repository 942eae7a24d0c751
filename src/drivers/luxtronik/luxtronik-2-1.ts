import type { DeviceIdentity, ModelConfig } from '../../domain/model.ts';
import { quantitiesOf } from '../../domain/quantity-view.ts';
import type { Sensor } from '../../domain/sensor.ts';
import type { Driver } from '../driver.ts';
import { CHART, hotWaterGauge, overview } from '../widgets.ts';
import { FUNCTIONS, type FunctionName, functionsOf, MIXING_CIRCUITS, offeredFunctions } from './functions.ts';
import { identify, isAtLeast } from './identity.ts';
import { withoutInactivePoints } from './inactive-points.ts';
import { ROWS } from './luxtronik-2-1-rows.ts';
import { type Row, toSensor } from './rows.ts';

/**
 * Heat pumps with the Luxtronik 2.1 controller by ait, over its Smart-Home-Interface (Modbus TCP, firmware 3.90.1 and
 * later; not the paid building-management option, which has other registers at the same port).
 * Source: ait 83026900aDE and devices, both as seen through public projects (see the rows).
 */
export const luxtronik21: Driver = {
  id: 'luxtronik_2_1',
  name: 'Luxtronik 2.1',
  manufacturer: { id: 'luxtronik', name: 'Alpha Innotec / Novelan' },
  protocol: 'MODBUS_TCP',
  defaultPort: 502,
  defaultUnitId: 1,
  // evcc raised its own to as much for this device.
  defaultTimeoutMs: 10_000,
  lineRules: {
    // No limit is published. Others pause 0.2 s between requests, and one is reported to bear polling every 2 s.
    pauseMs: 200,
    // How long it keeps an idle connection is not known, so a write soon gets a fresh one.
    maxIdleMs: 15_000,
    maxWordsPerSecond: null,
    // Both functions are seen to work; function 16 takes mode and value together.
    oneWordFunction: 16,
  },
  readRules: {
    // No limit but Modbus' own is known; the longest run of points is 20 words.
    maxWords: 125,
    // A read that touches one address without a point fails as a whole.
    spannable: [],
    // 10205 and 10206 are in doubt (see the rows), so they must not take their neighbours with them.
    requestStarts: [10205, 10207],
    cost: { request: 250, word: 0.2 },
  },
  // 2: no such point; 1: no function flags (function 2) at all.
  refusals: [1, 2],
  // What can be written lives in RAM.
  wear: null,
  probe: () => ({ key: 'firmware_major', plausible: [3, 9] }),
  testKeys: ['outdoor_temp', 'flow_temp', 'hot_water_temp', 'operation_mode'],
  exampleConfigs: { smallest: { functions: [] }, largest: { functions: 'auto' } },
  configFields: [
    {
      key: 'functions',
      type: 'CHOICES',
      options: FUNCTIONS.map(([value, EN, DE]) => ({ value, label: { EN, DE } })),
      allowsAuto: true,
      default: 'auto',
      label: { EN: 'Functions', DE: 'Funktionen' },
      help: {
        EN: 'What the controller is set up for. "auto" asks the controller; name the functions if some are switched off for a season.',
        DE: 'Wofür die Regelung eingerichtet ist. "auto" fragt die Regelung; nennen Sie die Funktionen, wenn einige zeitweise abgeschaltet sind.',
      },
    },
  ],
  setupInstructions: {
    EN: [
      'Check that the software is 3.90.1 or later, better 3.92.',
      'Connect the Luxtronik to your network and give it a fixed IP address in the router.',
      'Log in at service level at the panel or the web interface.',
      'Open Service > System control (Systemsteuerung) > Connectivity (Konnektivität) > Smart-Home-Interface and select Modbus TCP.',
      'Note whether Smart Grid is on; ait asks to switch it off while the interface is used, as both influence the same targets.',
      'Anyone who reaches port 502 can write: allow it for this server only. No second system may write the same points (error 816).',
      'Enter the IP address here; port 502 and unit 1 are the usual values.',
    ],
    DE: [
      'Prüfen Sie, dass der Softwarestand 3.90.1 oder neuer ist, besser 3.92.',
      'Verbinden Sie die Luxtronik mit dem Netzwerk und geben Sie ihr im Router eine feste IP-Adresse.',
      'Melden Sie sich am Bedienteil oder in der Weboberfläche auf der Serviceebene an.',
      'Öffnen Sie Service > Systemsteuerung > Konnektivität > Smart-Home-Interface und wählen Sie Modbus TCP.',
      'Merken Sie sich, ob Smart Grid eingeschaltet ist; ait bittet, es mit der Schnittstelle abzuschalten, da beide dieselben Sollwerte beeinflussen.',
      'Wer Port 502 erreicht, kann schreiben: Geben Sie ihn nur für diesen Server frei. Kein zweites System darf dieselben Punkte schreiben (Fehler 816).',
      'Geben Sie hier die IP-Adresse ein; Port 502 und Gerätenummer 1 sind die üblichen Werte.',
    ],
  },
  sensors: sensorsFor,
  capabilities: (config) => {
    const offered = offeredFunctions(config);
    const hasAny = (names: readonly FunctionName[]) => names.some((name) => offered.includes(name));
    return {
      heating: true,
      cooling: hasAny(['cooling', 'mc1_cooling', 'mc2_cooling', 'mc3_cooling']),
      hotWater: true,
      solar: hasAny(['solar']),
      pool: hasAny(['pool']),
      circuits: MIXING_CIRCUITS.filter((circuit) => hasAny(functionsOf(circuit))).map(String),
      zones: [],
      quantities: quantitiesOf(sensorsFor(config)),
    };
  },
  defaultDashboard: () => DASHBOARD,
  stateRules: [
    // What the operating state shows while a fault stops the machine is not documented, so the fault goes first.
    { key: 'error_number', above: 0, state: 'FAULT' },
    { key: 'operation_mode', values: [4], state: 'DEFROST' },
    { key: 'operation_mode', values: [1], state: 'HOT_WATER' },
    { key: 'operation_mode', values: [7], state: 'COOLING' },
    { key: 'operation_mode', values: [2], state: 'POOL' },
    { key: 'operation_mode', values: [0], state: 'HEATING' },
    { key: 'operation_mode', values: [3], state: 'BLOCKED' },
    // 6 is "external source or unused": that tells nothing, and no rule fits.
    { key: 'operation_mode', values: [5], state: 'IDLE' },
  ],
  identify,
  refine: withoutInactivePoints,
};

function sensorsFor(config: ModelConfig, identity?: DeviceIdentity): Sensor[] {
  const offered = offeredFunctions(config, identity);
  const isOffered = ({ functions }: Row) => !functions || functions.some((name) => offered.includes(name));
  return ROWS.filter((row) => hasFirmwareFor(row, identity) && isOffered(row)).map(toSensor);
}

function hasFirmwareFor({ since }: Row, identity?: DeviceIdentity): boolean {
  return !since || !identity?.firmware || isAtLeast(identity.firmware, since);
}

const DASHBOARD = overview([
  {
    ...CHART,
    title: { EN: 'Temperatures', DE: 'Temperaturen' },
    keys: ['outdoor_temp', 'flow_temp', 'return_temp', 'return_target'],
  },
  {
    ...CHART,
    title: { EN: 'Heat source', DE: 'Wärmequelle' },
    keys: ['heat_source_in_temp', 'heat_source_out_temp'],
  },
  { ...CHART, title: { EN: 'Power', DE: 'Leistung' }, keys: ['heating_power', 'electric_power'] },
  {
    ...CHART,
    title: { EN: 'Energy (cumulative)', DE: 'Energie (kumulativ)' },
    keys: ['thermal_energy_total', 'electric_energy_total'],
    hours: 168,
  },
  hotWaterGauge('hot_water_temp'),
  {
    ...CHART,
    type: 'STAT',
    title: { EN: 'Status', DE: 'Status' },
    keys: ['operation_mode', 'heating_status', 'hot_water_status'],
  },
]);
