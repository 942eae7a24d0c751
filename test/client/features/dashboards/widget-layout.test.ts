import { describe, expect, it } from 'vitest';
import type { PlacedWidget } from '../../../../client/src/features/dashboards/widget.ts';
import { compact, freePlace, placeBy, swap } from '../../../../client/src/features/dashboards/widget-layout.ts';

/** Widgets in a drawing: `a 0 0 6 4` is 6 wide and 4 high at the top left. */
function layout(...lines: string[]): PlacedWidget[] {
  return lines.map((line) => {
    const [id = '', x, y, w, h] = line.split(' ');
    const shown = { type: 'LINE' as const, title: id, queries: [], hours: 24, thresholds: [], min: null, max: null };
    return { ...shown, id, x: Number(x), y: Number(y), w: Number(w), h: Number(h) };
  });
}

const drawn = (widgets: readonly PlacedWidget[]) => widgets.map(({ id, x, y, w, h }) => [id, x, y, w, h].join(' '));
const TWO_AND_ONE = layout('a 0 0 6 4', 'b 6 0 6 4', 'c 0 4 12 2');

describe('the places of widgets', () => {
  it('moves by columns, and others make room', () => {
    expect(drawn(placeBy(layout('a 0 0 3 2', 'b 8 0 3 2'), 'a', { x: 2 }))).toStrictEqual(['a 2 0 3 2', 'b 8 0 3 2']);
    const moved = placeBy(TWO_AND_ONE, 'b', { x: -1 });
    expect(moved.find(({ id }) => id === 'b')).toMatchObject({ x: 5, w: 6 });
    expect(overlaps(moved)).toStrictEqual([]);
  });

  it('resizes down to one column and up to the width of the grid', () => {
    expect(drawn(placeBy(layout('a 3 0 1 1'), 'a', { w: -1, h: -1 }))).toStrictEqual(['a 3 0 1 1']);
    expect(drawn(placeBy(layout('a 0 0 12 1'), 'a', { w: 1 }))).toStrictEqual(['a 0 0 12 1']);
    expect(drawn(placeBy(layout('a 0 0 6 4'), 'a', { w: 2 }))).toStrictEqual(['a 0 0 8 4']);
  });

  it('moves below and above a neighbour, whatever their heights', () => {
    expect(drawn(placeBy(layout('a 0 0 6 4', 'b 0 4 6 2'), 'a', { y: 1 }))).toStrictEqual(['a 0 2 6 4', 'b 0 0 6 2']);
    expect(drawn(placeBy(layout('a 0 0 6 2', 'b 0 2 6 4'), 'a', { y: 1 }))).toStrictEqual(['a 0 4 6 2', 'b 0 0 6 4']);
    const up = placeBy(layout('a 0 0 6 4', 'b 0 4 6 2'), 'b', { y: -4 });
    expect(up.find(({ id }) => id === 'b')).toMatchObject({ y: 0 });
    expect(overlaps(up)).toStrictEqual([]);
  });

  it('finds the first free place, and closes rows that are empty', () => {
    expect(freePlace(TWO_AND_ONE, { w: 3, h: 2 })).toStrictEqual({ x: 0, y: 6, w: 3, h: 2 });
    expect(freePlace(layout('a 0 0 6 4'), { w: 3, h: 2 })).toStrictEqual({ x: 6, y: 0, w: 3, h: 2 });
    expect(drawn(compact(layout('a 0 3 6 4', 'b 0 9 6 2')))).toStrictEqual(['a 0 0 6 4', 'b 0 4 6 2']);
  });

  it('exchanges neighbours of a narrow screen', () => {
    expect(drawn(swap(TWO_AND_ONE, 'b', -1))).toStrictEqual(['a 6 0 6 4', 'b 0 0 6 4', 'c 0 4 12 2']);
    const up = swap(TWO_AND_ONE, 'c', -1);
    expect(overlaps(up)).toStrictEqual([]);
    expect(up.find(({ id }) => id === 'c')?.y).toBeLessThan(up.find(({ id }) => id === 'b')?.y ?? 0);
    expect(drawn(swap(TWO_AND_ONE, 'a', -1))).toStrictEqual(drawn(TWO_AND_ONE));
  });
});

function overlaps(widgets: readonly PlacedWidget[]): string[] {
  return widgets.flatMap((a, index) =>
    widgets
      .slice(index + 1)
      .filter((b) => a.x < b.x + b.w && b.x < a.x + a.w && a.y < b.y + b.h && b.y < a.y + a.h)
      .map((b) => `${a.id} ${b.id}`),
  );
}
