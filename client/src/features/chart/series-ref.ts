import type { Quantity } from '../../graphql/generated/types.ts';

/** One value of one heat pump over time: of a sensor by its key, or of a quantity, of a circuit or as a whole. */
export interface SeriesRef {
  readonly heatpumpId: string;
  /** Exactly one of `key` and `quantity` is set. */
  readonly key: string | null;
  readonly quantity: Quantity | null;
  readonly circuit: string | null;
}

/** The same text for the same reference. */
export function refId({ heatpumpId, key, quantity, circuit }: SeriesRef): string {
  return `${heatpumpId} ${key ?? `${quantity} ${circuit ?? ''}`}`;
}

/** A quantity of a heat pump as a whole. */
export function quantityRef(heatpumpId: string, quantity: Quantity): SeriesRef {
  return { heatpumpId, key: null, quantity, circuit: null };
}

/** What has to be asked for to get all of these, and perhaps more. */
export function selectionOf(refs: readonly SeriesRef[]) {
  return {
    heatpumpIds: distinct(refs.map(({ heatpumpId }) => heatpumpId)),
    keys: distinct(refs.flatMap(({ key }) => key ?? [])),
    quantities: distinct(refs.flatMap(({ quantity }) => quantity ?? [])),
  };
}

function distinct<T>(values: readonly T[]): T[] {
  return [...new Set(values)];
}
