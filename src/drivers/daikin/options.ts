import { options } from '../options.ts';

export const AUTO_HEATING_COOLING = options(
  [0, 'auto', 'Automatic', 'Automatik'],
  [1, 'heating', 'Heating', 'Heizen'],
  [2, 'cooling', 'Cooling', 'Kühlen'],
);
export const NONE_HEATING_COOLING = options(
  [0, 'none', 'None', 'Keine'],
  [1, 'heating', 'Heating', 'Heizen'],
  [2, 'cooling', 'Cooling', 'Kühlen'],
);
export const HEATING_COOLING = options([1, 'heating', 'Heating', 'Heizen'], [2, 'cooling', 'Cooling', 'Kühlen']);
export const QUIET_MODE = options(
  [0, 'off', 'Off', 'Aus'],
  [1, 'on_automatic', 'On, automatic', 'Ein, automatisch'],
  [2, 'on_manual', 'On, manual', 'Ein, manuell'],
);
export const SETPOINT_MODE = options(
  [0, 'fixed', 'Fixed', 'Fest'],
  [1, 'weather_dependent', 'Weather-dependent', 'Witterungsgeführt'],
  [2, 'fixed_scheduled', 'Fixed, scheduled', 'Fest, Zeitprogramm'],
  [3, 'weather_dependent_scheduled', 'Weather-dependent, scheduled', 'Witterungsgeführt, Zeitprogramm'],
);
export const FIXED_OR_WEATHER = options(
  [0, 'fixed', 'Fixed', 'Fest'],
  [1, 'weather_dependent', 'Weather-dependent', 'Witterungsgeführt'],
);
export const DHW_MODE = options(
  [0, 'reheat', 'Reheat', 'Warmhalten'],
  [1, 'schedule_and_reheat', 'Schedule and reheat', 'Zeitprogramm und Warmhalten'],
  [2, 'scheduled', 'Scheduled', 'Zeitprogramm'],
);

/** What is asked of the unit. */
export const SMART_GRID = options(
  [0, 'free_running', 'Free running', 'Normalbetrieb'],
  [1, 'forced_off', 'Forced off', 'Zwangsabschaltung'],
  [2, 'recommended_on', 'Recommended on', 'Empfohlen ein'],
  [3, 'forced_on', 'Forced on', 'Zwangseinschaltung'],
);
/** What the unit does about it: 2 and 3 are swapped. */
export const DEMAND_RESPONSE = options(
  [0, 'free', 'Free', 'Normalbetrieb'],
  [1, 'forced_off', 'Forced off', 'Zwangsabschaltung'],
  [2, 'forced_on', 'Forced on', 'Zwangseinschaltung'],
  [3, 'recommended_on', 'Recommended on', 'Empfohlen ein'],
  [4, 'reduced', 'Reduced', 'Reduziert'],
);

export const ABNORMALITY = options(
  [0, 'none', 'None', 'Keine'],
  [1, 'fault', 'Fault', 'Störung'],
  [2, 'warning', 'Warning', 'Warnung'],
);
export const THREE_WAY_VALVE = options(
  [0, 'space_heating', 'Space heating', 'Raumheizung'],
  [1, 'dhw', 'Hot water', 'Warmwasser'],
);
export const NORMAL_OPERATION = options(
  [0, 'idle_or_buffering', 'Idle or buffering', 'Ruht oder puffert'],
  [1, 'operation', 'In operation', 'In Betrieb'],
);
export const DISINFECTION = options(
  [0, 'unsuccessful', 'Unsuccessful', 'Nicht erfolgreich'],
  [1, 'successful', 'Successful', 'Erfolgreich'],
  [2, 'maintain', 'Holding', 'Halten'],
  [3, 'heat_up', 'Heating up', 'Aufheizen'],
);
export const UNIT_OPERATION = options(
  [0, 'stop', 'Stopped', 'Steht'],
  [1, 'tank_heat_up', 'Tank heat-up', 'Speicheraufheizung'],
  [2, 'space_heating', 'Space heating', 'Raumheizung'],
  [3, 'space_cooling', 'Space cooling', 'Raumkühlung'],
  [4, 'actuator', 'Actuator test', 'Aktortest'],
);
