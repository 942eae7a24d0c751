import { isReadable, isWritable, type Sensor } from '../domain/sensor.ts';

/** Alerts made from a template of idm_logger name their sensor by its German label. */
const LABELS: ReadonlyMap<string, string> = new Map(
  Object.entries({
    'Summenstörung Wärmepumpe': 'failure_heat_pump',
    'Warmwasserzapftemperatur (B42)': 'temp_water_heater_tap',
    'Wärmepumpen Vorlauftemperatur (B33)': 'temp_heat_pump_flow',
    'EVU - Sperrkontakt': 'evu_lock_status',
  }),
);

/** Endings by which idm_logger names the text, or the bare number, of a sensor. */
const ENDINGS = /_(str|uchar)$/;

/**
 * The sensor that idm_logger calls by this key or label; undefined if there is none. Its keys are ours, but for their
 * endings, and that older dashboards write the letter of a circuit large. What it calls `request_heating` and
 * `request_cooling` are the switches at 1710 and 1711, as they are here, for these were written and drawn.
 */
export function readableSensor(sensors: readonly Sensor[], name: string): Sensor | undefined {
  return find(sensors.filter(isReadable), name);
}

/** The same among the sensors that can be written. */
export function writableSensor(sensors: readonly Sensor[], name: string): Sensor | undefined {
  return find(sensors.filter(isWritable), name);
}

function find(sensors: readonly Sensor[], name: string): Sensor | undefined {
  const key = (LABELS.get(name) ?? name).toLowerCase();
  return [key, key.replace(ENDINGS, '')].map((wanted) => sensors.find((sensor) => sensor.key === wanted)).find(Boolean);
}
