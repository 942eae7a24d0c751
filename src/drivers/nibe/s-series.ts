import type { Localized } from '../../domain/localized.ts';
import type { ConfigField, DashboardTemplate, ModelConfig, WidgetTemplate } from '../../domain/model.ts';
import { quantitiesOf } from '../../domain/quantity-view.ts';
import type { Sensor } from '../../domain/sensor.ts';
import type { Driver } from '../driver.ts';
import { CHART, hotWaterGauge, overview } from '../widgets.ts';
import { ACCESSORIES, CLIMATE_SYSTEMS, type Installation, LINES, type Line, OUTDOOR_UNITS, sensorsOf } from './rows.ts';
import { ROWS } from './s-series-rows.ts';

/** The model of a unit that is none of those whose registers are known. */
const OTHER = 'other';

/**
 * NIBE heat pumps, indoor modules and controllers of the S-series, firmware 2.2.1 or newer.
 * Sources: see the rows.
 */
export const sSeries: Driver = {
  id: 's_series',
  name: 'S-Series',
  manufacturer: { id: 'nibe', name: 'NIBE' },
  protocol: 'MODBUS_TCP',
  defaultPort: 502,
  defaultUnitId: 1,
  defaultTimeoutMs: 3_000,
  // 100 registers a second is NIBE's limit (M12676 of 2024); some units restart under polling (home-assistant/core#102385).
  // Pause and idle time are ours. Functions 6 and 16 both write; 16 is what the clients proven on devices use.
  lineRules: { pauseMs: 10, maxIdleMs: 15_000, maxWordsPerSecond: 100, oneWordFunction: 16 },
  readRules: {
    // NIBE's limit (M12676 of 2024).
    maxWords: 20,
    // A read that touches an address that is not there fails as a whole, and some addresses must not be read at all.
    spannable: [],
    requestStarts: [],
    // A hundredth of a second for each word, by the limit above.
    cost: { request: 60, word: 10 },
  },
  // 1 for a register that is not there, seen on several units; a rebooting one may refuse what it has.
  refusals: [1],
  // NIBE names no figure.
  wear: null,
  probe: () => ({ key: 'outdoor_temperature_bt1', plausible: [-60, 70] }),
  testKeys: ['outdoor_temperature_bt1', 'hot_water_top_bt7', 'supply_temperature_bt2_cs1', 'operating_priority'],
  exampleConfigs: {
    smallest: { model: 'VVM-S500', climateSystems: [], outdoorUnits: [], accessories: [] },
    largest: {
      model: OTHER,
      climateSystems: CLIMATE_SYSTEMS,
      outdoorUnits: OUTDOOR_UNITS,
      accessories: Object.keys(ACCESSORIES),
    },
    groundSource: { model: 'S1255', climateSystems: [1], outdoorUnits: [], accessories: [] },
    airSource: { model: 'VVM-S320', climateSystems: [1], outdoorUnits: [1], accessories: [] },
  },
  configFields: [
    {
      key: 'model',
      type: 'CHOICE',
      options: [
        ...Object.values(LINES)
          .flat()
          .map((value) => ({ value, label: { EN: value, DE: value } })),
        { value: OTHER, label: { EN: 'Other or unknown', DE: 'Andere oder unbekannt' } },
      ],
      allowsAuto: false,
      default: OTHER,
      label: { EN: 'Model', DE: 'Modell' },
      help: {
        EN: 'The model on the type plate of the indoor unit or controller. It decides which values are offered.',
        DE: 'Das Modell auf dem Typenschild von Innengerät oder Regelung. Es bestimmt, welche Werte angeboten werden.',
      },
    },
    numbered('climateSystems', CLIMATE_SYSTEMS, [1], {
      option: (n) => ({ EN: `Climate system ${n}`, DE: `Klimatisierungssystem ${n}` }),
      label: { EN: 'Climate systems', DE: 'Klimatisierungssysteme' },
      help: {
        EN: 'The climate systems (heating circuits) that are set up at the unit.',
        DE: 'Die am Gerät eingerichteten Klimatisierungssysteme (Heizkreise).',
      },
    }),
    numbered('outdoorUnits', OUTDOOR_UNITS, [], {
      option: (n) => ({ EN: `Outdoor unit EB10${n}`, DE: `Außeneinheit EB10${n}` }),
      label: { EN: 'Outdoor units', DE: 'Außeneinheiten' },
      help: {
        EN: 'The air-source units connected to an indoor module or controller. None for a heat pump with a compressor of its own.',
        DE: 'Die an ein Innenmodul oder eine Regelung angeschlossenen Luftwärmepumpen. Keine bei eigenem Verdichter.',
      },
    }),
    {
      key: 'accessories',
      type: 'CHOICES',
      options: Object.entries(ACCESSORIES).map(([value, [EN, DE]]) => ({ value, label: { EN, DE } })),
      allowsAuto: false,
      default: [],
      label: { EN: 'Accessories', DE: 'Zubehör' },
      help: {
        EN: 'Accessories with values of their own. A unit refuses to read what it does not have.',
        DE: 'Zubehör mit eigenen Werten. Was ein Gerät nicht hat, gibt es nicht heraus.',
      },
    },
  ],
  setupInstructions: {
    EN: [
      'Menu 5.2: connect the unit to your network by cable or Wi-Fi.',
      'Menu 3.1.13 shows its IP address; make it a fixed one in the router.',
      'Menu 7.5.9 Modbus TCP/IP: switch it on. To control the unit, leave its read-only option off.',
      'Menu 7.5.9: you may enter the IP address of this server as the only one allowed.',
      'Only to feed in values: allow external supply in menu 7.5.9.1 and external sensor values in menu 7.5.9.2.',
      'Only for SG Ready: leave the inputs SG A and SG B unassigned in menu 7.4.',
      'Enter the IP address here and choose the model; port 502 and unit 1 are the usual values.',
    ],
    DE: [
      'Menü 5.2: Verbinden Sie das Gerät per Kabel oder WLAN mit dem Netzwerk.',
      'Menü 3.1.13 zeigt seine IP-Adresse; legen Sie sie im Router fest.',
      'Menü 7.5.9 Modbus TCP/IP: einschalten. Zum Steuern bleibt die Option "nur lesen" dort aus.',
      'Menü 7.5.9: Auf Wunsch tragen Sie die IP-Adresse dieses Servers als einzige erlaubte ein.',
      'Nur um Werte vorzugeben: externen Vorlauf in Menü 7.5.9.1 und externe Fühlerwerte in Menü 7.5.9.2 zulassen.',
      'Nur für SG Ready: Lassen Sie die Eingänge SG A und SG B in Menü 7.4 unbelegt.',
      'Geben Sie hier die IP-Adresse ein und wählen Sie das Modell; Port 502 und Gerätenummer 1 sind die üblichen Werte.',
    ],
  },
  sensors: sensorsFor,
  capabilities: (config) => ({
    heating: true,
    cooling: true,
    hotWater: true,
    solar: false,
    pool: installationOf(config).accessories.includes('POOL'),
    circuits: installationOf(config).climateSystems.map(String),
    zones: [],
    quantities: quantitiesOf(sensorsFor(config)),
  }),
  defaultDashboard,
  stateRules: [
    { key: 'alarm_active', values: [1], state: 'FAULT' },
    ...OUTDOOR_UNITS.map((n) => ({ key: `outdoor_unit${n}_defrost`, values: [1, 2], state: 'DEFROST' }) as const),
    { key: 'operating_priority', values: [20], state: 'HOT_WATER' },
    { key: 'operating_priority', values: [30], state: 'HEATING' },
    { key: 'operating_priority', values: [40], state: 'POOL' },
    { key: 'operating_priority', values: [60], state: 'COOLING' },
    // A state of a tariff rather than of the machine: it counts only while nothing runs.
    { key: 'sg_ready_mode', values: [20], state: 'BLOCKED' },
    { key: 'operating_priority', values: [10], state: 'IDLE' },
  ],
};

function sensorsFor(config: ModelConfig): Sensor[] {
  const installation = installationOf(config);
  return ROWS.flatMap((row) => sensorsOf(row, installation));
}

function installationOf({ model, climateSystems, outdoorUnits, accessories }: ModelConfig): Installation {
  return {
    line: lineOf(model),
    climateSystems: listOf(climateSystems).map(Number),
    outdoorUnits: listOf(outdoorUnits).map(Number),
    accessories: listOf(accessories).map(String),
  };
}

function lineOf(model: ModelConfig[string] | undefined): Line | null {
  const lines = Object.entries(LINES) as [Line, readonly string[]][];
  return lines.find(([, models]) => models.includes(String(model)))?.[0] ?? null;
}

function listOf(value: ModelConfig[string] | undefined): readonly (string | number)[] {
  return Array.isArray(value) ? value : [];
}

/** A field that asks which of several numbered things there are. */
function numbered(
  key: string,
  numbers: readonly number[],
  preset: readonly number[],
  { option, ...texts }: { option: (n: number) => Localized; label: Localized; help: Localized },
): ConfigField {
  const options = numbers.map((value) => ({ value, label: option(value) }));
  return { key, type: 'CHOICES', options, allowsAuto: false, default: preset, ...texts };
}

/** Every widget with what the unit has of its keys. */
function defaultDashboard(config: ModelConfig): DashboardTemplate {
  const offered = new Set(sensorsFor(config).map(({ key }) => key));
  const first = installationOf(config).climateSystems[0];
  const widgets = widgetsFor(first).map((widget) => ({
    ...widget,
    keys: widget.keys.filter((key) => offered.has(key)),
  }));
  return overview(widgets);
}

/** `system` is the climate system whose temperatures are shown. */
function widgetsFor(system: number | undefined): WidgetTemplate[] {
  return [
    {
      ...CHART,
      title: { EN: 'Temperatures', DE: 'Temperaturen' },
      keys: [
        'outdoor_temperature_bt1',
        `supply_temperature_bt2_cs${system}`,
        `calculated_supply_cs${system}`,
        'return_temperature_bt3',
      ],
    },
    {
      ...CHART,
      title: { EN: 'Hot water temperatures', DE: 'Warmwassertemperaturen' },
      keys: ['hot_water_top_bt7', 'hot_water_charging_bt6'],
    },
    {
      ...CHART,
      title: { EN: 'Power', DE: 'Leistung' },
      keys: ['energy_log_power', 'outdoor_unit1_generated_power', 'additional_heat_power'],
    },
    {
      ...CHART,
      title: { EN: 'Energy (cumulative)', DE: 'Energie (kumulativ)' },
      keys: ['energy_production_total', 'energy_consumption_total'],
      hours: 168,
    },
    hotWaterGauge('hot_water_top_bt7'),
    {
      ...CHART,
      type: 'STAT',
      title: { EN: 'Status', DE: 'Status' },
      keys: ['operating_priority', 'sg_ready_mode', 'alarm_number'],
    },
  ];
}
