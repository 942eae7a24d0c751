import type { Quantity } from '../../graphql/generated/types.ts';
import { quantityColour } from '../../ui/quantity-colour.ts';
import type { Series, SeriesPoint } from './series.ts';

/** How a series is drawn. */
export interface SeriesStyle {
  /** Name of a colour of the tokens. */
  readonly token: string;
  /** Lengths of dashes and gaps in pixels; empty: a solid line. */
  readonly dash: readonly number[];
}

/** Colours of `--series-n`. */
const OTHER_COLOURS = 8;
const DASHES: readonly (readonly number[])[] = [[], [7, 4], [2, 3], [10, 3, 2, 3]];

/**
 * Styles by which the series of one chart can be told apart: the colour of the quantity, or if one quantity of several heat
 * pumps is compared, one for each. A colour that is used again is drawn with other dashes.
 */
export function stylesOf(series: readonly Series[], isComparison: boolean): SeriesStyle[] {
  const used = new Map<string, number>();
  let others = 0;
  return series.map(({ info }) => {
    const own = !isComparison && info.quantity && quantityColour(info.quantity);
    const token = own || `series-${(others++ % OTHER_COLOURS) + 1}`;
    const uses = used.get(token) ?? 0;
    used.set(token, uses + 1);
    const turn = isComparison ? others - 1 : uses;
    return { token, dash: DASHES[turn % DASHES.length] ?? [] };
  });
}

/** The colours of the operating states, as tokens. */
const STATE_COLOURS: Readonly<Record<string, string>> = {
  OFF: 'surface-inset',
  IDLE: 'line',
  HEATING: 'heating',
  HOT_WATER: 'hot-water',
  COOLING: 'cooling',
  POOL: 'hot-water',
  DEFROST: 'defrost',
  BLOCKED: 'blocked',
  FAULT: 'bad',
};

/** The colour of a state, as a token; what it is must also be written. */
export function stateColour(
  { quantity }: { readonly quantity: Quantity | null },
  { value, text }: SeriesPoint,
): string {
  if (quantity === 'OPERATING_STATE') return STATE_COLOURS[text ?? ''] ?? 'line';
  if (value === 0) return 'line';
  return `series-${((Math.abs(Math.round(value ?? 0)) - 1) % OTHER_COLOURS) + 1}`;
}

/** States in which nothing happens are not drawn behind lines. */
export function isQuiet({ text }: SeriesPoint): boolean {
  return text === null || text === 'IDLE' || text === 'OFF';
}
