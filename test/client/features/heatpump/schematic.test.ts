import { describe, expect, it } from 'vitest';
import { pipesOf } from '../../../../client/src/features/heatpump/schematic/pipe-plan.ts';
import { consumersOf, flowsOf, rowsOf } from '../../../../client/src/features/heatpump/schematic/schematic-plan.ts';
import { warmthOf } from '../../../../client/src/features/heatpump/schematic/warmth.ts';
import type { Shown } from '../../../../client/src/graphql/shown.ts';

const whole = consumersOf({ hasHotWater: true, hasBuffer: true, circuits: ['A', 'B'] });
const direct = consumersOf({ hasHotWater: true, hasBuffer: false, circuits: ['1'] });
const mixed = consumersOf({ hasHotWater: true, hasBuffer: false, circuits: ['1', '2'] });
const STILL = { source: false, ports: false, hotWater: false, heating: false };

describe('the schematic', () => {
  it('has hot water above, and the circuits behind the buffer', () => {
    expect(whole).toStrictEqual([
      { kind: 'HOT_WATER', row: 0 },
      { kind: 'BUFFER', row: 1 },
      { kind: 'CIRCUIT', circuit: 'A', row: 2 },
      { kind: 'CIRCUIT', circuit: 'B', row: 3 },
    ]);
    expect(rowsOf(whole)).toBe(4);
  });

  it('heats something even where neither circuits nor hot water are known', () => {
    const bare = consumersOf({ hasHotWater: false, hasBuffer: false, circuits: [] });
    expect(bare).toStrictEqual([{ kind: 'HEATING', row: 1 }]);
    expect(rowsOf(bare)).toBe(2);
  });

  it('moves only what is known to flow', () => {
    expect(flowsOf('HEATING', undefined, direct)).toStrictEqual({ ...STILL, source: true, ports: true, heating: true });
    expect(flowsOf('HEATING', 0, direct)).toStrictEqual({ ...STILL, source: true });
    expect(flowsOf('HOT_WATER', 18, direct)).toStrictEqual({ ...STILL, source: true, ports: true, hotWater: true });
    expect(flowsOf('IDLE', 12, direct)).toStrictEqual({ ...STILL, ports: true });
    expect(flowsOf('IDLE', undefined, direct)).toStrictEqual(STILL);
    expect(flowsOf(undefined, undefined, direct)).toStrictEqual(STILL);
    expect(flowsOf('HEATING', undefined, mixed), 'which circuit?').toStrictEqual({
      ...STILL,
      source: true,
      ports: true,
    });
    expect(flowsOf('HEATING', undefined, whole).heating, 'into the buffer').toBe(true);
  });

  it('never moves the pipes behind a buffer, and gives their return no colour', () => {
    const pipes = pipesOf(whole, flowsOf('HEATING', undefined, whole));
    const behind = pipes.filter(({ of }) => of !== 'HEAT_PUMP');
    expect(behind.map(({ of, isFlowing }) => [of, isFlowing])).toStrictEqual([
      [{ circuit: 'A' }, false],
      [null, false],
      [{ circuit: 'B' }, false],
      [null, false],
    ]);
    expect(pipes.filter(({ isFlowing }) => isFlowing)).toHaveLength(2);
  });

  it('colours a pipe from blue at 10 °C to red at 55 °C, and not at all by an old value', () => {
    const at = (value: number, isStale = false): Shown => ({
      kind: 'VALUE',
      reading: { value, text: null, quality: 'GOOD', observedAt: null },
      isStale,
      observedAt: '2026-01-01T00:00:00.000Z',
    });
    expect([-20, 10, 32.5, 55, 80].map((value) => warmthOf(at(value)))).toStrictEqual([0, 0, 50, 100, 100]);
    expect(warmthOf(at(40, true))).toBeUndefined();
    expect(warmthOf({ kind: 'MISSING' })).toBeUndefined();
  });
});
