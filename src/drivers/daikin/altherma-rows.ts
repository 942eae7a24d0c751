/**
 * The registers of the Daikin Altherma behind its four interfaces, in order of address.
 *
 * Sources: Daikin 4P744838-1D "Daikin HomeHub EKRHH, installer reference guide", 05/2024, for the HomeHub; for the others
 * what public projects read. "gerione" is gerione/daikin-ha-ekrhh-modbus, "joklee" is joklee/ha_daikin_altherma4_modbus,
 * which follows Daikin's guides 4P773396-1B to 1D for the Altherma 4. The DCOM's registers are also on star.ke.st.
 */
import { OFF_ON } from '../options.ts';
import {
  ABNORMALITY,
  AUTO_HEATING_COOLING,
  DEMAND_RESPONSE,
  DHW_MODE,
  DISINFECTION,
  FIXED_OR_WEATHER,
  HEATING_COOLING,
  NONE_HEATING_COOLING,
  NORMAL_OPERATION,
  QUIET_MODE,
  SETPOINT_MODE,
  SMART_GRID,
  THREE_WAY_VALVE,
  UNIT_OPERATION,
} from './options.ts';
import type { Row, Variant } from './rows.ts';

/**
 * What the kinds of rows have in common. Whatever is kept is taken to wear the memory (seen on older units behind P1/P2);
 * requests are meant to be refreshed (9.1).
 */
const STATE = { table: 'INPUT', dataType: 'INT16', category: 'STATUS', unit: null, access: 'READ_ONLY' } as const;
const FLAG = { ...STATE, category: 'BINARY', min: 0, max: 1, options: OFF_ON } as const;
const TEMPERATURE = { ...STATE, category: 'TEMPERATURE', unit: '°C', scale: 0.01 } as const;
const MEASURED = { ...TEMPERATURE, min: -100, max: 100 } as const;
const PERCENT = { ...STATE, unit: '%' } as const;
const CONTACT = { ...STATE, table: 'DISCRETE', dataType: 'BOOL', category: 'BINARY' } as const;
const STORED = {
  ...STATE,
  table: 'HOLDING',
  category: 'SETPOINT',
  access: 'READ_WRITE',
  writeHazard: 'EEPROM',
} as const;
const COIL = { ...STORED, table: 'COIL', dataType: 'BOOL' } as const;
const MODE = { ...STORED, min: 0, step: 1 } as const;
const SWITCH = { ...MODE, max: 1, options: OFF_ON } as const;
const SETPOINT = { ...STORED, unit: '°C', step: 1 } as const;
const FINE_SETPOINT = { ...SETPOINT, scale: 0.01, step: 0.1 } as const;
const SHIFT = { ...STORED, unit: 'K', min: -10, max: 10, step: 1 } as const;
const REQUEST = { ...MODE, category: 'CONTROL', writeHazard: 'CYCLIC' } as const;
const POWER_LIMIT = { ...REQUEST, unit: 'kW', max: 20, scale: 0.01, step: 0.01 } as const;

const SMART_GRID_REQUEST = {
  ...{ at: 55, key: 'smart_grid_mode', en: 'Smart grid operation mode request', de: 'Smart-Grid-Betriebsart' },
  ...{ ...REQUEST, max: 3, options: SMART_GRID, safe: 0 },
} as const;

const AS_HOMEHUB = { note: 'options and range as on a HomeHub', confidence: 'ASSUMED' } as const;
const BY_GERIONE = { source: 'gerione/daikin-ha-ekrhh-modbus' } as const;

// biome-ignore format: one row per line, to be held against the maker's table
/**
 * What a HomeHub and an Altherma 4 have in common. The flow temperature is that at the backup heater: what the house gets,
 * whoever heated it.
 */
const SHARED: readonly Row[] = [
  { at: 0, key: 'lwt_main_heating_setpoint', en: 'Leaving water setpoint heating, main zone', de: 'Vorlauf-Sollwert Heizen Hauptzone', ...SETPOINT, quantity: 'FLOW_TARGET_TEMPERATURE', circuit: 'main', note: 'its range stands in inputs 54 and 55' },
  { at: 1, key: 'lwt_main_cooling_setpoint', en: 'Leaving water setpoint cooling, main zone', de: 'Vorlauf-Sollwert Kühlen Hauptzone', ...SETPOINT, note: 'its range stands in inputs 56 and 57' },
  { at: 2, key: 'operation_mode', en: 'Operation mode (selected)', de: 'Betriebsart (Vorwahl)', ...MODE, max: 2, options: AUTO_HEATING_COOLING, note: 'a heating-only unit says "not available"' },
  { at: 3, key: 'space_heating_cooling_on', en: 'Space heating/cooling on/off', de: 'Raumheizung/-kühlung Ein/Aus', ...SWITCH },
  { at: 12, key: 'dhw_booster_on', en: 'DHW booster (powerful) on/off', de: 'Warmwasser-Schnellaufheizung Ein/Aus', ...SWITCH },
  { at: 53, key: 'lwt_main_heating_offset', en: 'Weather-dependent LWT heating offset, main', de: 'Vorlauf-Verschiebung Heizen Hauptzone', ...SHIFT },
  { at: 54, key: 'lwt_main_cooling_offset', en: 'Weather-dependent LWT cooling offset, main', de: 'Vorlauf-Verschiebung Kühlen Hauptzone', ...SHIFT },
  { at: 57, key: 'power_limit_general', en: 'General (imposed) power limit', de: 'Allgemeine (auferlegte) Leistungsgrenze', ...POWER_LIMIT, note: 'an Altherma 4 rejects more than 20 kW (joklee#69)' },
  { at: 62, key: 'lwt_add_heating_setpoint', en: 'Leaving water setpoint heating, additional zone', de: 'Vorlauf-Sollwert Heizen Zusatzzone', ...SETPOINT, quantity: 'FLOW_TARGET_TEMPERATURE', circuit: 'additional', note: '"not available" without additional zone (gerione#1); its range stands in inputs 58 and 59' },
  { at: 63, key: 'lwt_add_cooling_setpoint', en: 'Leaving water setpoint cooling, additional zone', de: 'Vorlauf-Sollwert Kühlen Zusatzzone', ...SETPOINT, note: '"not available" without additional zone (gerione#1); its range stands in inputs 60 and 61' },
  { at: 65, key: 'lwt_add_heating_offset', en: 'Weather-dependent LWT heating offset, additional zone', de: 'Vorlauf-Verschiebung Heizen Zusatzzone', ...SHIFT },
  { at: 66, key: 'lwt_add_cooling_offset', en: 'Weather-dependent LWT cooling offset, additional zone', de: 'Vorlauf-Verschiebung Kühlen Zusatzzone', ...SHIFT },
  { at: 20, key: 'unit_abnormality', en: 'Unit abnormality', de: 'Gerätestörung', ...STATE, min: 0, max: 2, options: ABNORMALITY, quantity: 'FAULT' },
  { at: 21, key: 'unit_abnormality_code', en: 'Unit abnormality code (two ASCII characters)', de: 'Fehlercode (zwei ASCII-Zeichen)', ...STATE, dataType: 'TEXT16', quantity: 'FAULT_CODE' },
  { at: 22, key: 'unit_abnormality_subcode', en: 'Unit abnormality sub code', de: 'Fehler-Untercode', ...STATE, min: 0, max: 99, note: '"not available" without a fault' },
  { at: 29, key: 'circulation_pump_running', en: 'Circulation pump running', de: 'Umwälzpumpe läuft', ...FLAG },
  { at: 30, key: 'compressor_running', en: 'Compressor running', de: 'Verdichter läuft', ...FLAG },
  { at: 31, key: 'booster_heater_running', en: 'Booster heater running', de: 'Zusatzheizung läuft', ...FLAG },
  { at: 32, key: 'disinfection_running', en: 'Disinfection active', de: 'Desinfektion aktiv', ...FLAG },
  { at: 34, key: 'defrost_startup', en: 'Defrost or startup', de: 'Abtauung oder Anlauf', ...FLAG },
  { at: 35, key: 'hot_start', en: 'Hot start', de: 'Warmstart', ...FLAG },
  { at: 36, key: 'three_way_valve', en: '3-way valve position', de: '3-Wege-Ventil', ...STATE, min: 0, max: 1, options: THREE_WAY_VALVE },
  { at: 37, key: 'operation_mode_actual', en: 'Operation mode (actual)', de: 'Betriebsart (aktuell)', ...STATE, min: 0, max: 2, options: NONE_HEATING_COOLING, note: '0 is documented for Altherma 4 only' },
  { at: 39, key: 'leaving_water_temp_phe', en: 'Leaving water temperature at plate heat exchanger', de: 'Vorlauftemperatur Plattenwärmetauscher', ...MEASURED },
  { at: 40, key: 'leaving_water_temp_buh', en: 'Leaving water temperature at backup heater', de: 'Vorlauftemperatur Reserveheizung', ...MEASURED, quantity: 'FLOW_TEMPERATURE' },
  { at: 41, key: 'return_water_temp', en: 'Return water temperature', de: 'Rücklauftemperatur', ...MEASURED, quantity: 'RETURN_TEMPERATURE' },
  { at: 42, key: 'dhw_temp', en: 'Domestic hot water temperature', de: 'Warmwassertemperatur', ...MEASURED, quantity: 'HOT_WATER_TEMPERATURE' },
  { at: 43, key: 'outdoor_temp', en: 'Outdoor air temperature', de: 'Außentemperatur', ...MEASURED, quantity: 'OUTDOOR_TEMPERATURE' },
  { at: 44, key: 'liquid_refrigerant_temp', en: 'Liquid refrigerant temperature', de: 'Kältemitteltemperatur flüssig', ...MEASURED },
  { at: 48, key: 'flow_rate', en: 'Water flow rate', de: 'Durchfluss', ...STATE, unit: 'L/min', scale: 0.01, quantity: 'FLOW_RATE', note: 'declared as whole numbers, yet in hundredths' },
  { at: 49, key: 'room_temp_main', en: 'Remote controller room temperature, main zone', de: 'Raumtemperatur Fernregler Hauptzone', ...MEASURED, quantity: 'ROOM_TEMPERATURE', circuit: 'main', note: '"not available" without room controller (evcc#26533)' },
  { at: 50, key: 'power_consumption', en: 'Heat pump electrical power input', de: 'Elektrische Leistungsaufnahme', ...STATE, category: 'POWER', unit: 'kW', scale: 0.01, min: 0, max: 20, quantity: 'ELECTRICAL_POWER' },
  { at: 51, key: 'dhw_normal_operation', en: 'DHW normal operation', de: 'Warmwasser-Normalbetrieb', ...STATE, min: 0, max: 1, options: NORMAL_OPERATION },
  { at: 52, key: 'space_normal_operation', en: 'Space heating/cooling normal operation', de: 'Raumheizung/-kühlung Normalbetrieb', ...STATE, min: 0, max: 1, options: NORMAL_OPERATION },
  { at: 53, key: 'lwt_main_heating_setpoint_min', en: 'Leaving water heating setpoint lower limit, main zone', de: 'Vorlauf-Sollwert Heizen Hauptzone untere Grenze', ...TEMPERATURE },
  { at: 54, key: 'lwt_main_heating_setpoint_max', en: 'Leaving water heating setpoint upper limit, main zone', de: 'Vorlauf-Sollwert Heizen Hauptzone obere Grenze', ...TEMPERATURE },
  { at: 55, key: 'lwt_main_cooling_setpoint_min', en: 'Leaving water cooling setpoint lower limit, main zone', de: 'Vorlauf-Sollwert Kühlen Hauptzone untere Grenze', ...TEMPERATURE },
  { at: 56, key: 'lwt_main_cooling_setpoint_max', en: 'Leaving water cooling setpoint upper limit, main zone', de: 'Vorlauf-Sollwert Kühlen Hauptzone obere Grenze', ...TEMPERATURE },
  { at: 57, key: 'lwt_add_heating_setpoint_min', en: 'Leaving water heating setpoint lower limit, additional zone', de: 'Vorlauf-Sollwert Heizen Zusatzzone untere Grenze', ...TEMPERATURE },
  { at: 58, key: 'lwt_add_heating_setpoint_max', en: 'Leaving water heating setpoint upper limit, additional zone', de: 'Vorlauf-Sollwert Heizen Zusatzzone obere Grenze', ...TEMPERATURE },
  { at: 59, key: 'lwt_add_cooling_setpoint_min', en: 'Leaving water cooling setpoint lower limit, additional zone', de: 'Vorlauf-Sollwert Kühlen Zusatzzone untere Grenze', ...TEMPERATURE },
  { at: 60, key: 'lwt_add_cooling_setpoint_max', en: 'Leaving water cooling setpoint upper limit, additional zone', de: 'Vorlauf-Sollwert Kühlen Zusatzzone obere Grenze', ...TEMPERATURE },
];

// biome-ignore format: one row per line, to be held against the maker's table
/** Of a HomeHub alone. */
const HOMEHUB: readonly Row[] = [
  { at: 5, key: 'room_heating_setpoint_main', en: 'Room thermostat heating setpoint, main zone', de: 'Raum-Sollwert Heizen Hauptzone', ...SETPOINT, min: 12, max: 30, quantity: 'ROOM_TARGET_TEMPERATURE', circuit: 'main', note: 'whole degrees: 22.5 set at the unit reads 22 (gerione#24)' },
  { at: 6, key: 'room_cooling_setpoint_main', en: 'Room thermostat cooling setpoint, main zone', de: 'Raum-Sollwert Kühlen Hauptzone', ...SETPOINT, min: 15, max: 35, note: 'whole degrees (gerione#24)' },
  { at: 8, key: 'quiet_mode', en: 'Quiet mode', de: 'Geräuscharmer Betrieb', ...SWITCH },
  { at: 9, key: 'dhw_reheat_setpoint', en: 'DHW reheat setpoint', de: 'Warmwasser-Sollwert Warmhalten', ...SETPOINT, min: 30, max: 60, quantity: 'HOT_WATER_TARGET_TEMPERATURE', note: 'served only with the tank in reheat mode and a fixed setpoint' },
  { at: 11, key: 'dhw_reheat_on', en: 'DHW reheat on/off', de: 'Warmwasser Warmhalten Ein/Aus', ...SWITCH },
  { at: 52, key: 'weather_dependent_mode_main', en: 'Weather-dependent mode, main zone', de: 'Witterungsführung Hauptzone', ...MODE, max: 3, options: SETPOINT_MODE },
  { ...SMART_GRID_REQUEST, quantity: 'SMART_GRID_STATE' },
  { at: 56, key: 'power_limit_recommended_on', en: 'Power limit while Recommended on / buffering', de: 'Leistungsgrenze bei Empfohlen Ein / Pufferung', ...POWER_LIMIT },
  { at: 58, key: 'thermostat_main_input_a', en: 'External thermostat request main zone (input A)', de: 'Externe Thermostatanforderung Hauptzone (Eingang A)', ...REQUEST, max: 1, options: OFF_ON, note: 'not on Micon 0223; needs [C-07]=1 and [C-05]=0' },
  { at: 60, key: 'thermostat_add_input_a', en: 'External thermostat request additional zone (input A)', de: 'Externe Thermostatanforderung Zusatzzone (Eingang A)', ...REQUEST, max: 1, options: OFF_ON, note: 'not on Micon 0223; needs [C-07]=1 and [C-05]=0' },
  { at: 64, key: 'weather_dependent_mode_add', en: 'Weather-dependent mode, additional zone', de: 'Witterungsführung Zusatzzone', ...MODE, max: 3, options: SETPOINT_MODE },
];

// biome-ignore format: one row per line, to be held against the maker's table
/** Of an Altherma 4 alone. */
const ALTHERMA_4: readonly Row[] = [
  { at: 5, key: 'room_heating_setpoint_main_int_a4', en: 'Room heating setpoint main, whole degrees (superseded by reg 76)', de: 'Raum-Sollwert Heizen Hauptzone ganzzahlig (abgelöst durch Reg. 76)', ...SETPOINT, min: 12, max: 30, note: 'outdated by gerione' },
  { at: 6, key: 'room_cooling_setpoint_main_int_a4', en: 'Room cooling setpoint main, whole degrees (superseded by reg 77)', de: 'Raum-Sollwert Kühlen Hauptzone ganzzahlig (abgelöst durch Reg. 77)', ...SETPOINT, min: 12, max: 35, note: 'outdated by gerione' },
  { at: 8, key: 'quiet_mode_a4', en: 'Quiet mode (three states)', de: 'Geräuscharmer Betrieb (dreistufig)', ...MODE, max: 2, options: QUIET_MODE },
  { at: 9, key: 'dhw_reheat_setpoint_a4', en: 'DHW reheat setpoint', de: 'Warmwasser-Sollwert Warmhalten', ...SETPOINT, min: 30, max: 85, quantity: 'HOT_WATER_TARGET_TEMPERATURE' },
  { at: 13, key: 'dhw_boost_setpoint', en: 'DHW boost (powerful) setpoint', de: 'Warmwasser-Sollwert Schnellaufheizung', ...FINE_SETPOINT, min: 30, max: 85 },
  { at: 14, key: 'dhw_single_heatup_on', en: 'DHW single heat-up (manual) on/off', de: 'Warmwasser-Einzelaufheizung Ein/Aus', ...SWITCH },
  { at: 15, key: 'dhw_single_heatup_setpoint', en: 'DHW single heat-up (manual) setpoint', de: 'Warmwasser-Sollwert Einzelaufheizung', ...FINE_SETPOINT, min: 30, max: 85 },
  { ...SMART_GRID_REQUEST, note: 'evcc#29243', confidence: 'FIELD' },
  { at: 67, key: 'weather_dependent_heating_main_a4', en: 'Weather-dependent heating, main zone', de: 'Witterungsführung Heizen Hauptzone', ...MODE, max: 1, options: FIXED_OR_WEATHER, note: 'a write was followed by a lost connection (joklee#88)' },
  { at: 68, key: 'weather_dependent_cooling_main_a4', en: 'Weather-dependent cooling, main zone', de: 'Witterungsführung Kühlen Hauptzone', ...MODE, max: 1, options: FIXED_OR_WEATHER },
  { at: 73, key: 'thermostat_request_main_a4', en: 'Thermostat request, main zone', de: 'Thermostatanforderung Hauptzone', ...REQUEST, max: 2, options: NONE_HEATING_COOLING },
  { at: 74, key: 'thermostat_request_add_a4', en: 'Thermostat request, additional zone', de: 'Thermostatanforderung Zusatzzone', ...REQUEST, max: 2, options: NONE_HEATING_COOLING },
  { at: 75, key: 'room_heating_setpoint_main_a4', en: 'Room heating setpoint, main zone', de: 'Raum-Sollwert Heizen Hauptzone', ...FINE_SETPOINT, min: 12, max: 30, quantity: 'ROOM_TARGET_TEMPERATURE', circuit: 'main' },
  { at: 76, key: 'room_cooling_setpoint_main_a4', en: 'Room cooling setpoint, main zone', de: 'Raum-Sollwert Kühlen Hauptzone', ...FINE_SETPOINT, min: 12, max: 35, note: 'up to 30 by gerione' },
  { at: 77, key: 'room_heating_setpoint_add_a4', en: 'Room heating setpoint, additional zone', de: 'Raum-Sollwert Heizen Zusatzzone', ...FINE_SETPOINT, min: 12, max: 30, quantity: 'ROOM_TARGET_TEMPERATURE', circuit: 'additional' },
  { at: 78, key: 'room_cooling_setpoint_add_a4', en: 'Room cooling setpoint, additional zone', de: 'Raum-Sollwert Kühlen Zusatzzone', ...FINE_SETPOINT, min: 12, max: 35, note: 'up to 30 by gerione' },
  { at: 79, key: 'dhw_mode_a4', en: 'DHW mode setting', de: 'Warmwasser-Betriebsmodus', ...MODE, max: 2, options: DHW_MODE, note: 'joklee takes "not available" for off' },
  // Writable by the guide, but whatever is written restarts the unit, and the value to write is not known: only read here.
  { at: 80, key: 'model_restart_execute_a4', en: 'Execute model restart (restarts the unit; avoid)', de: 'Modell-Neustart ausführen (startet Gerät neu; nicht benutzen)', ...STATE, table: 'HOLDING', mmi: '>=4', note: 'guide 4P773396-1D; value set unknown' },
  { at: 62, key: 'disinfection_state', en: 'Disinfection state', de: 'Desinfektionsstatus', ...STATE, min: 0, max: 3, options: DISINFECTION },
  { at: 63, key: 'holiday_mode', en: 'Holiday mode', de: 'Urlaubsmodus', ...FLAG },
  { at: 64, key: 'demand_response_mode', en: 'Demand response mode (order differs from smart_grid_mode)', de: 'Modus Bedarfsanforderung (andere Reihenfolge als smart_grid_mode)', ...STATE, min: 0, max: 4, options: DEMAND_RESPONSE, quantity: 'SMART_GRID_STATE' },
  { at: 65, key: 'bypass_valve_position', en: 'Bypass valve position', de: 'Bypassventil-Stellung', ...PERCENT },
  { at: 66, key: 'tank_valve_position', en: 'Tank valve position', de: 'Speicherventil-Stellung', ...PERCENT },
  { at: 67, key: 'circulation_pump_speed', en: 'Circulation pump speed', de: 'Umwälzpumpen-Drehzahl', ...PERCENT, note: 'litres per minute in joklee v0.4.1' },
  { at: 68, key: 'mixing_kit_mixed_pump_pwm', en: 'Mixed pump PWM (mixing kit)', de: 'Gemischte Pumpe PWM (Mischkit)', ...PERCENT },
  { at: 69, key: 'mixing_kit_direct_pump_pwm', en: 'Direct pump PWM (mixing kit)', de: 'Direkte Pumpe PWM (Mischkit)', ...PERCENT },
  { at: 70, key: 'mixing_kit_valve_position', en: 'Mixing valve position (mixing kit)', de: 'Mischventil-Stellung (Mischkit)', ...PERCENT },
  { at: 71, key: 'mixing_kit_leaving_water_temp', en: 'Mixed leaving water temperature (mixing kit)', de: 'Misch-Vorlauftemperatur (Mischkit)', ...TEMPERATURE, quantity: 'FLOW_TEMPERATURE', circuit: 'main' },
  { at: 72, key: 'mixing_kit_target_main', en: 'Space heating/cooling target main zone (mixing kit)', de: 'Zielwert Hauptzone (Mischkit)', ...TEMPERATURE },
  { at: 73, key: 'leaving_water_temp_outdoor_phe', en: 'Leaving water temperature before PHE, outdoor unit', de: 'Vorlauftemperatur vor PWT Außengerät', ...TEMPERATURE },
  { at: 74, key: 'leaving_water_temp_tank_valve', en: 'Leaving water temperature at tank valve', de: 'Vorlauftemperatur Speicherventil', ...TEMPERATURE },
  { at: 75, key: 'dhw_temp_upper', en: 'DHW upper temperature', de: 'Warmwassertemperatur oben', ...TEMPERATURE },
  { at: 76, key: 'dhw_temp_lower', en: 'DHW lower temperature', de: 'Warmwassertemperatur unten', ...TEMPERATURE },
  { at: 77, key: 'room_temp_add', en: 'Remote controller room temperature, additional zone', de: 'Raumtemperatur Fernregler Zusatzzone', ...TEMPERATURE, quantity: 'ROOM_TEMPERATURE', circuit: 'additional' },
  { at: 78, key: 'water_pressure', en: 'Water pressure', de: 'Wasserdruck', ...STATE, unit: 'bar', scale: 0.01, quantity: 'PRESSURE', note: 'gerione reads it unscaled' },
  { at: 79, key: 'space_target_main', en: 'Space heating/cooling target, main zone', de: 'Zielwert Raumheizung/-kühlung Hauptzone', ...TEMPERATURE },
  { at: 80, key: 'space_target_add', en: 'Space heating/cooling target, additional zone', de: 'Zielwert Raumheizung/-kühlung Zusatzzone', ...TEMPERATURE },
  { at: 81, key: 'abnormality_counter', en: 'Abnormality counter (user)', de: 'Störungszähler (Nutzer)', ...STATE },
  { at: 82, key: 'unit_operation_mode', en: 'Unit operation mode', de: 'Gerätebetriebsart', ...STATE, min: 0, max: 4, options: UNIT_OPERATION },
  { at: 83, key: 'room_heating_setpoint_min', en: 'Room heating setpoint lower limit', de: 'Raum-Sollwert Heizen untere Grenze', ...TEMPERATURE },
  { at: 84, key: 'room_heating_setpoint_max', en: 'Room heating setpoint upper limit', de: 'Raum-Sollwert Heizen obere Grenze', ...TEMPERATURE },
  { at: 85, key: 'room_cooling_setpoint_min', en: 'Room cooling setpoint lower limit', de: 'Raum-Sollwert Kühlen untere Grenze', ...TEMPERATURE },
  { at: 86, key: 'room_cooling_setpoint_max', en: 'Room cooling setpoint upper limit', de: 'Raum-Sollwert Kühlen obere Grenze', ...TEMPERATURE },
  { at: 137, key: 'time_until_model_restart', en: 'Time until model restart (unit unknown)', de: 'Zeit bis Modell-Neustart (Einheit unbekannt)', ...STATE, mmi: '>=4', note: 'guide 4P773396-1D' },
  { at: 138, key: 'active_operation_state', en: 'Active operation state (maintenance or restart pending; enum unknown)', de: 'Aktiver Betriebszustand (Wartung oder Neustart anstehend; Enum unbekannt)', ...STATE, mmi: '>=4', note: 'guide 4P773396-1D' },
  { at: 0, key: 'coil_dhw_on', en: 'DHW on/off', de: 'Warmwasser Ein/Aus', ...COIL },
  { at: 1, key: 'coil_main_zone_on', en: 'Main zone on/off', de: 'Hauptzone Ein/Aus', ...COIL },
  { at: 2, key: 'coil_add_zone_on', en: 'Additional zone on/off', de: 'Zusatzzone Ein/Aus', ...COIL },
  { at: 3, key: 'coil_room_heating_schedule_main', en: 'Room heating schedule enabled, main zone', de: 'Zeitprogramm Heizen Hauptzone aktiv', ...COIL, ...BY_GERIONE },
  { at: 4, key: 'coil_room_cooling_schedule_main', en: 'Room cooling schedule enabled, main zone', de: 'Zeitprogramm Kühlen Hauptzone aktiv', ...COIL, ...BY_GERIONE },
  { at: 5, key: 'coil_room_heating_schedule_add', en: 'Room heating schedule enabled, additional zone', de: 'Zeitprogramm Heizen Zusatzzone aktiv', ...COIL, ...BY_GERIONE },
  { at: 6, key: 'coil_room_cooling_schedule_add', en: 'Room cooling schedule enabled, additional zone', de: 'Zeitprogramm Kühlen Zusatzzone aktiv', ...COIL, ...BY_GERIONE },
  { at: 0, key: 'di_shutoff_valve', en: 'Shut-off valve', de: 'Absperrventil', ...CONTACT },
  { at: 1, key: 'di_backup_heater_relay_1', en: 'Backup heater relay 1', de: 'Reserveheizung Relais 1', ...CONTACT },
  { at: 2, key: 'di_backup_heater_relay_2', en: 'Backup heater relay 2', de: 'Reserveheizung Relais 2', ...CONTACT },
  { at: 3, key: 'di_backup_heater_relay_3', en: 'Backup heater relay 3', de: 'Reserveheizung Relais 3', ...CONTACT },
  { at: 4, key: 'di_backup_heater_relay_4', en: 'Backup heater relay 4', de: 'Reserveheizung Relais 4', ...CONTACT },
  { at: 5, key: 'di_backup_heater_relay_5', en: 'Backup heater relay 5', de: 'Reserveheizung Relais 5', ...CONTACT },
  { at: 6, key: 'di_backup_heater_relay_6', en: 'Backup heater relay 6', de: 'Reserveheizung Relais 6', ...CONTACT },
  { at: 7, key: 'di_booster_heater', en: 'Booster heater', de: 'Zusatzheizer', ...CONTACT },
  { at: 8, key: 'di_tank_boiler', en: 'Tank boiler', de: 'Speicherkessel', ...CONTACT },
  { at: 9, key: 'di_bivalent', en: 'Bivalent source', de: 'Bivalenz', ...CONTACT },
  { at: 10, key: 'di_compressor_running', en: 'Compressor running', de: 'Verdichter läuft', ...CONTACT },
  { at: 11, key: 'di_quiet_mode_active', en: 'Quiet mode active', de: 'Geräuscharmer Betrieb aktiv', ...CONTACT },
  { at: 12, key: 'di_holiday_active', en: 'Holiday active', de: 'Urlaub aktiv', ...CONTACT },
  { at: 13, key: 'di_antifrost_status', en: 'Antifrost active', de: 'Frostschutz aktiv', ...CONTACT },
  { at: 14, key: 'di_pipe_freeze_prevention', en: 'Water pipe freeze prevention active', de: 'Rohr-Frostschutz aktiv', ...CONTACT },
  { at: 15, key: 'di_disinfection_running', en: 'Disinfection active', de: 'Desinfektion aktiv', ...CONTACT },
  { at: 16, key: 'di_defrost', en: 'Defrost active', de: 'Abtauung aktiv', ...CONTACT },
  { at: 17, key: 'di_hot_start', en: 'Hot start', de: 'Warmstart', ...CONTACT },
  { at: 18, key: 'di_dhw_running', en: 'DHW running', de: 'Warmwasserbereitung läuft', ...CONTACT },
  { at: 19, key: 'di_main_zone_running', en: 'Main zone running', de: 'Hauptzone läuft', ...CONTACT },
  { at: 20, key: 'di_add_zone_running', en: 'Additional zone running', de: 'Zusatzzone läuft', ...CONTACT },
  { at: 21, key: 'di_tank_powerful_request', en: 'Powerful tank heat-up request', de: 'Anforderung Schnellaufheizung Speicher', ...CONTACT },
  { at: 22, key: 'di_tank_manual_request', en: 'Manual tank heat-up request', de: 'Anforderung manuelle Speicheraufheizung', ...CONTACT },
  { at: 23, key: 'di_emergency_active', en: 'Emergency operation active', de: 'Notbetrieb aktiv', ...CONTACT },
  { at: 24, key: 'di_circulation_pump_running', en: 'Circulation pump running', de: 'Umwälzpumpe läuft', ...CONTACT },
  { at: 25, key: 'di_imposed_limit_accepted', en: 'Imposed limit accepted', de: 'Auferlegte Grenze akzeptiert', ...CONTACT, mmi: '<4', note: 'guides 4P773396-1B and 1C' },
];

// biome-ignore format: one row per line, to be held against the maker's table
/** A HomeHub at an air-to-air unit has nothing else. */
const AIR_TO_AIR: readonly Row[] = [
  { at: 1000, key: 'smart_grid_mode_a2a', en: 'Smart grid operation mode (air-to-air)', de: 'Smart-Grid-Betriebsart (Luft-Luft)', ...REQUEST, max: 3, options: SMART_GRID, safe: 0, quantity: 'SMART_GRID_STATE', note: '3 is printed as forced off, taken for a misprint' },
  { at: 1001, key: 'power_limit_demand_a2a', en: 'Power limit for demand control (air-to-air)', de: 'Leistungsgrenze Bedarfssteuerung (Luft-Luft)', ...POWER_LIMIT },
];

// biome-ignore format: one row per line, to be held against the maker's table
/** A DCOM-LT/MB prints the numbers of a HomeHub, but sends them unchanged. */
const DCOM: readonly Row[] = [
  { at: 1, key: 'lwt_main_heating_setpoint_dcom', en: 'Leaving water setpoint heating, main zone', de: 'Vorlauf-Sollwert Heizen Hauptzone', ...SETPOINT, min: 25, max: 55, quantity: 'FLOW_TARGET_TEMPERATURE', circuit: 'main', note: 'DCOM-LT/MB reference manual, p. 6', confidence: 'MANUFACTURER' },
  { at: 2, key: 'lwt_main_cooling_setpoint_dcom', en: 'Leaving water setpoint cooling, main zone', de: 'Vorlauf-Sollwert Kühlen Hauptzone', ...SETPOINT },
  { at: 3, key: 'operation_mode_dcom', en: 'Operation mode (selected)', de: 'Betriebsart (Vorwahl)', ...MODE, max: 2, options: AUTO_HEATING_COOLING, ...AS_HOMEHUB },
  { at: 4, key: 'space_heating_cooling_on_dcom', en: 'Space heating/cooling on/off', de: 'Raumheizung/-kühlung Ein/Aus', ...SWITCH, ...AS_HOMEHUB },
  { at: 6, key: 'room_heating_setpoint_main_dcom', en: 'Room thermostat heating setpoint', de: 'Raum-Sollwert Heizen', ...SETPOINT, min: 12, max: 30, quantity: 'ROOM_TARGET_TEMPERATURE', circuit: 'main', ...AS_HOMEHUB },
  { at: 7, key: 'room_cooling_setpoint_main_dcom', en: 'Room thermostat cooling setpoint', de: 'Raum-Sollwert Kühlen', ...SETPOINT, min: 15, max: 35, ...AS_HOMEHUB },
  { at: 9, key: 'quiet_mode_dcom', en: 'Quiet mode', de: 'Geräuscharmer Betrieb', ...SWITCH, ...AS_HOMEHUB },
  { at: 10, key: 'dhw_reheat_setpoint_dcom', en: 'DHW reheat setpoint', de: 'Warmwasser-Sollwert Warmhalten', ...SETPOINT, min: 30, max: 60, quantity: 'HOT_WATER_TARGET_TEMPERATURE', ...AS_HOMEHUB },
  { at: 12, key: 'dhw_reheat_on_dcom', en: 'DHW reheat on/off', de: 'Warmwasser Warmhalten Ein/Aus', ...SWITCH, ...AS_HOMEHUB },
  { at: 13, key: 'dhw_booster_on_dcom', en: 'DHW booster mode on/off', de: 'Warmwasser-Schnellaufheizung Ein/Aus', ...SWITCH, ...AS_HOMEHUB },
  { at: 53, key: 'weather_dependent_mode_main_dcom', en: 'Weather-dependent mode', de: 'Witterungsführung', ...MODE, max: 3, options: SETPOINT_MODE, ...AS_HOMEHUB },
  { at: 54, key: 'lwt_main_heating_offset_dcom', en: 'Weather-dependent LWT heating offset', de: 'Vorlauf-Verschiebung Heizen', ...SHIFT, ...AS_HOMEHUB },
  { at: 55, key: 'lwt_main_cooling_offset_dcom', en: 'Weather-dependent LWT cooling offset', de: 'Vorlauf-Verschiebung Kühlen', ...SHIFT, ...AS_HOMEHUB },
  { at: 21, key: 'unit_abnormality_dcom', en: 'Unit error', de: 'Gerätestörung', ...STATE, min: 0, max: 2, options: ABNORMALITY, quantity: 'FAULT' },
  { at: 22, key: 'unit_abnormality_code_dcom', en: 'Unit error code (two ASCII characters)', de: 'Fehlercode (zwei ASCII-Zeichen)', ...STATE, dataType: 'TEXT16', quantity: 'FAULT_CODE' },
  { at: 23, key: 'unit_abnormality_subcode_dcom', en: 'Unit error sub code', de: 'Fehler-Untercode', ...STATE, min: 0, max: 99, note: '"not available" without a fault' },
  { at: 30, key: 'circulation_pump_running_dcom', en: 'Circulation pump running', de: 'Umwälzpumpe läuft', ...FLAG },
  { at: 31, key: 'compressor_running_dcom', en: 'Compressor running', de: 'Verdichter läuft', ...FLAG },
  { at: 32, key: 'booster_heater_running_dcom', en: 'Booster heater running', de: 'Zusatzheizung läuft', ...FLAG },
  { at: 33, key: 'disinfection_running_dcom', en: 'Disinfection active', de: 'Desinfektion aktiv', ...FLAG },
  { at: 35, key: 'defrost_startup_dcom', en: 'Defrost or startup', de: 'Abtauung oder Anlauf', ...FLAG },
  { at: 36, key: 'hot_start_dcom', en: 'Hot start', de: 'Warmstart', ...FLAG },
  { at: 37, key: 'three_way_valve_dcom', en: '3-way valve position', de: '3-Wege-Ventil', ...STATE, min: 0, max: 1, options: THREE_WAY_VALVE },
  { at: 38, key: 'operation_mode_actual_dcom', en: 'Operation mode (actual)', de: 'Betriebsart (aktuell)', ...STATE, min: 1, max: 2, options: HEATING_COOLING },
  { at: 40, key: 'leaving_water_temp_phe_dcom', en: 'Leaving water temperature before plate heat exchanger', de: 'Vorlauftemperatur vor Plattenwärmetauscher', ...MEASURED },
  { at: 41, key: 'leaving_water_temp_buh_dcom', en: 'Leaving water temperature before backup heater', de: 'Vorlauftemperatur vor Reserveheizung', ...MEASURED, quantity: 'FLOW_TEMPERATURE' },
  { at: 42, key: 'return_water_temp_dcom', en: 'Return water temperature', de: 'Rücklauftemperatur', ...MEASURED, quantity: 'RETURN_TEMPERATURE' },
  { at: 43, key: 'dhw_temp_dcom', en: 'Domestic hot water temperature', de: 'Warmwassertemperatur', ...MEASURED, quantity: 'HOT_WATER_TEMPERATURE' },
  { at: 44, key: 'outdoor_temp_dcom', en: 'Outdoor air temperature', de: 'Außentemperatur', ...MEASURED, quantity: 'OUTDOOR_TEMPERATURE' },
  { at: 45, key: 'liquid_refrigerant_temp_dcom', en: 'Liquid refrigerant temperature', de: 'Kältemitteltemperatur flüssig', ...MEASURED },
  { at: 50, key: 'room_temp_main_dcom', en: 'Remote controller room temperature', de: 'Raumtemperatur Fernregler', ...MEASURED, quantity: 'ROOM_TEMPERATURE', circuit: 'main' },
  { at: 49, key: 'flow_rate_dcom', en: 'Water flow rate', de: 'Durchfluss', ...STATE, unit: 'L/min', scale: 0.01, quantity: 'FLOW_RATE' },
];

/** The rows of each variant. */
export const ROWS: Readonly<Record<Variant, readonly Row[]>> = {
  homehub: [...SHARED, ...HOMEHUB],
  'homehub-a2a': AIR_TO_AIR,
  altherma4: [...SHARED, ...ALTHERMA_4],
  dcom: DCOM,
};
