import { options } from '../options.ts';

export const NO_YES = options([0, 'no', 'No', 'Nein'], [1, 'yes', 'Yes', 'Ja']);
export const INACTIVE_ACTIVE = options([0, 'inactive', 'Inactive', 'Inaktiv'], [1, 'active', 'Active', 'Aktiv']);
export const LOCK = options([0, 'normal', 'Normal', 'Normal'], [1, 'locked', 'Locked', 'Gesperrt']);

/** Bits of input 10000. */
export const HEAT_GENERATORS = options(
  [1, 'compressor1_vd1', 'Compressor 1 (VD1)', 'Verdichter 1 (VD1)'],
  [2, 'compressor2_vd2', 'Compressor 2 (VD2)', 'Verdichter 2 (VD2)'],
  [4, 'aux_heater1_zwe1', 'Auxiliary heater 1 (ZWE1)', 'Zweiter Wärmeerzeuger 1 (ZWE1)'],
  [8, 'aux_heater2_zwe2', 'Auxiliary heater 2 (ZWE2)', 'Zweiter Wärmeerzeuger 2 (ZWE2)'],
  [16, 'aux_heater3_zwe3', 'Auxiliary heater 3 (ZWE3)', 'Zweiter Wärmeerzeuger 3 (ZWE3)'],
);
export const OPERATION_MODE = options(
  [0, 'heating', 'Heating', 'Heizen'],
  [1, 'hot_water', 'Hot water', 'Warmwasser'],
  [2, 'pool_or_solar', 'Pool or solar', 'Schwimmbad oder Solar'],
  [3, 'utility_lock', 'Utility lock', 'EVU-Sperre'],
  [4, 'defrost', 'Defrost', 'Abtauung'],
  [5, 'no_demand', 'No demand', 'Keine Anforderung'],
  [6, 'external_source_or_unused', 'External source or unused', 'Externe Quelle oder unbenutzt'],
  [7, 'cooling', 'Cooling', 'Kühlen'],
);
export const FUNCTION_STATUS = options(
  [0, 'off', 'Off', 'Aus'],
  [1, 'no_demand', 'No demand', 'Keine Anforderung'],
  [2, 'demand', 'Demand', 'Anforderung'],
  [3, 'active', 'Active', 'Aktiv'],
);
export const BUFFER_TYPE = options(
  [0, 'series', 'In series', 'Reihenspeicher'],
  [1, 'separation', 'Separating', 'Trennspeicher'],
  [2, 'multifunction', 'Multifunction', 'Multifunktionsspeicher'],
);

export const CONTROL_MODE = options(
  [0, 'no_influence', 'No influence', 'Kein Einfluss'],
  [1, 'setpoint', 'Setpoint', 'Sollwert'],
  [2, 'offset', 'Offset', 'Offset'],
  [3, 'level', 'Level', 'Level'],
);
/** Of all circuits together; 1 is not defined there. */
export const OVERALL_MODE = options(
  [0, 'individual', 'Each circuit by itself', 'Jeder Kreis für sich'],
  [2, 'offset', 'Offset', 'Offset'],
  [3, 'level', 'Level', 'Level'],
);
/** The shifts themselves are set in the controller's SHI menu. */
export const LEVEL = options(
  [0, 'no_influence', 'No influence', 'Kein Einfluss'],
  [1, 'raised_with_time_program', 'Raised within the time programme', 'Erhöht im Zeitprogramm'],
  [2, 'raised_ignoring_time_program', 'Raised at any time', 'Erhöht zu jeder Zeit'],
  [3, 'lowered', 'Lowered', 'Abgesenkt'],
);
export const POWER_LIMIT_MODE = options(
  [0, 'no_limit', 'No limit', 'Keine Begrenzung'],
  [1, 'soft_limit', 'Soft limit (keeps comfort)', 'Weiche Begrenzung (wahrt den Komfort)'],
  [2, 'hard_limit', 'Hard limit (grid operator)', 'Harte Begrenzung (Netzbetreiber)'],
);
