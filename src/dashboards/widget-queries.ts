import type { Widget, WidgetQuery } from '../domain/dashboard.ts';
import { badInput, type Issue } from '../domain/errors.ts';
import type { Heatpump } from '../domain/heatpump.ts';
import type { Quantity } from '../domain/quantity.ts';
import { isReadable, type Sensor } from '../domain/sensor.ts';

/** Where dashboards look up heat pumps. */
export interface HeatpumpLookup {
  /** Null if there is none with this id. */
  find(id: string): Heatpump | null;
  /** The one meant where none is named; null if there is none at all. */
  default(): Heatpump | null;
  list(): readonly Heatpump[];
}

/** Quantities that every heat pump has, although none of its sensors need be their source. */
const WORKED_OUT: readonly (Quantity | null)[] = ['OPERATING_STATE', 'COP'];

/** The heat pump that a query on a dashboard of `ownId` (null: of several) means; null if it is gone. */
export function heatpumpOf(query: WidgetQuery, ownId: string | null, heatpumps: HeatpumpLookup): Heatpump | null {
  const id = query.heatpumpId ?? ownId;
  return id === null ? heatpumps.default() : heatpumps.find(id);
}

/** True if these sensors provide what a query asks for. */
export function isOffered({ key, quantity, circuit }: WidgetQuery, sensors: readonly Sensor[]): boolean {
  if (circuit === null && WORKED_OUT.includes(quantity)) return true;
  return sensors.some((sensor) =>
    key === null
      ? sensor.quantity === quantity && sensor.circuit === circuit
      : sensor.key === key && isReadable(sensor),
  );
}

/**
 * Checks that there is a heat pump for each query and that its model, with its config, has what is asked for. Queries for
 * which `isExempt` holds may ask for what is gone. Throws `BAD_USER_INPUT` with paths below `path`.
 */
export function checkQueries(
  widgets: readonly Widget[],
  path: Issue['path'],
  ownId: string | null,
  heatpumps: HeatpumpLookup,
  isExempt: (query: WidgetQuery) => boolean,
): void {
  const sensors = new Map<string, readonly Sensor[]>();
  const issueOf = (query: WidgetQuery, place: Issue['path']): Issue[] => {
    if (isExempt(query)) return [];
    const heatpump = heatpumpOf(query, ownId, heatpumps);
    if (!heatpump) return [{ path: [...place, 'heatpumpId'], message: 'no such heat pump' }];
    const { settings, model } = heatpump;
    const known = sensors.get(settings.id) ?? model.sensors(settings.config);
    sensors.set(settings.id, known);
    if (isOffered(query, known)) return [];
    const message = `${settings.name} has no readable value like this`;
    return [{ path: [...place, query.key === null ? 'quantity' : 'key'], message }];
  };
  const [first, ...rest] = widgets.flatMap(({ queries }, w) =>
    queries.flatMap((query, q) => issueOf(query, [...path, w, 'queries', q])),
  );
  if (first) throw badInput(first, ...rest);
}
