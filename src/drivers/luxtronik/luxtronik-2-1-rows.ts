/**
 * The points of the Smart-Home-Interface (SHI) of the Luxtronik 2.1, by table and address; a mixing circuit's stand together.
 *
 * Source: ait 83026900aDE, as quoted by public projects that read the same device; which of them, and
 * where they differ, is told per row. The firmware a point came with is theirs too: the manual gives no versions.
 */
import type { WriteMode } from '../../domain/sensor.ts';
import { OFF_ON } from '../options.ts';
import { FUNCTIONS, type FunctionName, functionsOf, MIXING_CIRCUITS, type MixingCircuit } from './functions.ts';
import {
  BUFFER_TYPE,
  CONTROL_MODE,
  FUNCTION_STATUS,
  HEAT_GENERATORS,
  INACTIVE_ACTIVE,
  LEVEL,
  LOCK,
  NO_YES,
  OPERATION_MODE,
  OVERALL_MODE,
  POWER_LIMIT_MODE,
} from './options.ts';
import type { Row } from './rows.ts';

/** Since 3.92 a point that is not active reads 0x7FFF; before, no point can really have that value. */
const NA16 = [0x7fff];
const NA32 = [0x7fff_ffff];
/** Without a sensor, hot water and mixing circuits show 75.0 °C and the external return 5.0 °C, whatever the firmware. */
const NO_TANK_SENSOR = { na: [...NA16, 750] } as const;
const NO_RETURN_SENSOR = { na: [...NA16, 50] } as const;

/** What the kinds of rows have in common. */
const STATE = {
  table: 'INPUT',
  category: 'STATUS',
  dataType: 'UINT16',
  unit: null,
  access: 'READ_ONLY',
  na: NA16,
} as const;
/** All temperatures are signed: some are published as unsigned, which decodes the same but for values below zero. */
const TEMPERATURE = { ...STATE, category: 'TEMPERATURE', dataType: 'INT16', scale: 0.1, unit: '°C' } as const;
const POWER = { ...STATE, category: 'POWER', scale: 0.1, unit: 'kW' } as const;
const ENERGY = { ...STATE, category: 'ENERGY', dataType: 'INT32', scale: 0.1, unit: 'kWh', na: NA32 } as const;
const MINUTES = { ...STATE, unit: 'min' } as const;
const IS = { ...STATE, category: 'BINARY', options: NO_YES } as const;
const UNNAMED = { note: 'unnamed in python-luxtronik' } as const;
/** Only 0 and 1 have a meaning; one published reading has 32511 at 10356, so anything else counts as not read. */
const CONTACT = {
  ...STATE,
  ...UNNAMED,
  category: 'BINARY',
  dataType: 'BOOL',
  options: OFF_ON,
  since: '3.92.0',
} as const;
const HOURS = { ...STATE, ...UNNAMED, dataType: 'UINT32', unit: 'h', na: NA32, since: '3.92.0' } as const;
const FIRMWARE = {
  ...STATE,
  na: [],
  source: 'python-luxtronik, Namotion.Interceptor',
  confidence: 'COMMUNITY',
} as const;
/** The newest map of Namotion.Interceptor leaves these out. */
const SEEN = {
  ...IS,
  source: 'python-luxtronik and a dump of a live unit, raibisch/mylibs',
  confidence: 'FIELD',
} as const;
const FLAG = {
  ...STATE,
  table: 'DISCRETE',
  category: 'BINARY',
  dataType: 'BOOL',
  options: INACTIVE_ACTIVE,
  na: [],
  source: 'ait 83026900aDE as quoted by one public project',
} as const;

const CONTROL = { ...STATE, table: 'HOLDING', category: 'CONTROL', access: 'READ_WRITE' } as const;
const CHOICE = { ...CONTROL, min: 0, max: 3, step: 1 } as const;
const SWITCH = { ...CONTROL, min: 0, max: 1, step: 1 } as const;
const SETPOINT = { ...CONTROL, dataType: 'INT16', scale: 0.1, unit: '°C', step: 0.1 } as const;
const OFFSET = { ...CONTROL, dataType: 'INT16', scale: 0.1, unit: 'K', step: 0.1 } as const;

const COOLING = { functions: ['cooling'] } as const;
const POOL = { functions: ['pool'] } as const;
const SOLAR = { functions: ['solar'] } as const;
const ROOM_UNIT = { functions: ['room_control_unit'] } as const;

/** A block of four points by which a target is influenced; a value acts only while its mode is selected. */
interface ControlBlock {
  readonly at: number;
  readonly key: string;
  readonly en: string;
  readonly de: string;
  /** °C */
  readonly setpoint: { readonly min: number; readonly max: number };
  /** K, either way */
  readonly offset: number;
  readonly functions?: readonly FunctionName[];
}

// biome-ignore format: one row per line, to be held against the facts
function controlRows({ at, key, en, de, setpoint, offset, functions }: ControlBlock): readonly Row[] {
  const only = functions ? { functions } : {};
  const mode = (value: number): { readonly mode: WriteMode } => ({ mode: { key: `${key}_mode`, address: at, value } });
  return [
    { at, key: `${key}_mode`, en: `${en} control mode`, de: `${de} Modus`, ...CHOICE, options: CONTROL_MODE, safe: 0, ...only },
    { at: at + 1, key: `${key}_setpoint`, en: `${en} setpoint`, de: `${de} Sollwert`, ...SETPOINT, ...setpoint, ...mode(1), ...only },
    { at: at + 2, key: `${key}_offset`, en: `${en} offset`, de: `${de} Offset`, ...OFFSET, min: -offset, max: offset, ...mode(2), ...only },
    { at: at + 3, key: `${key}_level`, en: `${en} level`, de: `${de} Level`, ...CHOICE, options: LEVEL, ...mode(3), since: '3.92.0', ...only },
  ];
}

// biome-ignore format: one row per line, to be held against the facts
function mixingCircuitRows(n: MixingCircuit): readonly Row[] {
  const either = { functions: functionsOf(n) };
  const heating = { functions: [`mc${n}_heating`] } as const;
  const cooling = { functions: [`mc${n}_cooling`] } as const;
  const circuit = String(n);
  const inputs = 10130 + 10 * n;
  const holdings = 10000 + 10 * n;
  return [
    { at: inputs, key: `mc${n}_temp`, en: `Mixing circuit ${n} flow temperature`, de: `Mischkreis ${n} Vorlauf-Ist`, ...TEMPERATURE, ...NO_TANK_SENSOR, ...either, quantity: 'FLOW_TEMPERATURE', circuit },
    { at: inputs + 1, key: `mc${n}_target`, en: `Mixing circuit ${n} flow target`, de: `Mischkreis ${n} Vorlauf-Soll`, ...TEMPERATURE, ...either, quantity: 'FLOW_TARGET_TEMPERATURE', circuit },
    { at: inputs + 2, key: `mc${n}_min`, en: `Mixing circuit ${n} minimum flow temperature`, de: `Mischkreis ${n} Vorlauf minimal`, ...TEMPERATURE, ...heating },
    { at: inputs + 3, key: `mc${n}_max`, en: `Mixing circuit ${n} maximum flow temperature`, de: `Mischkreis ${n} Vorlauf maximal`, ...TEMPERATURE, ...heating },
    { at: 10350 + n, key: `pump_fp${n}`, en: `Mixing circuit ${n} pump FP${n}`, de: `Fußbodenheizungspumpe FP${n}`, ...CONTACT, ...either },
    ...controlRows({ at: holdings, key: `mc${n}_heat`, en: `Mixing circuit ${n} heating flow`, de: `Mischkreis ${n} Heizen`, setpoint: { min: 20, max: 65 }, offset: 5, ...heating }),
    // Cooling has no level.
    ...controlRows({ at: holdings + 5, key: `mc${n}_cool`, en: `Mixing circuit ${n} cooling flow`, de: `Mischkreis ${n} Kühlen`, setpoint: { min: 5, max: 25 }, offset: 5, ...cooling }).slice(0, 3),
  ];
}

const OVERALL = { key: 'heating_overall_mode', address: 10065 } as const;

// biome-ignore format: one row per line, to be held against the facts
/** Every point of the interface. */
export const ROWS: readonly Row[] = [
  { at: 10000, key: 'heat_pump_status', en: 'Running heat generators', de: 'Status Wärmeerzeuger', ...STATE, dataType: 'BITFIELD16', options: HEAT_GENERATORS },
  { at: 10002, key: 'operation_mode', en: 'Operating state', de: 'Betriebszustand', ...STATE, options: OPERATION_MODE },
  { at: 10003, key: 'heating_status', en: 'Heating status', de: 'Status Heizung', ...STATE, options: FUNCTION_STATUS },
  { at: 10004, key: 'hot_water_status', en: 'Hot water status', de: 'Status Warmwasser', ...STATE, options: FUNCTION_STATUS },
  { at: 10006, key: 'cooling_status', en: 'Cooling status', de: 'Status Kühlung', ...STATE, options: FUNCTION_STATUS, ...COOLING },
  { at: 10007, key: 'pool_status', en: 'Pool heating status', de: 'Status Schwimmbad', ...STATE, options: FUNCTION_STATUS, ...POOL },

  { at: 10100, key: 'return_temp', en: 'Return temperature', de: 'Rücklauf-Ist', ...TEMPERATURE, quantity: 'RETURN_TEMPERATURE', note: 'raibisch/mylibs has 10100 and 10101 the other way round' },
  { at: 10101, key: 'return_target', en: 'Return target temperature', de: 'Rücklauf-Soll', ...TEMPERATURE },
  { at: 10102, key: 'return_external_temp', en: 'External return temperature', de: 'Rücklauf extern', ...TEMPERATURE, ...NO_RETURN_SENSOR },
  { at: 10103, key: 'return_limit', en: 'Maximum return temperature', de: 'Rücklauf-Begrenzung', ...TEMPERATURE },
  { at: 10104, key: 'return_min_target', en: 'Minimum return target', de: 'Rücklauf-Soll minimal', ...TEMPERATURE },
  { at: 10105, key: 'flow_temp', en: 'Flow temperature', de: 'Vorlauf-Ist', ...TEMPERATURE, quantity: 'FLOW_TEMPERATURE' },
  { at: 10106, key: 'room_temp', en: 'Room temperature (room control unit)', de: 'Raumtemperatur (RBE)', ...TEMPERATURE, ...ROOM_UNIT, quantity: 'ROOM_TEMPERATURE' },
  { at: 10107, key: 'heating_limit_temp', en: 'Heating limit temperature (soft power limit ignored below)', de: 'Grenztemperatur Heizung', ...TEMPERATURE },
  { at: 10108, key: 'outdoor_temp', en: 'Outdoor temperature', de: 'Außentemperatur', ...TEMPERATURE, quantity: 'OUTDOOR_TEMPERATURE' },
  { at: 10109, key: 'outdoor_temp_avg', en: 'Average outdoor temperature', de: 'Mitteltemperatur außen', ...TEMPERATURE, since: '3.92.0' },
  { at: 10110, key: 'heat_source_in_temp', en: 'Heat source inlet temperature', de: 'Wärmequelle-Ein', ...TEMPERATURE, since: '3.92.0', quantity: 'SOURCE_IN_TEMPERATURE' },
  { at: 10111, key: 'heat_source_out_temp', en: 'Heat source outlet temperature', de: 'Wärmequelle-Aus', ...TEMPERATURE, since: '3.92.0', quantity: 'SOURCE_OUT_TEMPERATURE' },
  { at: 10112, key: 'flow_max_temp', en: 'Maximum flow temperature', de: 'Vorlauf maximal', ...TEMPERATURE, since: '3.92.0' },
  { at: 10113, key: 'flow_calculated_temp', en: 'Calculated flow temperature (return target plus spread)', de: 'Berechnete Vorlauftemperatur', ...TEMPERATURE, since: '3.92.0', quantity: 'FLOW_TARGET_TEMPERATURE' },
  { at: 10120, key: 'hot_water_temp', en: 'Hot water temperature', de: 'Warmwasser-Ist', ...TEMPERATURE, ...NO_TANK_SENSOR, quantity: 'HOT_WATER_TEMPERATURE' },
  { at: 10121, key: 'hot_water_target', en: 'Hot water target temperature', de: 'Warmwasser-Soll', ...TEMPERATURE, quantity: 'HOT_WATER_TARGET_TEMPERATURE' },
  { at: 10122, key: 'hot_water_min', en: 'Minimum hot water target', de: 'Warmwasser minimal', ...TEMPERATURE },
  { at: 10123, key: 'hot_water_max', en: 'Maximum hot water target', de: 'Warmwasser maximal', ...TEMPERATURE },
  { at: 10124, key: 'hot_water_limit_temp', en: 'Hot water limit temperature (soft power limit ignored below)', de: 'Grenztemperatur Warmwasser', ...TEMPERATURE },

  { at: 10201, key: 'error_number', en: 'Current error number (0 = none)', de: 'Aktuelle Fehlernummer', ...STATE, quantity: 'FAULT' },
  { at: 10202, key: 'buffer_type', en: 'Buffer tank type', de: 'Puffertyp', ...STATE, options: BUFFER_TYPE },
  { at: 10203, key: 'min_off_time', en: 'Minimum off time', de: 'Schaltspielsperre', ...MINUTES },
  { at: 10204, key: 'min_run_time', en: 'Minimum run time', de: 'Mindestlaufzeit', ...MINUTES },
  { at: 10205, key: 'cooling_configured', en: 'Cooling configured', de: 'Kühlung konfiguriert', ...SEEN },
  { at: 10206, key: 'pool_configured', en: 'Pool heating configured', de: 'Schwimmbad konfiguriert', ...SEEN },
  { at: 10207, key: 'cooling_release', en: 'Cooling release condition met', de: 'Kühlung Freigabe', ...IS, ...COOLING },

  { at: 10300, key: 'heating_power', en: 'Thermal power', de: 'Heizleistung aktuell', ...POWER, dataType: 'INT16', quantity: 'THERMAL_POWER' },
  { at: 10301, key: 'electric_power', en: 'Electrical power', de: 'Elektrische Leistung aktuell', ...POWER, quantity: 'ELECTRICAL_POWER' },
  { at: 10302, key: 'electric_power_min_predicted', en: 'Minimum predicted electrical power', de: 'Minimale elektrische Leistung (Prognose)', ...POWER },
  { at: 10310, key: 'electric_energy_total', en: 'Electrical energy total', de: 'Elektrische Energie gesamt', ...ENERGY, quantity: 'ELECTRICAL_ENERGY' },
  { at: 10312, key: 'electric_energy_heating', en: 'Electrical energy heating', de: 'Elektrische Energie Heizung', ...ENERGY, quantity: 'ELECTRICAL_ENERGY_HEATING' },
  { at: 10314, key: 'electric_energy_hot_water', en: 'Electrical energy hot water', de: 'Elektrische Energie Warmwasser', ...ENERGY, quantity: 'ELECTRICAL_ENERGY_HOT_WATER' },
  { at: 10316, key: 'electric_energy_cooling', en: 'Electrical energy cooling', de: 'Elektrische Energie Kühlung', ...ENERGY, ...COOLING, quantity: 'ELECTRICAL_ENERGY_COOLING' },
  { at: 10318, key: 'electric_energy_pool', en: 'Electrical energy pool', de: 'Elektrische Energie Schwimmbad', ...ENERGY, ...POOL },
  { at: 10320, key: 'thermal_energy_total', en: 'Thermal energy total', de: 'Wärmemenge gesamt', ...ENERGY, since: '3.92.0', quantity: 'HEAT_ENERGY' },
  { at: 10322, key: 'thermal_energy_heating', en: 'Thermal energy heating', de: 'Wärmemenge Heizung', ...ENERGY, since: '3.92.0', quantity: 'HEAT_ENERGY_HEATING' },
  { at: 10324, key: 'thermal_energy_hot_water', en: 'Thermal energy hot water', de: 'Wärmemenge Warmwasser', ...ENERGY, since: '3.92.0', quantity: 'HEAT_ENERGY_HOT_WATER' },
  { at: 10326, key: 'thermal_energy_cooling', en: 'Thermal energy cooling', de: 'Wärmemenge Kühlung', ...ENERGY, since: '3.92.0', ...COOLING, quantity: 'HEAT_ENERGY_COOLING' },
  { at: 10328, key: 'thermal_energy_pool', en: 'Thermal energy pool', de: 'Wärmemenge Schwimmbad', ...ENERGY, since: '3.92.0', ...POOL },

  { at: 10350, key: 'pump_vbo', en: 'Brine/well pump or fan output VBO', de: 'Ausgang VBO', ...CONTACT },
  { at: 10354, key: 'pump_hup', en: 'Heating circulation pump HUP', de: 'Heizungsumwälzpumpe HUP', ...CONTACT },
  { at: 10355, key: 'pump_bup', en: 'Hot water loading pump or valve BUP', de: 'Brauchwasserumwälzpumpe BUP', ...CONTACT },
  { at: 10356, key: 'pump_zip', en: 'Hot water circulation pump ZIP', de: 'Zirkulationspumpe ZIP', ...CONTACT },
  // What the two contacts mean together depends on a setting (Smart Grid on or off) that the interface does not tell.
  { at: 10360, key: 'evu1', en: 'EVU1 / SG1 input', de: 'Eingang EVU 1', ...CONTACT },
  { at: 10361, key: 'evu2', en: 'EVU2 / SG2 input (air and propane-brine models only)', de: 'Eingang EVU 2', ...CONTACT },

  { at: 10400, key: 'firmware_major', en: 'Firmware version major', de: 'Softwarestand Haupt', ...FIRMWARE },
  { at: 10401, key: 'firmware_minor', en: 'Firmware version minor', de: 'Softwarestand Neben', ...FIRMWARE },
  { at: 10402, key: 'firmware_patch', en: 'Firmware version patch', de: 'Softwarestand Patch', ...FIRMWARE },
  { at: 10404, key: 'operating_hours_heat_pump', en: 'Operating hours heat pump', de: 'Betriebsstunden Wärmepumpe', ...HOURS, quantity: 'COMPRESSOR_RUN_TIME' },
  { at: 10406, key: 'operating_hours_heating', en: 'Operating hours heating', de: 'Betriebsstunden Heizung', ...HOURS },
  { at: 10408, key: 'operating_hours_hot_water', en: 'Operating hours hot water', de: 'Betriebsstunden Warmwasser', ...HOURS },
  { at: 10410, key: 'operating_hours_cooling', en: 'Operating hours active cooling', de: 'Betriebsstunden Kühlung', ...HOURS, ...COOLING },
  { at: 10412, key: 'operating_hours_pool', en: 'Operating hours pool', de: 'Betriebsstunden Schwimmbad', ...HOURS, ...POOL },
  { at: 10416, key: 'operating_hours_solar', en: 'Operating hours solar', de: 'Betriebsstunden Solar', ...HOURS, ...SOLAR },

  { at: 10500, key: 'extra_hot_water_target', en: 'Extra hot water target', de: 'Extra-Warmwasser Solltemperatur', ...TEMPERATURE, ...UNNAMED, since: '3.92.0' },
  { at: 10501, key: 'extra_hot_water_duration', en: 'Extra hot water duration', de: 'Extra-Warmwasser Dauer', ...MINUTES, ...UNNAMED, dataType: 'INT16', since: '3.92.0' },
  { at: 10502, key: 'extra_hot_water_remaining', en: 'Extra hot water remaining time', de: 'Extra-Warmwasser Restdauer', ...MINUTES, ...UNNAMED, dataType: 'INT16', since: '3.92.0' },

  ...controlRows({ at: 10000, key: 'heating', en: 'Heating return', de: 'Heizung', setpoint: { min: 15, max: 75 }, offset: 20 }),
  ...controlRows({ at: 10005, key: 'hot_water', en: 'Hot water', de: 'Warmwasser', setpoint: { min: 30, max: 75 }, offset: 20 }),
  { at: 10040, key: 'lpc_mode', en: 'Power consumption limit mode (LPC)', de: 'Leistungsbegrenzung Modus', ...CHOICE, max: 2, options: POWER_LIMIT_MODE, safe: 0 },
  { at: 10041, key: 'pc_limit', en: 'Electrical power consumption limit', de: 'Leistungsbegrenzung Wert', ...CONTROL, scale: 0.1, unit: 'kW', min: 0, max: 30, step: 0.1, safe: 30 },
  { at: 10050, key: 'lock_heating', en: 'Lock heating', de: 'Sperre Heizung', ...SWITCH, options: LOCK, safe: 0, since: '3.92.0' },
  { at: 10051, key: 'lock_hot_water', en: 'Lock hot water', de: 'Sperre Warmwasser', ...SWITCH, options: LOCK, safe: 0, since: '3.92.0', note: 'raibisch/mylibs has it at 10050' },
  { at: 10052, key: 'lock_cooling', en: 'Lock cooling', de: 'Sperre Kühlung', ...SWITCH, options: LOCK, safe: 0, ...COOLING },
  { at: 10053, key: 'lock_pool', en: 'Lock pool heating', de: 'Sperre Schwimmbad', ...SWITCH, options: LOCK, safe: 0, ...POOL },
  { at: 10060, key: 'room_temp_setpoint', en: 'Room temperature setpoint (room control unit)', de: 'Raum-Solltemperatur (RBE)', ...SETPOINT, ...UNNAMED, since: '3.92.1', ...ROOM_UNIT, quantity: 'ROOM_TARGET_TEMPERATURE' },
  // While its mode is not "individual", the settings of the single circuits do not act.
  { at: 10065, key: 'heating_overall_mode', en: 'All heating circuits control mode', de: 'Heizung gesamt Modus', ...CONTROL, min: 0, max: 3, options: OVERALL_MODE, safe: 0, since: '3.92.0' },
  { at: 10066, key: 'heating_overall_offset', en: 'All heating circuits offset', de: 'Heizung gesamt Offset', ...OFFSET, min: -20, max: 20, mode: { ...OVERALL, value: 2 }, since: '3.92.0' },
  { at: 10067, key: 'heating_overall_level', en: 'All heating circuits level', de: 'Heizung gesamt Level', ...CHOICE, options: LEVEL, mode: { ...OVERALL, value: 3 }, since: '3.92.0' },
  { at: 10070, key: 'circulation_request', en: 'Hot water circulation request', de: 'Zirkulation', ...SWITCH, options: OFF_ON, safe: 0, since: '3.92.0', note: 'works only without a time programme for the circulation; one project lists a value 2' },
  { at: 10071, key: 'extra_hot_water_request', en: 'Extra hot water request (resets itself)', de: 'Extra-Warmwasser', ...SWITCH, options: OFF_ON, since: '3.92.0' },

  ...MIXING_CIRCUITS.flatMap(mixingCircuitRows),
  ...FUNCTIONS.map(([name, en, de], index): Row => ({ at: 10000 + index, key: `function_${name}`, en: `${en} active`, de: `${de} aktiv`, ...FLAG })),
];
