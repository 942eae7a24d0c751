import type { OperatingState } from '../../../lib/operating-state.ts';

/** Something the heat goes to, and its place in the drawing: row 0 lies above the heat pump's ports, row 1 at them. */
export type Consumer =
  | { readonly kind: 'HOT_WATER' | 'BUFFER' | 'HEATING'; readonly row: number }
  | { readonly kind: 'CIRCUIT'; readonly circuit: string; readonly row: number };

/** What is known of a plant. */
export interface Plant {
  readonly hasHotWater: boolean;
  readonly hasBuffer: boolean;
  /** As the manufacturer names them. */
  readonly circuits: readonly string[];
}

/** In which pipes something flows, as far as that is known; where it is not, nothing moves. */
export interface Flows {
  /** Between the heat source and the heat pump. */
  readonly source: boolean;
  /** At the ports of the heat pump. */
  readonly ports: boolean;
  readonly hotWater: boolean;
  /** Into the buffer, or the only circuit. */
  readonly heating: boolean;
}

/** The source above the heat pump. */
const FEWEST_ROWS = 2;
const COMPRESSOR_RUNS: readonly OperatingState[] = ['HEATING', 'HOT_WATER', 'COOLING', 'POOL', 'DEFROST'];
const HEATING_FLOWS: readonly OperatingState[] = ['HEATING', 'COOLING'];

/** Who is supplied, from above: hot water, then the buffer and the circuits behind it. */
export function consumersOf({ hasHotWater, hasBuffer, circuits }: Plant): Consumer[] {
  const hotWater: Consumer[] = hasHotWater ? [{ kind: 'HOT_WATER', row: 0 }] : [];
  const buffer: Consumer[] = hasBuffer ? [{ kind: 'BUFFER', row: 1 }] : [];
  const first = 1 + buffer.length;
  const heating: Consumer[] =
    circuits.length > 0
      ? circuits.map((circuit, index) => ({ kind: 'CIRCUIT', circuit, row: first + index }))
      : [{ kind: 'HEATING', row: first }];
  return [...hotWater, ...buffer, ...heating];
}

/** How many rows a drawing of these needs. */
export function rowsOf(consumers: readonly Consumer[]): number {
  return Math.max(FEWEST_ROWS, ...consumers.map(({ row }) => row + 1));
}

/**
 * What flows. `state` undefined: not known. `flowRate` in l/min, measured at the heat pump; undefined: not measured.
 * Behind a buffer, and in one of several circuits, the pumps are their own masters: nothing is known.
 */
export function flowsOf(
  state: OperatingState | undefined,
  flowRate: number | undefined,
  consumers: readonly Consumer[],
): Flows {
  const runs = state !== undefined && COMPRESSOR_RUNS.includes(state);
  const ports = flowRate === undefined ? runs : flowRate > 0;
  const isOneWay = consumers.filter(({ kind }) => kind !== 'HOT_WATER').length === 1;
  const hasBuffer = consumers.some(({ kind }) => kind === 'BUFFER');
  return {
    source: runs,
    ports,
    hotWater: ports && state === 'HOT_WATER',
    heating: ports && state !== undefined && HEATING_FLOWS.includes(state) && (isOneWay || hasBuffer),
  };
}
