/**
 * The registers of the NIBE S-series, by subject. What each unit has depends on its model, firmware and accessories, and an
 * export that lacks a row proves nothing.
 *
 * Sources: the register exports of real units collected in yozik04/nibe; NIBE M12676 "Modbus TCP/IP", 12/2024; NIBE's own
 * symbol list "Modbus register S-serien V1.1". Out of these stay the numbers that two symbols share, depending on firmware:
 * holding 3215 to 3264 (a read of 3233 or 3242 has put units into a reboot loop, home-assistant/core#102385), 4000 to 4102,
 * and 224, the heating curve of climate system 8. Nor are the minimum and maximum supply of systems 3 and 4 known.
 */
import { OFF_ON } from '../options.ts';
import {
  ADDITIONAL_HEAT_SHUNT,
  ALARM,
  ALARM_RESET,
  AUX_FUNCTION,
  BRINE_PUMP_MODE,
  DEFROST,
  HEATING_PUMP_MODE,
  HOT_WATER_DEMAND,
  INACTIVE_ACTIVE,
  OPERATING_MODE,
  POOL_VALVE,
  PRIORITY,
  REVERSING_VALVE,
  SG_READY,
  SG_READY_REQUEST,
  SHUNT,
  VENTILATION_MODE,
} from './options.ts';
import { LISTED, type Row } from './rows.ts';

/** What the kinds of rows have in common. */
const STATE = { table: 'INPUT', category: 'STATUS', dataType: 'INT16', unit: null, access: 'READ_ONLY' } as const;
const CODE = { ...STATE, dataType: 'UINT8' } as const;
const CODE16 = { ...STATE, dataType: 'UINT16' } as const;
const BITS = { ...STATE, dataType: 'BITFIELD32' } as const;
const FLAG = { ...STATE, category: 'BINARY', dataType: 'BOOL', options: OFF_ON } as const;
const TEMPERATURE = { ...STATE, category: 'TEMPERATURE', unit: '°C', scale: 0.1 } as const;
const HUMIDITY = { ...STATE, category: 'HUMIDITY', unit: '%RH', scale: 0.1 } as const;
const PRESSURE = { ...STATE, unit: 'bar', scale: 0.01 } as const;
const PERCENT = { ...CODE, unit: '%' } as const;
const CURRENT = { ...STATE, dataType: 'UINT32', unit: 'A', scale: 0.1 } as const;
const HOURS = { ...STATE, dataType: 'INT32', unit: 'h' } as const;
const POWER = { ...STATE, category: 'POWER', dataType: 'UINT32', unit: 'W' } as const;
const ENERGY = { ...STATE, category: 'ENERGY', dataType: 'UINT32', unit: 'kWh', scale: 0.1 } as const;
const HOURLY = { ...ENERGY, scale: 0.01 } as const;
const STORED = {
  table: 'HOLDING',
  category: 'SETPOINT',
  dataType: 'INT16',
  unit: null,
  access: 'READ_WRITE',
  step: 1,
  writeHazard: 'EEPROM',
} as const;
const SETPOINT = { ...STORED, unit: '°C', scale: 0.1, step: 0.1 } as const;
const STEPS = { ...STORED, dataType: 'INT8' } as const;
const MODE = { ...STORED, dataType: 'UINT8' } as const;
const SPEED = { ...MODE, unit: '%', min: 0, max: 100 } as const;
const SWITCH = { ...STORED, dataType: 'BOOL', min: 0, max: 1, options: OFF_ON } as const;
/** Values that the firmware changes itself, or that a controller is to refresh. */
const CONTROL = { ...STORED, category: 'CONTROL', dataType: 'UINT16', writeHazard: 'CYCLIC' } as const;
const CONTROL_SWITCH = { ...CONTROL, dataType: 'BOOL', min: 0, max: 1, options: OFF_ON } as const;
const EXTERNAL = { ...CONTROL, dataType: 'INT16', unit: '°C', scale: 0.1, step: 0.1 } as const;
const DEGREE_MINUTES = { ...EXTERNAL, unit: 'DM', min: -3000, max: 3000 } as const;
/** Nothing is kept and nothing refreshed: it only triggers. */
const RESET = {
  table: 'HOLDING',
  category: 'CONTROL',
  dataType: 'UINT8',
  unit: null,
  access: 'READ_WRITE',
  step: 1,
} as const;

const BRINE = { only: ['S1155', 'S1156'] } as const;
const OWN_COMPRESSOR = { only: ['S1155', 'S1156', 'S735'] } as const;

const MANUAL = {
  source: 'NIBE M12676, 12/2024 (DavidNordin/home-assistant-nibes assets)',
  confidence: 'MANUFACTURER',
} as const;
const BY_EVCC = { source: 'evcc nibe-s-series.yaml', confidence: 'COMMUNITY' } as const;

// biome-ignore format: one row per line, to be held against the list
/** Every row of the list; climate systems and outdoor units share one. */
export const ROWS: readonly Row[] = [
  // Temperatures and pressures.
  { at: 1, key: 'outdoor_temperature_bt1', en: 'Outdoor temperature (BT1)', de: 'Außentemperatur (BT1)', ...TEMPERATURE, quantity: 'OUTDOOR_TEMPERATURE' },
  { at: 37, key: 'outdoor_temperature_avg_bt1', en: 'Average outdoor temperature (BT1)', de: 'Mittlere Außentemperatur (BT1)', ...TEMPERATURE },
  { at: [5], per: 'SYSTEM', key: 'supply_temperature_bt2_cs{n}', en: 'Supply line climate system {n} (BT2)', de: 'Vorlauf Klimatisierungssystem {n} (BT2)', ...TEMPERATURE, not: ['SMO-S40'], quantity: 'FLOW_TEMPERATURE' },
  { at: [null, 4, 3, 2, 97, 96, 95, 94], per: 'SYSTEM', key: 'supply_temperature_bt2_cs{n}', en: 'Supply line climate system {n} (BT2)', de: 'Vorlauf Klimatisierungssystem {n} (BT2)', ...TEMPERATURE, quantity: 'FLOW_TEMPERATURE' },
  { at: 7, key: 'return_temperature_bt3', en: 'Return line (BT3)', de: 'Rücklauf (BT3)', ...TEMPERATURE, not: ['SMO-S40'], quantity: 'RETURN_TEMPERATURE', yields: true },
  { at: [null, 77, 76, 75], per: 'SYSTEM', key: 'return_temperature_bt3_cs{n}', en: 'Return line climate system {n} (BT3)', de: 'Rücklauf Klimatisierungssystem {n} (BT3)', ...TEMPERATURE },
  { at: 2014, key: 'hot_water_start_bt5', en: 'Hot water start (BT5)', de: 'Brauchwasser Start (BT5)', ...TEMPERATURE, not: ['VVM-S330', 'SMO-S40'] },
  { at: 9, key: 'hot_water_charging_bt6', en: 'Hot water charging (BT6)', de: 'Brauchwasserbereitung (BT6)', ...TEMPERATURE },
  { at: 8, key: 'hot_water_top_bt7', en: 'Hot water top (BT7)', de: 'Brauchwasser oben (BT7)', ...TEMPERATURE, quantity: 'HOT_WATER_TEMPERATURE' },
  { at: 10, key: 'brine_in_bt10', en: 'Brine in (BT10)', de: 'Wärmequelle Eintritt (BT10)', ...TEMPERATURE, ...BRINE, quantity: 'SOURCE_IN_TEMPERATURE' },
  { at: 11, key: 'brine_out_bt11', en: 'Brine out (BT11)', de: 'Wärmequelle Austritt (BT11)', ...TEMPERATURE, ...BRINE, quantity: 'SOURCE_OUT_TEMPERATURE' },
  { at: 12, key: 'condenser_supply_bt12', en: 'Condenser supply (BT12)', de: 'Kondensator Vorlauf (BT12)', ...TEMPERATURE, ...OWN_COMPRESSOR, quantity: 'FLOW_TEMPERATURE', yields: true },
  { at: 13, key: 'discharge_gas_bt14', en: 'Discharge gas (BT14)', de: 'Heißgas (BT14)', ...TEMPERATURE, ...OWN_COMPRESSOR },
  { at: 14, key: 'liquid_line_bt15', en: 'Liquid line (BT15)', de: 'Flüssigkeitsleitung (BT15)', ...TEMPERATURE, ...OWN_COMPRESSOR },
  { at: 16, key: 'suction_gas_bt17', en: 'Suction gas (BT17)', de: 'Sauggas (BT17)', ...TEMPERATURE, ...OWN_COMPRESSOR },
  { at: 19, key: 'exhaust_air_bt20', en: 'Exhaust air (BT20)', de: 'Abluft (BT20)', ...TEMPERATURE, not: ['VVM-S330', 'VVM-S500', 'S2125'] },
  { at: 20, key: 'extract_air_bt21', en: 'Vented/extract air (BT21)', de: 'Fortluft (BT21)', ...TEMPERATURE, not: ['VVM-S330', 'VVM-S500', 'S2125'] },
  { at: 39, key: 'external_supply_bt25', en: 'External supply line (BT25)', de: 'Externer Vorlauf (BT25)', ...TEMPERATURE, only: ['S1155', 'S1156', 'VVM-S320', 'SMO-S40'] },
  { at: 119, key: 'external_supply_cooling_bt25', en: 'External cooling supply (BT25)', de: 'Externer Vorlauf Kühlung (BT25)', ...TEMPERATURE, not: ['S735', 'VVM-S500'] },
  { at: 86, key: 'compressor_oil_temperature_bt29', en: 'Compressor oil/shell temperature (BT29)', de: 'Verdichter Öltemperatur (BT29)', ...TEMPERATURE, ...BRINE },
  { at: 2134, key: 'hot_water_outlet_bt38', en: 'Hot water out (BT38)', de: 'Brauchwasser Auslauf (BT38)', ...TEMPERATURE, only: ['VVM-S330'], seen: 's330_s332' },
  { at: [26, 25, 24, 23], per: 'SYSTEM', key: 'room_temperature_bt50_cs{n}', en: 'Room sensor climate system {n} (BT50)', de: 'Raumfühler Klimatisierungssystem {n} (BT50)', ...TEMPERATURE, quantity: 'ROOM_TEMPERATURE', listedFrom: 4 },
  { at: [116, 115, 114, 113, 112, 111, 110, 109], per: 'SYSTEM', key: 'room_temperature_avg_bt50_cs{n}', en: 'Room average temperature climate system {n} (BT50)', de: 'Mittlere Raumtemperatur Klimatisierungssystem {n} (BT50)', ...TEMPERATURE },
  { at: 2800, key: 'wireless_room_unit_temperature_1', en: 'Room unit 1 temperature (RMU S40/THS/HTS)', de: 'Raumgerät 1 Temperatur (RMU S40/THS/HTS)', ...TEMPERATURE, dataType: 'INT32', not: ['VVM-S500'], accessories: ['RMU-S40', 'THS10', 'HTS'] },
  { at: 3130, key: 'wireless_room_unit_humidity_1', en: 'Room unit 1 humidity (RMU S40/HTS)', de: 'Raumgerät 1 Luftfeuchte (RMU S40/HTS)', ...HUMIDITY, dataType: 'INT32', only: ['S1156', 'SMO-S40', 'S2125'], accessories: ['RMU-S40', 'HTS'], seen: 's1156_s1256' },
  { at: 27, key: 'pool_temperature_bt51', en: 'Pool temperature (BT51)', de: 'Pooltemperatur (BT51)', ...TEMPERATURE, only: ['S1155', 'S1156', 'VVM-S320'], accessories: ['POOL'] },
  { at: 38, key: 'boiler_temperature_bt52', en: 'Boiler temperature (BT52)', de: 'Kesseltemperatur (BT52)', ...TEMPERATURE },
  { at: 72, key: 'additional_heat_supply_bt63', en: 'Supply after additional heat (BT63)', de: 'Vorlauf nach Zusatzheizung (BT63)', ...TEMPERATURE, not: ['S1155', 'S1156', 'S735'], seen: 'smos40' },
  { at: 30, key: 'cooling_supply_bt64', en: 'Cooling supply temperature (EQ1-BT64)', de: 'Kühlvorlauf (EQ1-BT64)', ...TEMPERATURE, accessories: ['PCS44', 'ACS'], ...MANUAL },
  { at: 88, key: 'external_return_bt71', en: 'External return line (BT71)', de: 'Externer Rücklauf (BT71)', ...TEMPERATURE, only: ['S1155', 'SMO-S40'] },
  { at: 2129, key: 'evaporator_bt84', en: 'Evaporator (BT84)', de: 'Verdampfer (BT84)', ...TEMPERATURE, ...BRINE },
  { at: 2132, key: 'high_pressure_bp9', en: 'High pressure (BP9)', de: 'Hochdruck (BP9)', ...PRESSURE, ...OWN_COMPRESSOR },
  { at: 2308, key: 'low_pressure_bp8', en: 'Low pressure (BP8)', de: 'Niederdruck (BP8)', ...PRESSURE, ...OWN_COMPRESSOR },
  { at: [1017, 1016, 1015, 1014, 123, 122, 121, 120], per: 'SYSTEM', key: 'calculated_supply_cs{n}', en: 'Calculated supply climate system {n}', de: 'Berechneter Vorlauf Klimatisierungssystem {n}', ...TEMPERATURE, quantity: 'FLOW_TARGET_TEMPERATURE', listedFrom: 4 },
  { at: [1567], per: 'SYSTEM', key: 'calculated_cooling_supply_cs{n}', en: 'Calculated cooling supply climate system {n}', de: 'Berechneter Kühlvorlauf Klimatisierungssystem {n}', ...TEMPERATURE },
  // Flow, pumps and valves.
  { at: 40, key: 'flow_bf1', en: 'Flow sensor (BF1)', de: 'Volumenstrommesser (BF1)', ...STATE, unit: 'l/min', scale: 0.1, quantity: 'FLOW_RATE' },
  { at: 1102, key: 'heating_medium_pump_speed_gp1', en: 'Heating medium pump speed (GP1)', de: 'Heizungspumpe Drehzahl (GP1)', ...PERCENT, not: ['VVM-S330', 'VVM-S500', 'SMO-S40'] },
  { at: 1104, key: 'brine_pump_speed_gp2', en: 'Brine pump speed (GP2)', de: 'Wärmequellenpumpe Drehzahl (GP2)', ...PERCENT, ...BRINE },
  { at: 1636, key: 'charge_pump_speed_gp12', en: 'Charge / heating medium pump speed (EB101-GP12, GP1)', de: 'Ladepumpe / Heizungspumpe Drehzahl (EB101-GP12, GP1)', ...PERCENT, not: ['S1155', 'S1156', 'S735'], seen: 'smos40' },
  { at: 1066, key: 'external_heating_pump_gp10', en: 'External heating medium pump (GP10)', de: 'Externe Heizungspumpe (GP10)', ...FLAG, only: ['S1156', 'VVM-S320', 'SMO-S40'], seen: 's1156_s1256' },
  { at: 1063, key: 'hot_water_circulation_gp11', en: 'Hot water circulation (GP11)', de: 'Brauchwasserzirkulation (GP11)', ...FLAG },
  { at: 1828, key: 'pool_pump_gp9', en: 'Pool 1 pump (GP9)', de: 'Poolpumpe 1 (GP9)', ...FLAG, not: ['S735'], accessories: ['POOL'] },
  { at: 1134, key: 'pool_valve_qn19', en: 'Pool 1 reversing valve (QN19)', de: 'Pool 1 Umschaltventil (QN19)', ...CODE, options: POOL_VALVE, not: ['S735'], accessories: ['POOL'] },
  { at: 2196, key: 'reversing_valve_qn10', en: 'Reversing valve hot water (QN10)', de: 'Umschaltventil Brauchwasser (QN10)', ...CODE, options: REVERSING_VALVE },
  // The compressor of the unit itself.
  { at: 1046, key: 'compressor_frequency', en: 'Compressor frequency, current', de: 'Verdichterfrequenz, Istwert', ...CODE16, unit: 'Hz', scale: 0.1, ...OWN_COMPRESSOR, quantity: 'COMPRESSOR_FREQUENCY', yields: true },
  { at: 140, key: 'compressor_frequency_requested', en: 'Requested compressor frequency', de: 'Verdichterfrequenz, Sollwert', ...CODE16, unit: 'Hz', ...OWN_COMPRESSOR },
  { at: 1100, key: 'compressor_status', en: 'Compressor status', de: 'Verdichterstatus', ...FLAG, ...OWN_COMPRESSOR },
  { at: 1094, key: 'compressor_operating_state', en: 'Compressor operating state (raw code)', de: 'Betriebszustand Verdichter (Rohcode)', ...CODE, ...OWN_COMPRESSOR },
  { at: 1083, key: 'compressor_starts', en: 'Compressor starts', de: 'Verdichterstarts', ...STATE, dataType: 'INT32', ...OWN_COMPRESSOR, quantity: 'COMPRESSOR_STARTS', yields: true },
  { at: 1087, key: 'compressor_hours_total', en: 'Compressor run time total', de: 'Verdichterlaufzeit gesamt', ...HOURS, ...OWN_COMPRESSOR, quantity: 'COMPRESSOR_RUN_TIME', yields: true },
  { at: 1091, key: 'compressor_hours_hot_water', en: 'Compressor run time hot water', de: 'Verdichterlaufzeit Brauchwasser', ...HOURS, ...OWN_COMPRESSOR },
  { at: 279, key: 'compressor_hours_cooling', en: 'Compressor run time cooling', de: 'Verdichterlaufzeit Kühlung', ...HOURS, dataType: 'UINT32', not: ['VVM-S330'] },
  { at: 1530, key: 'compressor_time_to_start', en: 'Compressor time to start (EB100-EP14)', de: 'Zeit bis Verdichterstart (EB100-EP14)', ...CODE, unit: 'min', only: ['S1155', 'S1156', 'S735', 'SMO-S40'] },
  { at: 1047, key: 'inverter_temperature', en: 'Inverter temperature', de: 'Invertertemperatur', ...TEMPERATURE, ...OWN_COMPRESSOR },
  { at: 142, key: 'inverter_alarm_code', en: 'Inverter alarm code', de: 'Inverter Alarmcode', ...CODE16, not: ['VVM-S330', 'VVM-S500', 'SMO-S40'] },
  { at: 2021, key: 'compressor_restrictions', en: 'Compressor restrictions (bit field)', de: 'Verdichterbegrenzungen (Bitfeld)', ...BITS, ...OWN_COMPRESSOR },
  // Power, current and energy.
  { at: 2166, key: 'power_used', en: 'Instantaneous used power (compressor and additional heat)', de: 'Momentan verwendete Leistung (Verdichter und Zusatzheizung)', ...POWER, ...OWN_COMPRESSOR },
  { at: 1048, key: 'compressor_power_input', en: 'Compressor power input', de: 'Verdichter Leistungsaufnahme', ...POWER, dataType: 'UINT16', ...OWN_COMPRESSOR },
  { at: 2305, key: 'energy_log_power', en: 'Energy log current power consumption', de: 'Energieprotokoll aktuelle Leistungsaufnahme', ...POWER, unit: 'kW', scale: 0.01, quantity: 'ELECTRICAL_POWER', note: 'exports of older firmware print kWh' },
  { at: 1027, key: 'additional_heat_power', en: 'Power internal additional heat', de: 'Leistung interne Zusatzheizung', ...POWER, unit: 'kW', dataType: 'INT16', scale: 0.01, not: ['SMO-S40'] },
  { at: 46, key: 'current_be3', en: 'Current (BE3)', de: 'Strom (BE3)', ...CURRENT, not: ['VVM-S500'] },
  { at: 48, key: 'current_be2', en: 'Current (BE2)', de: 'Strom (BE2)', ...CURRENT, not: ['VVM-S500', 'S2125'] },
  { at: 50, key: 'current_be1', en: 'Current (BE1)', de: 'Strom (BE1)', ...CURRENT, not: ['VVM-S500', 'S2125'] },
  { at: 1575, key: 'heat_meter_hot_water_total', en: 'Heat produced hot water incl. additional heat', de: 'Wärmemenge Brauchwasser inkl. Zusatzheizung', ...ENERGY, quantity: 'HEAT_ENERGY_HOT_WATER' },
  { at: 1577, key: 'heat_meter_heating_total', en: 'Heat produced heating incl. additional heat', de: 'Wärmemenge Heizung inkl. Zusatzheizung', ...ENERGY, not: ['SMO-S40'], quantity: 'HEAT_ENERGY_HEATING' },
  { at: 1579, key: 'heat_meter_cooling_compressor', en: 'Energy produced cooling, compressor only', de: 'Kältemenge Kühlung, nur Verdichter', ...ENERGY, only: ['VVM-S320', 'SMO-S40', 'S2125'], quantity: 'HEAT_ENERGY_COOLING', seen: 'smos40' },
  { at: 1581, key: 'heat_meter_pool_compressor', en: 'Heat produced pool, compressor only', de: 'Wärmemenge Pool, nur Verdichter', ...ENERGY, only: ['S1156', 'VVM-S320'], seen: 's1156_s1256' },
  { at: 1583, key: 'heat_meter_hot_water_compressor', en: 'Heat produced hot water, compressor only', de: 'Wärmemenge Brauchwasser, nur Verdichter', ...ENERGY },
  { at: 1585, key: 'heat_meter_heating_compressor', en: 'Heat produced heating, compressor only', de: 'Wärmemenge Heizung, nur Verdichter', ...ENERGY },
  { at: 2019, key: 'heat_meter_cooling_passive', en: 'Passive cooling energy', de: 'Kältemenge passive Kühlung', ...ENERGY, ...BRINE },
  { at: 3821, key: 'energy_production_total', en: 'Total production', de: 'Gesamtproduktion', ...ENERGY, quantity: 'HEAT_ENERGY', note: 'taken for heat: every export has it, with photovoltaics or without' },
  { at: 3823, key: 'energy_consumption_total', en: 'Total consumption', de: 'Gesamtverbrauch', ...ENERGY, quantity: 'ELECTRICAL_ENERGY' },
  { at: 2283, key: 'energy_log_produced_heating_last_hour', en: 'Energy log produced heating, last completed hour', de: 'Energieprotokoll erzeugt Heizung, letzte volle Stunde', ...HOURLY },
  { at: 2285, key: 'energy_log_produced_hot_water_last_hour', en: 'Energy log produced hot water, last completed hour', de: 'Energieprotokoll erzeugt Brauchwasser, letzte volle Stunde', ...HOURLY },
  { at: 2287, key: 'energy_log_produced_pool_last_hour', en: 'Energy log produced pool, last completed hour', de: 'Energieprotokoll erzeugt Pool, letzte volle Stunde', ...HOURLY, only: ['S1156', 'VVM-S320', 'SMO-S40'], seen: 's1156_s1256' },
  { at: 2289, key: 'energy_log_produced_cooling_last_hour', en: 'Energy log produced cooling, last completed hour', de: 'Energieprotokoll erzeugt Kühlung, letzte volle Stunde', ...HOURLY, not: ['S735', 'VVM-S330', 'VVM-S500'] },
  { at: 2291, key: 'energy_log_used_heating_last_hour', en: 'Energy log used heating, last completed hour', de: 'Energieprotokoll verbraucht Heizung, letzte volle Stunde', ...HOURLY },
  { at: 2293, key: 'energy_log_used_hot_water_last_hour', en: 'Energy log used hot water, last completed hour', de: 'Energieprotokoll verbraucht Brauchwasser, letzte volle Stunde', ...HOURLY },
  { at: 2295, key: 'energy_log_used_pool_last_hour', en: 'Energy log used pool, last completed hour', de: 'Energieprotokoll verbraucht Pool, letzte volle Stunde', ...HOURLY, only: ['S1156', 'VVM-S320', 'SMO-S40'], seen: 's1156_s1256' },
  { at: 2297, key: 'energy_log_used_cooling_last_hour', en: 'Energy log used cooling, last completed hour', de: 'Energieprotokoll verbraucht Kühlung, letzte volle Stunde', ...HOURLY, not: ['S735', 'VVM-S330', 'VVM-S500'] },
  { at: 2299, key: 'energy_log_additional_heating_last_hour', en: 'Energy log additional heat used for heating, last completed hour', de: 'Energieprotokoll Zusatzheizung für Heizung, letzte volle Stunde', ...HOURLY },
  { at: 2301, key: 'energy_log_additional_hot_water_last_hour', en: 'Energy log additional heat used for hot water, last completed hour', de: 'Energieprotokoll Zusatzheizung für Brauchwasser, letzte volle Stunde', ...HOURLY },
  { at: 2303, key: 'energy_log_additional_pool_last_hour', en: 'Energy log additional heat used for pool, last completed hour', de: 'Energieprotokoll Zusatzheizung für Pool, letzte volle Stunde', ...HOURLY, only: ['S1156', 'VVM-S320', 'SMO-S40'], seen: 's1156_s1256' },
  { at: 396, key: 'pulse_meter_1', en: 'Pulse energy meter (address 396: BE7/BF3 in manual, BE6 in some exports)', de: 'Impulszähler (Adresse 396: laut Handbuch BE7/BF3, in manchen Exporten BE6)', ...HOURLY, seen: 's320_s325', note: 'yozik04/nibe#138' },
  { at: 398, key: 'pulse_meter_2', en: 'Pulse energy meter (BE6/BF2)', de: 'Impulszähler (BE6/BF2)', ...HOURLY },
  { at: 2176, key: 'pv_power_eme20', en: 'PV current power (EME 20 / inverter)', de: 'PV-Momentanleistung (EME 20 / Wechselrichter)', ...POWER, accessories: ['EME20'], note: 'node-red-contrib-nibetcp does not read it' },
  { at: 2180, key: 'pv_energy_total_eme20', en: 'PV total energy (EME 20)', de: 'PV-Gesamtenergie (EME 20)', ...ENERGY, dataType: 'INT32', accessories: ['EME20'] },
  // States and alarms.
  { at: 1028, key: 'operating_priority', en: 'Operating priority', de: 'Betriebspriorität', ...CODE, options: PRIORITY },
  { at: 1120, key: 'current_status', en: 'Current status (bit field)', de: 'Aktueller Status (Bitfeld)', ...BITS, note: 'low word of an S1255: 9 idle, 4139 heating, 8235 hot water' },
  { at: 1018, key: 'frost_protection_status', en: 'Frost protection status', de: 'Frostschutzstatus', ...CODE16 },
  { at: 1019, key: 'cooling_status', en: 'Cooling status', de: 'Kühlstatus', ...CODE, not: ['S735'] },
  { at: 1038, key: 'hot_water_mode_current', en: 'Current hot water mode (raw code)', de: 'Aktueller Brauchwassermodus (Rohcode)', ...STATE, dataType: 'INT8' },
  { at: 1078, key: 'more_hot_water_status', en: 'More hot water status', de: 'Mehr Brauchwasser Status', ...FLAG },
  { at: 1058, key: 'external_blocking', en: 'External blocking', de: 'Externe Sperre', ...CODE, not: ['S735'] },
  { at: [1033, 1032], per: 'SYSTEM', key: 'shunt_state_cs{n}', en: 'Mixing valve state climate system {n}', de: 'Mischventil Status Klimatisierungssystem {n}', ...CODE, options: SHUNT },
  { at: 1029, key: 'additional_heat_steps', en: 'Internal additional heat steps active', de: 'Aktive Stufen interne Zusatzheizung', ...CODE },
  { at: 1034, key: 'additional_heat_shunt_state', en: 'Mixing valve additional heat (QN11)', de: 'Mischventil Zusatzheizung (QN11)', ...CODE, options: ADDITIONAL_HEAT_SHUNT, not: ['VVM-S500'] },
  { at: 1025, key: 'additional_heat_hours_total', en: 'Additional heat run time total', de: 'Zusatzheizung Laufzeit gesamt', ...HOURS, scale: 0.1 },
  { at: 1069, key: 'additional_heat_hours_hot_water', en: 'Additional heat run time hot water', de: 'Zusatzheizung Laufzeit Brauchwasser', ...HOURS, scale: 0.1 },
  { at: 2195, key: 'alarm_active', en: 'Active alarm (class 1)', de: 'Aktiver Alarm (Klasse 1)', ...CODE, options: ALARM },
  { at: 1975, key: 'alarm_number', en: 'Alarm number', de: 'Alarmnummer', ...CODE16, quantity: 'FAULT' },
  { at: 1976, key: 'alarm_number_non_module', en: 'Alarm number, not module specific', de: 'Alarmnummer, nicht modulspezifisch', ...CODE16 },
  { at: 22, key: 'alarm_reset', en: 'Reset alarm', de: 'Alarm zurücksetzen', ...RESET, min: 0, max: 1, options: ALARM_RESET, note: 'write 0, then 1 (home-assistant/core nibe_heatpump)' },
  // Smart grid, AUX inputs and photovoltaics.
  { at: 1911, key: 'sg_ready_mode', en: 'SG Ready operating mode', de: 'SG-Ready-Betriebsmodus', ...CODE, options: SG_READY, not: ['VVM-S500'], quantity: 'SMART_GRID_STATE' },
  { at: 3032, key: 'sg_ready_api_enable', en: 'Activate SG Ready via API', de: 'SG Ready über API aktivieren', ...SWITCH, firmware: '4.4.7', ...BY_EVCC, note: 'yozik04/nibe#250' },
  { at: 6008, key: 'sg_ready_request', en: 'Requested operating mode (SG Ready)', de: 'Angeforderter Betriebsmodus (SG Ready)', ...CONTROL, dataType: 'UINT8', min: 0, max: 3, options: SG_READY_REQUEST, safe: 1, firmware: '4.7.5', ...BY_EVCC, note: 'evcc#26035' },
  { at: 760, key: 'sg_ready_affects_heating', en: 'SG Ready affects heating', de: 'SG Ready wirkt auf Heizung', ...SWITCH },
  { at: 761, key: 'sg_ready_affects_cooling', en: 'SG Ready affects cooling', de: 'SG Ready wirkt auf Kühlung', ...SWITCH, only: ['S1155', 'S1156', 'SMO-S40'] },
  { at: 762, key: 'sg_ready_affects_hot_water', en: 'SG Ready affects hot water', de: 'SG Ready wirkt auf Brauchwasser', ...SWITCH, only: ['S1155', 'S1156', 'SMO-S40'] },
  { at: 6007, key: 'power_limitation', en: 'External power limitation', de: 'Externe Leistungsbegrenzung', ...CONTROL, scale: 0.1, unit: 'kW', min: 1.1, max: 100, step: 0.1, firmware: '4.7.5', seen: 'smos40' },
  { at: 6012, key: 'power_limitation_active', en: 'Power limitation activation', de: 'Leistungsbegrenzung aktivieren', ...CONTROL_SWITCH, safe: 0, firmware: '4.7.5', seen: 'smos40' },
  { at: 2740, key: 'aux_modbus_function', en: 'AUX function selector via Modbus (function id)', de: 'AUX-Funktionswahl über Modbus (Funktions-ID)', ...MODE, min: 0, max: 69, options: AUX_FUNCTION, firmware: '2.4.3', ...MANUAL, note: '4, 5, 29 and 30 block compressors' },
  { at: 2741, key: 'aux_modbus_state', en: 'AUX state via Modbus', de: 'AUX-Zustand über Modbus', ...CONTROL, dataType: 'INT16', min: 0, max: 1, options: INACTIVE_ACTIVE, safe: 0, na: [], firmware: '2.4.3', ...MANUAL, note: 'input only in one 4.x firmware (evcc#28919)' },
  { at: 843, key: 'smart_price_active', en: 'Smart Price Adaption activated', de: 'Smart Price Adaption aktiviert', ...SWITCH },
  { at: 1052, key: 'additional_heat_max_sg_ready', en: 'Max. internal additional heat SG Ready', de: 'Max. interne Zusatzheizung SG Ready', ...STORED, scale: 0.01, unit: 'kW', min: 0, max: 9, step: 0.01 },
  { at: 2107, key: 'pv_api_enable', en: 'EME 20 API', de: 'EME-20-API', ...SWITCH, accessories: ['EME20'] },
  { at: 2109, key: 'pv_api_available_power', en: 'EME 20 API available power', de: 'EME-20-API verfügbare Leistung', ...CONTROL, min: 0, max: 65535, safe: 0, na: [], accessories: ['EME20'] },
  // Degree minutes, heating curve and room.
  { at: 11, key: 'degree_minutes', en: 'Degree minutes', de: 'Gradminuten', ...DEGREE_MINUTES, dataType: 'INT32', note: 'on an S320 a write across zero ended at 0 (yozik04/nibe#133)' },
  { at: 18, key: 'degree_minutes_limited', en: 'Degree minutes, limited', de: 'Gradminuten, begrenzt', ...DEGREE_MINUTES },
  { at: 20, key: 'degree_minutes_cooling', en: 'Degree minutes cooling', de: 'Gradminuten Kühlung', ...DEGREE_MINUTES, not: ['S735'] },
  { at: 97, key: 'dm_start_compressor', en: 'Degree minutes start compressor/heating', de: 'Gradminuten Start Verdichter/Heizung', ...STORED, unit: 'DM', min: -1000, max: -30, not: ['S735', 'VVM-S320', 'VVM-S500'] },
  { at: 679, key: 'dm_diff_start_additional_heat', en: 'Degree minutes difference start additional heat', de: 'Gradminutendifferenz Start Zusatzheizung', ...STORED, unit: 'DM', min: 100, max: 2000, not: ['S735', 'VVM-S320', 'VVM-S500'] },
  { at: 173, key: 'dm_start_active_cooling', en: 'Degree minutes start active cooling', de: 'Gradminuten Start aktive Kühlung', ...STORED, unit: 'DM', min: 10, max: 300 },
  { at: [26, 25, 24, 23, 880, 879, 236], per: 'SYSTEM', key: 'heating_curve_cs{n}', en: 'Heating curve climate system {n}', de: 'Heizkurve Klimatisierungssystem {n}', ...STEPS, min: 0, max: 15, listedFrom: 4 },
  { at: [30, 29, 28, 27, 884, 883, 882, 881], per: 'SYSTEM', key: 'heating_offset_cs{n}', en: 'Heating offset climate system {n}', de: 'Heizungsverschiebung Klimatisierungssystem {n}', ...STEPS, min: -10, max: 10, listedFrom: 4 },
  { at: [34, 33, null, null, 888, 887, 886, 885], per: 'SYSTEM', key: 'min_supply_cs{n}', en: 'Min. supply temperature heating climate system {n}', de: 'Min. Vorlauf Heizung Klimatisierungssystem {n}', ...SETPOINT, min: 5, max: 80 },
  { at: [38, 37, null, null, 892, 891, 890, 889], per: 'SYSTEM', key: 'max_supply_cs{n}', en: 'Max. supply temperature heating climate system {n}', de: 'Max. Vorlauf Heizung Klimatisierungssystem {n}', ...SETPOINT, min: 5, max: 80 },
  { at: 45, key: 'own_curve_p1', en: 'Own heating curve point P1', de: 'Eigene Heizkurve Punkt P1', ...STEPS, unit: '°C', min: 5, max: 80 },
  { at: 44, key: 'own_curve_p2', en: 'Own heating curve point P2', de: 'Eigene Heizkurve Punkt P2', ...STEPS, unit: '°C', min: 5, max: 80 },
  { at: 43, key: 'own_curve_p3', en: 'Own heating curve point P3', de: 'Eigene Heizkurve Punkt P3', ...STEPS, unit: '°C', min: 5, max: 80 },
  { at: 42, key: 'own_curve_p4', en: 'Own heating curve point P4', de: 'Eigene Heizkurve Punkt P4', ...STEPS, unit: '°C', min: 5, max: 80 },
  { at: 41, key: 'own_curve_p5', en: 'Own heating curve point P5', de: 'Eigene Heizkurve Punkt P5', ...STEPS, unit: '°C', min: 5, max: 80 },
  { at: 40, key: 'own_curve_p6', en: 'Own heating curve point P6', de: 'Eigene Heizkurve Punkt P6', ...STEPS, unit: '°C', min: 5, max: 80 },
  { at: 39, key: 'own_curve_p7', en: 'Own heating curve point P7', de: 'Eigene Heizkurve Punkt P7', ...STEPS, unit: '°C', min: 5, max: 80 },
  { at: [51, 50], per: 'SYSTEM', key: 'external_adjustment_cs{n}', en: 'External adjustment climate system {n}', de: 'Externe Justierung Klimatisierungssystem {n}', ...STEPS, min: -10, max: 10 },
  { at: [206, 205, 204, 203, 955, 954, 953, 952], per: 'SYSTEM', key: 'room_setpoint_heating_cs{n}', en: 'Room set point heating climate system {n}', de: 'Raumsollwert Heizung Klimatisierungssystem {n}', ...SETPOINT, min: 5, max: 30, quantity: 'ROOM_TARGET_TEMPERATURE' },
  { at: [988], per: 'SYSTEM', key: 'room_setpoint_cooling_cs{n}', en: 'Room set point cooling climate system {n}', de: 'Raumsollwert Kühlung Klimatisierungssystem {n}', ...SETPOINT, min: 5, max: 35 },
  { at: [202, 201], per: 'SYSTEM', key: 'use_room_sensor_cs{n}', en: 'Use room sensor climate system {n}', de: 'Raumfühler verwenden Klimatisierungssystem {n}', ...SWITCH },
  { at: [210], per: 'SYSTEM', key: 'room_sensor_factor_cs{n}', en: 'Room sensor factor climate system {n}', de: 'Raumfühlerfaktor Klimatisierungssystem {n}', ...MODE, scale: 0.1, min: 0, max: 6, step: 0.1 },
  { at: 2505, key: 'room_unit_setpoint_1', en: 'RMU S40 1 temperature set point (undocumented id:12801)', de: 'RMU S40 1 Temperatursollwert (undokumentiert id:12801)', ...SETPOINT, dataType: 'INT32', min: 5, max: 35, accessories: ['RMU-S40'], source: 'yozik04/nibe issues 189 and 223' },
  { at: [967], per: 'SYSTEM', key: 'cooling_curve_cs{n}', en: 'Cooling curve climate system {n}', de: 'Kühlkurve Klimatisierungssystem {n}', ...STEPS, min: 0, max: 9 },
  { at: [975], per: 'SYSTEM', key: 'cooling_offset_cs{n}', en: 'Cooling offset climate system {n}', de: 'Kühlverschiebung Klimatisierungssystem {n}', ...STEPS, min: -10, max: 10 },
  { at: [720], per: 'SYSTEM', key: 'min_supply_cooling_cs{n}', en: 'Min. supply cooling climate system {n}', de: 'Min. Vorlauf Kühlung Klimatisierungssystem {n}', ...STEPS, unit: '°C', min: -5, max: 30 },
  { at: 183, key: 'auto_cooling_start', en: 'Auto mode: cooling start temperature', de: 'Automatik: Starttemperatur Kühlung', ...SETPOINT, min: -20, max: 40, only: ['S1155', 'S735', 'VVM-S320', 'S2125'] },
  // Hot water.
  { at: 56, key: 'hot_water_demand', en: 'Hot water demand mode', de: 'Brauchwasserbedarf', ...STEPS, min: 0, max: 4, options: HOT_WATER_DEMAND },
  { at: 697, key: 'more_hot_water_hours', en: 'More hot water (hours; 0=off)', de: 'Mehr Brauchwasser (Stunden; 0=aus)', ...CONTROL, dataType: 'INT8', unit: 'h', min: 0, max: 48, note: 'an S1155 takes 1 to 127 h and counts them down; the limit is ours' },
  { at: 225, key: 'more_hot_water_minutes', en: 'More hot water, remaining minutes', de: 'Mehr Brauchwasser, verbleibende Minuten', ...CONTROL, unit: 'min', min: 0, max: 2880, note: 'the limit is ours' },
  { at: 58, key: 'hot_water_start_high', en: 'Hot water start temperature, large', de: 'Brauchwasser Starttemperatur, Groß', ...SETPOINT, min: 5, max: 70 },
  { at: 59, key: 'hot_water_start_normal', en: 'Hot water start temperature, medium', de: 'Brauchwasser Starttemperatur, Mittel', ...SETPOINT, min: 5, max: 70 },
  { at: 60, key: 'hot_water_start_low', en: 'Hot water start temperature, small', de: 'Brauchwasser Starttemperatur, Klein', ...SETPOINT, min: 5, max: 70 },
  { at: 62, key: 'hot_water_stop_high', en: 'Hot water stop temperature, large', de: 'Brauchwasser Stopptemperatur, Groß', ...SETPOINT, min: 5, max: 70 },
  { at: 63, key: 'hot_water_stop_normal', en: 'Hot water stop temperature, medium', de: 'Brauchwasser Stopptemperatur, Mittel', ...SETPOINT, min: 5, max: 70 },
  { at: 64, key: 'hot_water_stop_low', en: 'Hot water stop temperature, small', de: 'Brauchwasser Stopptemperatur, Klein', ...SETPOINT, min: 5, max: 70 },
  { at: 61, key: 'hot_water_stop_periodic', en: 'Hot water stop temperature, periodic increase', de: 'Brauchwasser Stopptemperatur, periodische Erhöhung', ...SETPOINT, min: 55, max: 70, not: ['VVM-S330', 'VVM-S500'] },
  { at: 65, key: 'periodic_hot_water', en: 'Periodic hot water', de: 'Periodisches Brauchwasser', ...SWITCH, not: ['VVM-S330', 'VVM-S500'] },
  { at: 66, key: 'periodic_hot_water_interval', en: 'Periodic hot water interval', de: 'Intervall periodisches Brauchwasser', ...STEPS, unit: 'd', min: 1, max: 90, not: ['VVM-S330', 'VVM-S500'] },
  { at: 92, key: 'period_time_hot_water', en: 'Period time hot water', de: 'Periodenzeit Brauchwasser', ...MODE, unit: 'min', min: 0, max: 180, note: 'M12676 of 2024 has 92 and 93 the other way round' },
  { at: 93, key: 'period_time_heating', en: 'Period time heating', de: 'Periodenzeit Heizung', ...MODE, unit: 'min', min: 0, max: 180, note: 'M12676 of 2024 has 92 and 93 the other way round' },
  // Operation.
  { at: 237, key: 'operating_mode', en: 'Operating mode', de: 'Betriebsmodus', ...MODE, min: 0, max: 2, options: OPERATING_MODE },
  { at: 180, key: 'permit_additional_heat', en: 'Permit additional heat (manual mode)', de: 'Zusatzheizung zulassen (manueller Modus)', ...SWITCH },
  { at: 181, key: 'permit_heating', en: 'Permit heating (manual mode)', de: 'Heizung zulassen (manueller Modus)', ...SWITCH },
  { at: 182, key: 'permit_cooling', en: 'Permit cooling (manual mode)', de: 'Kühlung zulassen (manueller Modus)', ...SWITCH },
  { at: 184, key: 'auto_heating_stop', en: 'Auto mode: heating stop temperature', de: 'Automatik: Stopptemperatur Heizung', ...SETPOINT, min: -20, max: 40 },
  { at: 185, key: 'auto_additional_heat_stop', en: 'Auto mode: additional heat stop temperature', de: 'Automatik: Stopptemperatur Zusatzheizung', ...SETPOINT, min: -25, max: 40 },
  { at: 5390, key: 'away_mode', en: 'Away mode', de: 'Abwesenheitsmodus', ...SWITCH, firmware: '4.4.7', seen: 's1156_s1256' },
  { at: 95, key: 'heating_pump_operating_mode', en: 'Operating mode heating medium pump', de: 'Betriebsmodus Heizungspumpe', ...MODE, min: 10, max: 40, options: HEATING_PUMP_MODE },
  { at: 96, key: 'brine_pump_operating_mode', en: 'Operating mode brine pump', de: 'Betriebsmodus Wärmequellenpumpe', ...MODE, min: 10, max: 30, options: BRINE_PUMP_MODE, ...BRINE },
  { at: 218, key: 'heating_pump_speed_heating', en: 'Circulation pump speed heating (manual mode)', de: 'Heizungspumpe Drehzahl Heizung (manuell)', ...SPEED, min: 1, only: ['S1155', 'S1156', 'S735', 'VVM-S500'] },
  { at: 222, key: 'brine_pump_speed_manual', en: 'Brine pump speed (manual mode)', de: 'Wärmequellenpumpe Drehzahl (manuell)', ...SPEED, min: 1, only: ['S1155', 'S1156', 'SMO-S40'] },
  { at: 102, key: 'additional_heat_max_power', en: 'Max. internal additional heat', de: 'Max. interne Zusatzheizung', ...STORED, scale: 0.01, unit: 'kW', min: 0, max: 45, step: 0.01, not: ['SMO-S40'] },
  { at: 103, key: 'main_fuse', en: 'Main fuse size', de: 'Hauptsicherung', ...STORED, dataType: 'UINT16', unit: 'A', min: 1, max: 400 },
  // Ventilation.
  { at: 104, key: 'ventilation_mode', en: 'Ventilation mode', de: 'Ventilationsmodus', ...MODE, min: 0, max: 4, options: VENTILATION_MODE, not: ['VVM-S330', 'VVM-S500', 'S2125'] },
  { at: 109, key: 'exhaust_fan_speed_normal', en: 'Exhaust air fan speed normal', de: 'Abluftventilator Normalgeschwindigkeit', ...SPEED, only: ['S1156', 'S735'], seen: 's1156_s1256' },
  { at: 108, key: 'exhaust_fan_speed_1', en: 'Exhaust air fan speed 1', de: 'Abluftventilator Geschwindigkeit 1', ...SPEED, only: ['S1156', 'S735'], seen: 's1156_s1256' },
  { at: 107, key: 'exhaust_fan_speed_2', en: 'Exhaust air fan speed 2', de: 'Abluftventilator Geschwindigkeit 2', ...SPEED, only: ['S1156', 'S735'], seen: 's1156_s1256' },
  { at: 106, key: 'exhaust_fan_speed_3', en: 'Exhaust air fan speed 3', de: 'Abluftventilator Geschwindigkeit 3', ...SPEED, only: ['S1156', 'S735'], seen: 's1156_s1256' },
  { at: 105, key: 'exhaust_fan_speed_4', en: 'Exhaust air fan speed 4', de: 'Abluftventilator Geschwindigkeit 4', ...SPEED, only: ['S1156', 'S735'], seen: 's1156_s1256' },
  { at: 227, key: 'night_cooling', en: 'Night cooling', de: 'Nachtkühlung', ...SWITCH, not: ['VVM-S330', 'VVM-S500', 'S2125'] },
  { at: 2133, key: 'exhaust_fan_speed_gq2', en: 'Exhaust air fan speed (GQ2)', de: 'Abluftventilator Drehzahl (GQ2)', ...PERCENT, only: ['S735'], seen: 's735' },
  { at: 425, key: 'airflow_bp16', en: 'Airflow (BP16)', de: 'Luftvolumenstrom (BP16)', ...STATE, unit: 'm³/h', scale: 0.1, only: ['S735'], seen: 's735' },
  { at: 2202, key: 'ers1_exhaust_air_bt20', en: 'Exhaust air ERS 1 (AZ30-BT20)', de: 'Abluft ERS 1 (AZ30-BT20)', ...TEMPERATURE, accessories: ['ERS'], ...MANUAL },
  { at: 2203, key: 'ers1_extract_air_bt21', en: 'Extract air ERS 1 (AZ30-BT21)', de: 'Fortluft ERS 1 (AZ30-BT21)', ...TEMPERATURE, accessories: ['ERS'], ...MANUAL },
  { at: 2204, key: 'ers1_supply_air_bt22', en: 'Supply air ERS 1 (AZ30-BT22)', de: 'Zuluft ERS 1 (AZ30-BT22)', ...TEMPERATURE, accessories: ['ERS'], ...MANUAL },
  { at: 2205, key: 'ers1_outdoor_air_bt23', en: 'Outdoor air ERS 1 (AZ30-BT23)', de: 'Außenluft ERS 1 (AZ30-BT23)', ...TEMPERATURE, accessories: ['ERS'], ...MANUAL },
  { at: 2206, key: 'ers1_humidity_bm20', en: 'Humidity ERS 1 (AZ30-BM20)', de: 'Luftfeuchte ERS 1 (AZ30-BM20)', ...HUMIDITY, accessories: ['ERS'], ...MANUAL },
  // Pool.
  { at: 687, key: 'pool_start', en: 'Pool 1 start temperature', de: 'Pool 1 Starttemperatur', ...SETPOINT, min: 5, max: 79.5, only: ['S1156', 'VVM-S320'], accessories: ['POOL'], seen: 's1156_s1256' },
  { at: 689, key: 'pool_stop', en: 'Pool 1 stop temperature', de: 'Pool 1 Stopptemperatur', ...SETPOINT, min: 5.5, max: 80, only: ['S1156', 'VVM-S320'], accessories: ['POOL'], seen: 's1156_s1256' },
  { at: 691, key: 'pool_active', en: 'Pool 1 activated', de: 'Pool 1 aktiviert', ...SWITCH, only: ['S1156', 'VVM-S320'], accessories: ['POOL'], seen: 's1156_s1256' },
  // External values, in force until switched off, even after a loss of power.
  { at: 5008, key: 'external_supply_setpoint_enable', en: 'Use external calculated supply (Modbus)', de: 'Externen berechneten Vorlauf verwenden (Modbus)', ...SWITCH, note: 'home-assistant/home-assistant.io#43690' },
  { at: [5009, 5010], per: 'SYSTEM', key: 'external_supply_setpoint_heating_cs{n}', en: 'External supply set point heating climate system {n}', de: 'Externer Vorlaufsollwert Heizung Klimatisierungssystem {n}', ...EXTERNAL, min: 5, max: 80, ...LISTED, note: 'the limits are ours; it stays in force without a refresh' },
  { at: [5017], per: 'SYSTEM', key: 'external_supply_setpoint_cooling_cs{n}', en: 'External supply set point cooling climate system {n}', de: 'Externer Vorlaufsollwert Kühlung Klimatisierungssystem {n}', ...EXTERNAL, min: 5, max: 40, ...LISTED, note: 'the limits are ours; it stays in force without a refresh' },
  { at: 5208, key: 'external_sensor_bt1_enable', en: 'External reading of BT1 activated', de: 'Externer Messwert BT1 aktiviert', ...SWITCH, firmware: '2.21.12', seen: 's1156_s1256' },
  { at: 5217, key: 'external_sensor_bt1_value', en: 'External reading of BT1 value', de: 'Externer Messwert BT1', ...EXTERNAL, firmware: '2.21.12', note: 'it stays in force without a refresh' },
  { at: 5213, key: 'external_sensor_bt7_enable', en: 'External reading of BT7 activated', de: 'Externer Messwert BT7 aktiviert', ...SWITCH, firmware: '2.21.12', seen: 's1156_s1256' },
  { at: 5222, key: 'external_sensor_bt7_value', en: 'External reading of BT7 value', de: 'Externer Messwert BT7', ...EXTERNAL, firmware: '2.21.12', note: 'it stays in force without a refresh' },
  { at: 5986, key: 'external_sensor_bt50_enable', en: 'External reading of BT50 activated', de: 'Externer Messwert BT50 aktiviert', ...SWITCH, firmware: '4.2.4', seen: 's1156_s1256', note: 'home-assistant/core#155175' },
  { at: 5987, key: 'external_sensor_bt50_value', en: 'External reading of BT50 value', de: 'Externer Messwert BT50', ...EXTERNAL, firmware: '4.2.4', seen: 's1156_s1256', note: 'home-assistant/core#155175' },
  // Outdoor units.
  { at: [1803, 1789, 1775, 1761], per: 'UNIT', key: 'outdoor_unit{n}_compressor_frequency', en: 'Current compressor frequency (EB10{n})', de: 'Aktuelle Verdichterfrequenz (EB10{n})', ...STATE, unit: 'Hz', scale: 0.1, quantity: 'COMPRESSOR_FREQUENCY', seen: 'smos40' },
  { at: [1854], per: 'UNIT', key: 'outdoor_unit{n}_requested_frequency', en: 'Requested compressor frequency (EB10{n})', de: 'Angeforderte Verdichterfrequenz (EB10{n})', ...CODE, unit: 'Hz', seen: 'smos40' },
  { at: [1484], per: 'UNIT', key: 'outdoor_unit{n}_compressor_status', en: 'Compressor status (EB10{n})', de: 'Verdichterstatus (EB10{n})', ...CODE, seen: 'smos40' },
  { at: [1485], per: 'UNIT', key: 'outdoor_unit{n}_compressor_time_to_start', en: 'Compressor time to start (EB10{n})', de: 'Zeit bis Verdichterstart (EB10{n})', ...CODE, unit: 'min', seen: 'smos40' },
  { at: [1489, 1444, 1399, 1354], per: 'UNIT', key: 'outdoor_unit{n}_compressor_starts', en: 'Compressor starts (EB10{n})', de: 'Verdichterstarts (EB10{n})', ...STATE, dataType: 'UINT32', quantity: 'COMPRESSOR_STARTS', seen: 'smos40' },
  { at: [1491, 1446, 1401, 1356], per: 'UNIT', key: 'outdoor_unit{n}_compressor_hours_total', en: 'Compressor run time total (EB10{n})', de: 'Verdichterlaufzeit gesamt (EB10{n})', ...HOURS, dataType: 'UINT32', quantity: 'COMPRESSOR_RUN_TIME', seen: 'smos40', note: 'the manual has factor 10, all exports 1' },
  { at: [1493], per: 'UNIT', key: 'outdoor_unit{n}_compressor_hours_hot_water', en: 'Compressor run time hot water (EB10{n})', de: 'Verdichterlaufzeit Brauchwasser (EB10{n})', ...HOURS, dataType: 'UINT32', seen: 'smos40' },
  { at: [1475, 1430, 1385, 1340], per: 'UNIT', key: 'outdoor_unit{n}_return_bt3', en: 'Return line (EB10{n}-BT3)', de: 'Rücklauf (EB10{n}-BT3)', ...TEMPERATURE, quantity: 'RETURN_TEMPERATURE', seen: 'smos40' },
  { at: [1478, 1433, 1388, 1343], per: 'UNIT', key: 'outdoor_unit{n}_condenser_supply_bt12', en: 'Condenser supply (EB10{n}-BT12)', de: 'Kondensator Vorlauf (EB10{n}-BT12)', ...TEMPERATURE, quantity: 'FLOW_TEMPERATURE', seen: 'smos40' },
  { at: [1479], per: 'UNIT', key: 'outdoor_unit{n}_discharge_bt14', en: 'Discharge gas (EB10{n}-BT14)', de: 'Heißgas (EB10{n}-BT14)', ...TEMPERATURE, seen: 'smos40' },
  { at: [1480], per: 'UNIT', key: 'outdoor_unit{n}_liquid_line_bt15', en: 'Liquid line (EB10{n}-BT15)', de: 'Flüssigkeitsleitung (EB10{n}-BT15)', ...TEMPERATURE, seen: 'smos40' },
  { at: [1622], per: 'UNIT', key: 'outdoor_unit{n}_evaporator_bt16', en: 'Evaporator in (EB10{n}-BT16)', de: 'Verdampfer Eintritt (EB10{n}-BT16)', ...TEMPERATURE, seen: 'smos40' },
  { at: [1481], per: 'UNIT', key: 'outdoor_unit{n}_suction_gas_bt17', en: 'Suction gas (EB10{n}-BT17)', de: 'Sauggas (EB10{n}-BT17)', ...TEMPERATURE, seen: 'smos40' },
  { at: [1621, 1617, 1613, 1609], per: 'UNIT', key: 'outdoor_unit{n}_outdoor_bt28', en: 'Outdoor temperature (EB10{n}-BT28)', de: 'Außentemperatur (EB10{n}-BT28)', ...TEMPERATURE, seen: 'smos40' },
  { at: [555], per: 'UNIT', key: 'outdoor_unit{n}_evaporator_out_bt84', en: 'Evaporator out (EB10{n}-BT84)', de: 'Verdampfer Austritt (EB10{n}-BT84)', ...TEMPERATURE, seen: 'smos40' },
  { at: [550], per: 'UNIT', key: 'outdoor_unit{n}_low_pressure_dew_bp8', en: 'Low pressure dew point (EB10{n}-BP8)', de: 'Niederdruck Taupunkt (EB10{n}-BP8)', ...TEMPERATURE },
  { at: [551], per: 'UNIT', key: 'outdoor_unit{n}_high_pressure_dew_bp9', en: 'High pressure dew point (EB10{n}-BP9)', de: 'Hochdruck Taupunkt (EB10{n}-BP9)', ...TEMPERATURE },
  { at: [1802], per: 'UNIT', key: 'outdoor_unit{n}_low_pressure_bp8', en: 'Low pressure (EB10{n}-BP8)', de: 'Niederdruck (EB10{n}-BP8)', ...PRESSURE, scale: 0.1, seen: 'smos40' },
  { at: [401], per: 'UNIT', key: 'outdoor_unit{n}_fan_speed', en: 'Fan speed (EB10{n})', de: 'Ventilatordrehzahl (EB10{n})', ...CODE16, unit: 'rpm', seen: 'smos40' },
  // No thermal power of the whole: the electrical one includes additional heat, so that their ratio would be no COP.
  { at: [406], per: 'UNIT', key: 'outdoor_unit{n}_generated_power', en: 'Generated heating power (EB10{n})', de: 'Erzeugte Heizleistung (EB10{n})', ...POWER, unit: 'kW', dataType: 'UINT16', scale: 0.1 },
  { at: [407], per: 'UNIT', key: 'outdoor_unit{n}_time_to_defrost', en: 'Time to defrosting (EB10{n})', de: 'Zeit bis Abtauung (EB10{n})', ...CODE16, unit: 'min' },
  { at: [1805, 1791, 1777, 1763], per: 'UNIT', key: 'outdoor_unit{n}_defrost', en: 'Defrosting (EB10{n})', de: 'Abtauung (EB10{n})', ...CODE, options: DEFROST },
  { at: [400, 910, 885, 860], per: 'UNIT', key: 'outdoor_unit{n}_alarm', en: 'Alarm number (EB10{n})', de: 'Alarmnummer (EB10{n})', ...CODE, seen: 'smos40' },
  // The exhaust air module S135.
  { at: 360, key: 's135_supply_bt12', en: 'S135 supply line (BT12)', de: 'S135 Vorlauf (BT12)', ...TEMPERATURE, accessories: ['S135'], seen: 'smos40' },
  { at: 361, key: 's135_return_bt13', en: 'S135 return line (BT13)', de: 'S135 Rücklauf (BT13)', ...TEMPERATURE, accessories: ['S135'], seen: 'smos40' },
  { at: 373, key: 's135_pump_speed', en: 'S135 pump speed', de: 'S135 Pumpendrehzahl', ...PERCENT, accessories: ['S135'], seen: 'smos40' },
  { at: 374, key: 's135_fan_speed', en: 'S135 selected fan speed', de: 'S135 gewählte Ventilatordrehzahl', ...PERCENT, accessories: ['S135'], seen: 'smos40' },
  { at: 365, key: 's135_alarm', en: 'S135 alarm number', de: 'S135 Alarmnummer', ...CODE16, accessories: ['S135'], seen: 'smos40' },
  { at: 366, key: 's135_defrost', en: 'S135 defrosting', de: 'S135 Abtauung', ...FLAG, accessories: ['S135'], seen: 'smos40' },
];
