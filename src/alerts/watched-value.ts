import type { AlertRule, WatchedValue } from '../domain/alert.ts';
import { badInput } from '../domain/errors.ts';
import type { Heatpump } from '../domain/heatpump.ts';
import { isReadable, type Sensor } from '../domain/sensor.ts';

const PATH = ['input', 'rule'];

/**
 * Refuses a rule that could never be told: its sensor or quantity is one that none of the heat pumps has, or not of the
 * right kind. Throws `BAD_USER_INPUT`.
 */
export function checkWatchedValue(rule: AlertRule, heatpumps: readonly Heatpump[]): void {
  if (!('key' in rule)) return;
  if (rule.key === null) checkQuantity(rule, heatpumps);
  else checkSensor(rule, rule.key, heatpumps);
}

function checkSensor(rule: AlertRule, wanted: string, heatpumps: readonly Heatpump[]): void {
  const sensors = heatpumps.flatMap((heatpump) => heatpump.sensors.find(({ key }) => key === wanted) ?? []);
  const [sensor] = sensors.filter(isReadable);
  if (!sensor) throw badInput({ path: [...PATH, 'key'], message: 'there is no sensor of this key that can be read' });
  if (rule.type === 'THRESHOLD' && sensor.register.dataType === 'TEXT16') {
    throw badInput({ path: [...PATH, 'key'], message: `${sensor.key} is a text, which is never above or below` });
  }
  if (rule.type === 'UNEXPECTED_OPTION') checkOptions(rule.options, sensor);
}

function checkOptions(expected: readonly string[], { key, options }: Sensor): void {
  if (options.length === 0) throw badInput({ path: [...PATH, 'key'], message: `${key} has no options` });
  const names = options.map(({ name }) => name);
  const index = expected.findIndex((name) => !names.includes(name));
  if (index < 0) return;
  throw badInput({
    path: [...PATH, 'options', index],
    message: `is no option of ${key}, which has ${names.join(', ')}`,
  });
}

/** The quantities that are worked out are of the heat pump as a whole; the others are those of its sensors. */
function checkQuantity({ quantity, circuit }: WatchedValue, heatpumps: readonly Heatpump[]): void {
  const having = heatpumps.filter(({ model, settings }) =>
    model.capabilities(settings.config).quantities.some((own) => own === quantity),
  );
  if (having.length === 0) throw badInput({ path: [...PATH, 'quantity'], message: `no heat pump tells ${quantity}` });
  const sensors = having.flatMap((heatpump) => heatpump.sensors.filter((sensor) => sensor.quantity === quantity));
  const circuits = [...new Set(sensors.map((sensor) => sensor.circuit))];
  if (circuits.includes(circuit) || (circuits.length === 0 && circuit === null)) return;
  const named = circuits.filter((name) => name !== null);
  const allowed = named.length > 0 ? `must be one of ${named.join(', ')}` : 'must be left out';
  throw badInput({
    path: [...PATH, 'circuit'],
    message: `${allowed}${circuits.includes(null) ? ', or left out' : ''}`,
  });
}
