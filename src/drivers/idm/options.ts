import { OFF_ON, options } from '../options.ts';

export { OFF_ON };
export const OK_FAULT = options([0, 'ok', 'OK', 'In Ordnung'], [1, 'fault', 'Fault', 'Störung']);

export const SYSTEM_MODE = options(
  [0, 'standby', 'Standby', 'Standby'],
  [1, 'automatic', 'Automatic', 'Automatik'],
  [2, 'away', 'Away', 'Abwesend'],
  [3, 'holiday', 'Holiday', 'Urlaub'],
  [4, 'hot_water_only', 'Hot water only', 'Nur Warmwasser'],
  [5, 'heating_cooling_only', 'Heating and cooling only', 'Nur Heizung/Kühlung'],
  [0xffff, 'off', 'Off, without frost protection', 'Aus, ohne Frostschutz'],
);
export const SMART_GRID = options(
  [0, 'grid_blocked_solar_off', 'Grid blocked, no PV surplus', 'Netzbezug gesperrt, kein PV-Überschuss'],
  [1, 'grid_allowed_solar_off', 'Grid allowed, no PV surplus', 'Netzbezug erlaubt, kein PV-Überschuss'],
  [2, 'grid_unused_solar_on', 'No grid use, PV surplus', 'Kein Netzbezug, PV-Überschuss'],
  [4, 'grid_blocked_solar_on', 'Grid blocked, PV surplus', 'Netzbezug gesperrt, PV-Überschuss'],
);
export const HEAT_PUMP_STATE = options(
  [0, 'off', 'Off', 'Aus'],
  [1, 'heating', 'Heating', 'Heizen'],
  [2, 'cooling', 'Cooling', 'Kühlen'],
  [4, 'water', 'Hot water', 'Warmwasser'],
  [8, 'defrosting', 'Defrosting', 'Abtauung'],
);
export const UTILITY_LOCK = options(
  [0, 'locked', 'Locked', 'Gesperrt'],
  [1, 'not_locked', 'Not locked', 'Nicht gesperrt'],
);
export const BIVALENCE_STATE = options(
  [0, 'off', 'Off', 'Aus'],
  [1, 'bivalence_1', 'Bivalence 1', 'Bivalenz 1'],
  [2, 'bivalence_2', 'Bivalence 2', 'Bivalenz 2'],
  [3, 'bivalence_1_and_2', 'Bivalence 1 and 2', 'Bivalenz 1 und 2'],
);

export const VALVE_HEATING_COOLING = options([0, 'heating', 'Heating', 'Heizen'], [1, 'cooling', 'Cooling', 'Kühlen']);
export const VALVE_HEATING_HOT_WATER = options(
  [0, 'heating', 'Heating', 'Heizen'],
  [1, 'hot_water', 'Hot water', 'Warmwasser'],
);
export const VALVE_STORAGE_SOURCE = options(
  [0, 'storage', 'Storage', 'Speicher'],
  [1, 'heat_source', 'Heat source', 'Wärmequelle'],
);
export const VALVE_SOURCE_COLD_STORAGE = options(
  [0, 'heat_source', 'Heat source', 'Wärmequelle'],
  [1, 'cold_storage', 'Cold storage', 'Kältespeicher'],
);
export const VALVE_STORAGE_BYPASS = options([0, 'storage', 'Storage', 'Speicher'], [1, 'bypass', 'Bypass', 'Bypass']);

export const CIRCUIT_MODE = options(
  [0, 'off', 'Off', 'Aus'],
  [1, 'timed', 'Time programme', 'Zeitprogramm'],
  [2, 'normal', 'Normal', 'Normal'],
  [3, 'eco', 'Eco', 'Eco'],
  [4, 'manual_heat', 'Manual heating', 'Manuell Heizen'],
  [5, 'manual_cool', 'Manual cooling', 'Manuell Kühlen'],
);
export const CIRCUIT_ACTIVE_MODE = options(
  [0, 'off', 'Off', 'Aus'],
  [1, 'heating', 'Heating', 'Heizen'],
  [2, 'cooling', 'Cooling', 'Kühlen'],
);
export const SOLAR_MODE = options(
  [0, 'auto', 'Automatic', 'Automatik'],
  [1, 'water', 'Hot water', 'Warmwasser'],
  [2, 'heating', 'Heating', 'Heizung'],
  [3, 'water_heating', 'Hot water and heating', 'Warmwasser und Heizung'],
  [4, 'source_pool', 'Heat source or pool', 'Wärmequelle oder Pool'],
);
export const ISC_MODE = options(
  [0, 'none', 'None', 'Keiner'],
  [1, 'heating', 'Heating', 'Heizung'],
  [4, 'water', 'Hot water', 'Warmwasser'],
  [8, 'source', 'Heat source', 'Wärmequelle'],
);

export const ZONE_MODE = options([0, 'cooling', 'Cooling', 'Kühlen'], [1, 'heating', 'Heating', 'Heizen']);
export const ROOM_MODE = options(
  [0, 'off', 'Off', 'Aus'],
  [1, 'automatic', 'Automatic', 'Automatik'],
  [2, 'eco', 'Eco', 'Eco'],
  [3, 'normal', 'Normal', 'Normal'],
  [4, 'comfort', 'Comfort', 'Komfort'],
);
export const RELAY = options(
  [0, 'off', 'Off', 'Aus'],
  [1, 'on', 'On', 'Ein'],
  [2, 'on_cooling', 'On, cooling', 'Ein, Kühlen'],
);
