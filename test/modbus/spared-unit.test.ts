import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { systemClock } from '../../src/domain/clock.ts';
import { allowCidrs } from '../../src/modbus/address.ts';
import type { ReadRequest, UnitLine } from '../../src/modbus/line.ts';
import { createLines } from '../../src/modbus/lines.ts';
import { readAnswer, type ScriptedServer, startScriptedServer, writeAnswer } from '../support/scripted-server.ts';

const ONE_WORD: ReadRequest = { table: 'HOLDING', address: 7, count: 1 };
const PER_SECOND = 4;

let server: ScriptedServer;
/** A unit that was lost under load, and one that was not, behind the same gateway. */
let spared: UnitLine;
let other: UnitLine;

beforeEach(async () => {
  server = await startScriptedServer((request) =>
    request.functionCode === 16 ? writeAnswer(request) : readAnswer(request.functionCode, [request.unitId]),
  );
  const lines = createLines(systemClock, allowCidrs(['127.0.0.0/8']));
  const rules = { pauseMs: 0, maxIdleMs: 60_000, maxWordsPerSecond: null, oneWordFunction: 16 } as const;
  const at = { host: '127.0.0.1', port: server.port, timeoutMs: 2_000, ...rules };
  spared = lines.open({ ...at, unitId: 1 });
  other = lines.open({ ...at, unitId: 2 });
  const lostAt = systemClock.now() - 60_000;
  spared.pacer.restore({ limit: PER_SECOND, ceiling: PER_SECOND, troubleAt: 90, liftedAt: 90, lostAt });
});
afterEach(async () => {
  spared.close();
  other.close();
  await server.close();
});

const arrivals = (unitId: number, functionCode = 3) =>
  server.requests.filter((request) => request.unitId === unitId && request.functionCode === functionCode);

describe('a unit that is spared', () => {
  it('is read at even intervals', async () => {
    for (let count = 0; count < 5; count++) await spared.read(ONE_WORD);
    const times = arrivals(1).map(({ receivedAt }) => receivedAt);
    const gaps = times.slice(1).map((time, index) => time - (times[index] ?? 0));
    expect(gaps).toHaveLength(4);
    expect(Math.min(...gaps)).toBeGreaterThan(1_000 / PER_SECOND - 10);
  });

  it('is written to at once', async () => {
    await spared.read(ONE_WORD);
    const waiting = spared.read(ONE_WORD);
    expect((await spared.write({ table: 'HOLDING', address: 7, words: [1] })).ok).toBe(true);
    expect(arrivals(1, 16)).toHaveLength(1);
    expect(arrivals(1)).toHaveLength(1);
    expect((await waiting).ok).toBe(true);
  });

  it('lets the reads of others at the same connection go ahead', async () => {
    await spared.read(ONE_WORD);
    const waiting = spared.read(ONE_WORD);
    for (let count = 0; count < 10; count++) expect(await other.read(ONE_WORD)).toMatchObject({ value: [2] });
    expect([arrivals(1).length, arrivals(2).length]).toStrictEqual([1, 10]);
    expect(await waiting).toMatchObject({ value: [1] });
  });
});
