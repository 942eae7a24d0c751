/** Heights within the row of one series, in CSS pixels. */
export const NAME_HEIGHT = 22;
export const BAR_HEIGHT = 22;
const ROW_GAP = 8;

/** The height of the rows of so many series; a single one is named by the legend alone. */
export function stateRowsHeight(count: number): number {
  return count * stateRowHeight(count);
}

/** The height of one of so many rows. */
export function stateRowHeight(count: number): number {
  return (count > 1 ? NAME_HEIGHT : 0) + BAR_HEIGHT + ROW_GAP;
}
