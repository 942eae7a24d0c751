import { options } from '../options.ts';

export const POOL_VALVE = options(
  [0, 'closed_to_pool', 'Closed to pool', 'Zum Pool geschlossen'],
  [1, 'open_to_pool', 'Open to pool', 'Zum Pool offen'],
);
export const REVERSING_VALVE = options(
  [0, 'heating', 'Heating', 'Heizung'],
  [1, 'hot_water', 'Hot water', 'Brauchwasser'],
);
export const PRIORITY = options(
  [10, 'off', 'Off', 'Aus'],
  [20, 'hot_water', 'Hot water', 'Brauchwasser'],
  [30, 'heating', 'Heating', 'Heizung'],
  [40, 'pool', 'Pool', 'Pool'],
  [60, 'cooling', 'Cooling', 'Kühlung'],
);
export const SHUNT = options(
  [0, 'inactive', 'Inactive', 'Inaktiv'],
  [10, 'off', 'Off', 'Aus'],
  [20, 'opening', 'Opening', 'Öffnet'],
  [30, 'closing', 'Closing', 'Schließt'],
);
export const ADDITIONAL_HEAT_SHUNT = options(
  [10, 'off', 'Off', 'Aus'],
  [20, 'active', 'Active', 'Aktiv'],
  [30, 'passive', 'Passive', 'Passiv'],
  [40, 'opening', 'Opening', 'Öffnet'],
  [50, 'closing', 'Closing', 'Schließt'],
);
export const DEFROST = options(
  [0, 'off', 'Off', 'Aus'],
  [1, 'active', 'Active', 'Aktiv'],
  [2, 'passive', 'Passive', 'Passiv'],
);
export const ALARM = options([0, 'no_alarm', 'No alarm', 'Kein Alarm'], [1, 'alarm', 'Alarm', 'Alarm']);
export const ALARM_RESET = options([0, 'idle', 'Idle', 'Ruht'], [1, 'reset', 'Reset', 'Zurücksetzen']);

/** What the unit does; the same states as it is asked for, but in other numbers. */
export const SG_READY = options(
  [10, 'normal', 'Normal', 'Normal'],
  [20, 'blocked_high_price', 'Blocked or high price', 'Gesperrt oder hoher Preis'],
  [30, 'low_price', 'Low price', 'Niedriger Preis'],
  [40, 'overcapacity_free', 'Surplus, or free of charge', 'Überschuss oder kostenlos'],
);
export const SG_READY_REQUEST = options(
  [0, 'block', 'Block', 'Sperren'],
  [1, 'normal', 'Normal', 'Normal'],
  [2, 'low_price', 'Low price', 'Niedriger Preis'],
  [3, 'overcapacity', 'Surplus', 'Überschuss'],
);

/** The functions that an AUX input can have, as far as their numbers are known. */
export const AUX_FUNCTION = options(
  [0, 'none', 'None', 'Keine'],
  [1, 'hot_water_large', 'Hot water, large', 'Brauchwasser groß'],
  [2, 'external_adjustment', 'External adjustment', 'Externe Justierung'],
  [3, 'block_additional_heat', 'Block additional heat', 'Zusatzheizung sperren'],
  [4, 'block_compressor_ep14', 'Block compressor EP14', 'Verdichter EP14 sperren'],
  [5, 'block_compressor_ep15', 'Block compressor EP15', 'Verdichter EP15 sperren'],
  [6, 'block_heating', 'Block heating', 'Heizung sperren'],
  [7, 'block_cooling', 'Block cooling', 'Kühlung sperren'],
  [8, 'fan_speed_1', 'Fan speed 1', 'Ventilatorgeschwindigkeit 1'],
  [9, 'fan_speed_2', 'Fan speed 2', 'Ventilatorgeschwindigkeit 2'],
  [10, 'fan_speed_3', 'Fan speed 3', 'Ventilatorgeschwindigkeit 3'],
  [11, 'fan_speed_4', 'Fan speed 4', 'Ventilatorgeschwindigkeit 4'],
  [19, 'tariff_block', 'Tariff block', 'Tarifsperre'],
  [20, 'sg_ready_input_a', 'SG Ready input A', 'SG-Ready-Eingang A'],
  [21, 'sg_ready_input_b', 'SG Ready input B', 'SG-Ready-Eingang B'],
  [22, 'external_alarm_nc', 'External alarm, normally closed', 'Externer Alarm, Öffner'],
  [23, 'external_alarm_no', 'External alarm, normally open', 'Externer Alarm, Schließer'],
  [29, 'block_eb101', 'Block EB101', 'EB101 sperren'],
  [30, 'block_eb102', 'Block EB102', 'EB102 sperren'],
  [33, 'block_external_additional_heat', 'Block external additional heat', 'Externe Zusatzheizung sperren'],
  [34, 'block_hot_water', 'Block hot water', 'Brauchwasser sperren'],
  [41, 'hot_water_small', 'Hot water, small', 'Brauchwasser klein'],
  [42, 'stove_guard', 'Stove guard', 'Kaminwächter'],
);
export const INACTIVE_ACTIVE = options([0, 'inactive', 'Inactive', 'Inaktiv'], [1, 'active', 'Active', 'Aktiv']);

/** "Smart control" was 3 in the manual of 2021, and is 4 now. */
export const HOT_WATER_DEMAND = options(
  [0, 'small', 'Small', 'Klein'],
  [1, 'medium', 'Medium', 'Mittel'],
  [2, 'large', 'Large', 'Groß'],
  [4, 'smart_control', 'Smart control', 'Smart Control'],
);
export const OPERATING_MODE = options(
  [0, 'auto', 'Automatic', 'Automatik'],
  [1, 'manual', 'Manual', 'Manuell'],
  [2, 'additional_heat_only', 'Additional heat only', 'Nur Zusatzheizung'],
);
export const HEATING_PUMP_MODE = options(
  [10, 'intermittent', 'Intermittent', 'Intermittierend'],
  [20, 'continuous', 'Continuous', 'Kontinuierlich'],
  [30, 'economy', 'Economy', 'Sparbetrieb'],
  [40, 'auto', 'Automatic', 'Automatik'],
);
export const BRINE_PUMP_MODE = options(
  [10, 'intermittent', 'Intermittent', 'Intermittierend'],
  [20, 'continuous', 'Continuous', 'Kontinuierlich'],
  [30, 'ten_days_continuous', '10 days continuous', '10 Tage kontinuierlich'],
);
/** The four speeds are not in rising order: each is set in a register of its own. */
export const VENTILATION_MODE = options(
  [0, 'normal', 'Normal', 'Normal'],
  [1, 'speed_1', 'Speed 1', 'Geschwindigkeit 1'],
  [2, 'speed_2', 'Speed 2', 'Geschwindigkeit 2'],
  [3, 'speed_3', 'Speed 3', 'Geschwindigkeit 3'],
  [4, 'speed_4', 'Speed 4', 'Geschwindigkeit 4'],
);
