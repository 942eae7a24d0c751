import type { Consumer, Flows } from './schematic-plan.ts';

/** A pipe between the heat pump on the left and what it supplies on the right. */
export interface Pipe {
  /** Its way as an SVG path, in the direction of the flow. */
  readonly d: string;
  readonly side: 'FLOW' | 'RETURN';
  /** Whose temperature it has; null: not known. */
  readonly of: 'HEAT_PUMP' | 'BUFFER' | { readonly circuit: string } | null;
  readonly isFlowing: boolean;
}

/** Height of a row and width of the drawing, in pixels; as in schematic.css. */
export const ROW = 112;
/** See {@link ROW}. */
export const WIDTH = 56;
/** Where the pipes run up and down. */
const FLOW_X = 18;
const RETURN_X = 38;
/** Pipes of a consumer, from the middle of its row. */
const SUPPLY = { flow: -12, return: 12 };
/** Ports of the heat pump and of what stands right before them, from the middle of row 1. */
const PORTS = { flow: -34, return: -10 };
/** Ports of the buffer towards the circuits. */
const OUTLETS = { flow: 14, return: 36 };

/** All pipes of a plant. */
export function pipesOf(consumers: readonly Consumer[], flows: Flows): Pipe[] {
  const hasBuffer = consumers.some(({ kind }) => kind === 'BUFFER');
  const isBehindBuffer = ({ kind }: Consumer) => hasBuffer && (kind === 'CIRCUIT' || kind === 'HEATING');
  return [
    ...trunk(flows.ports && !flows.hotWater && !flows.heating),
    ...consumers.flatMap((consumer) => (isBehindBuffer(consumer) ? fromBuffer(consumer) : fromPorts(consumer, flows))),
  ];
}

/** What is left to see where it is not known which way the water goes on. */
function trunk(isFlowing: boolean): Pipe[] {
  const [flowY, returnY] = [middle(1) + PORTS.flow, middle(1) + PORTS.return];
  return [
    { d: `M0 ${flowY}H${FLOW_X}`, side: 'FLOW', of: 'HEAT_PUMP', isFlowing },
    { d: `M${RETURN_X} ${returnY}H0`, side: 'RETURN', of: 'HEAT_PUMP', isFlowing },
  ];
}

function fromPorts({ kind, row }: Consumer, { hotWater, heating }: Flows): Pipe[] {
  const at = row === 1 ? PORTS : SUPPLY;
  const isFlowing = kind === 'HOT_WATER' ? hotWater : heating;
  const there = `M0 ${middle(1) + PORTS.flow}H${FLOW_X}V${middle(row) + at.flow}H${WIDTH}`;
  const back = `M${WIDTH} ${middle(row) + at.return}H${RETURN_X}V${middle(1) + PORTS.return}H0`;
  return [
    { d: there, side: 'FLOW', of: 'HEAT_PUMP', isFlowing },
    { d: back, side: 'RETURN', of: 'HEAT_PUMP', isFlowing },
  ];
}

/** Whether the pump of a circuit behind a buffer runs is not known, and neither is how warm its water comes back. */
function fromBuffer(consumer: Consumer): Pipe[] {
  const y = middle(consumer.row);
  const of = consumer.kind === 'CIRCUIT' ? { circuit: consumer.circuit } : 'BUFFER';
  const there = `M${WIDTH} ${middle(1) + OUTLETS.flow}H${FLOW_X}V${y + SUPPLY.flow}H${WIDTH}`;
  const back = `M${WIDTH} ${y + SUPPLY.return}H${RETURN_X}V${middle(1) + OUTLETS.return}H${WIDTH}`;
  return [
    { d: there, side: 'FLOW', of, isFlowing: false },
    { d: back, side: 'RETURN', of: null, isFlowing: false },
  ];
}

function middle(row: number): number {
  return row * ROW + ROW / 2;
}
