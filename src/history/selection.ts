import { badInput, type Issue } from '../domain/errors.ts';
import type { Heatpump } from '../domain/heatpump.ts';
import type { Quantity } from '../domain/quantity.ts';
import type { Sensor } from '../domain/sensor.ts';
import { DERIVED_SERIES, type SeriesKind, seriesOf } from './series.ts';

/** A series that somebody wants to see. */
export interface SelectedSeries {
  readonly heatpump: Heatpump;
  readonly key: string;
  /** Null if the heat pump has this sensor no more, or the quantity is none of a sensor. */
  readonly sensor: Sensor | null;
  /** Set where it was asked for by quantity, and is to be told in the unit of that. */
  readonly quantity: Quantity | null;
  readonly unit: string | null;
  readonly kind: SeriesKind;
  /** False where there is something to show only if it was recorded in the past. */
  readonly isKnown: boolean;
}

/** What is selected: of each heat pump these sensors, and those of these quantities. */
export interface Selection {
  readonly heatpumps: readonly Heatpump[];
  readonly keys: readonly string[];
  readonly quantities: readonly Quantity[];
}

/** Most series of one selection. */
const MAX_SERIES = 100;

/**
 * The series of a selection, heat pump by heat pump. A heat pump that does not have a sensor or quantity has no series of it.
 * Throws `BAD_USER_INPUT` if nothing is selected, too much, or a sensor that holds no number.
 */
export function selectSeries(selection: Selection): SelectedSeries[] {
  const { heatpumps, keys, quantities } = selection;
  if (keys.length + quantities.length === 0) throw badInput({ path: ['keys'], message: 'needs a key, or a quantity' });
  const selected = heatpumps.flatMap((heatpump) => [
    ...[...new Set(keys)].map((key) => selectKey(heatpump, key, ['keys', keys.indexOf(key)])),
    ...[...new Set(quantities)].flatMap((quantity) => selectQuantity(heatpump, quantity)),
  ]);
  if (selected.length <= MAX_SERIES) return selected;
  throw badInput({ path: ['keys'], message: `makes ${selected.length} series; at most ${MAX_SERIES} at once` });
}

function selectKey(heatpump: Heatpump, key: string, path: Issue['path']): SelectedSeries {
  const derived = DERIVED_SERIES.find((series) => series.key === key);
  const sensor = heatpump.sensors.find((candidate) => candidate.key === key) ?? null;
  const series = derived ?? (sensor && seriesOf(sensor));
  if (sensor && !series) throw badInput({ path, message: `"${key}" has no numbers that are recorded` });
  const { unit, kind } = series ?? { unit: null, kind: 'ANALOG' };
  return { heatpump, key, sensor, quantity: null, unit, kind, isKnown: series !== null };
}

function selectQuantity(heatpump: Heatpump, quantity: Quantity): SelectedSeries[] {
  const derived = DERIVED_SERIES.find(({ key }) => key === quantity);
  if (derived) return [{ ...derived, heatpump, sensor: null, quantity, isKnown: true }];
  return heatpump.sensors.flatMap((sensor) => {
    const series = sensor.quantity === quantity ? seriesOf(sensor) : null;
    return series ? [{ ...series, heatpump, sensor, quantity, isKnown: true }] : [];
  });
}
