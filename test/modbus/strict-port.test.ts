import { afterEach, describe, expect, it } from 'vitest';
import { systemClock } from '../../src/domain/clock.ts';
import { allowCidrs } from '../../src/modbus/address.ts';
import type { UnitLine } from '../../src/modbus/line.ts';
import { createLines } from '../../src/modbus/lines.ts';
import {
  type Answer,
  exceptionAnswer,
  frameFor,
  type ReceivedRequest,
  readAnswer,
  type ScriptedServer,
  startScriptedServer,
} from '../support/scripted-server.ts';

/** Far longer than a test may take: what is refused is refused at once. */
const TIMEOUT_MS = 30_000;
const TWO_WORDS = { table: 'HOLDING', address: 7, count: 2 } as const;

let server: ScriptedServer;
let line: UnitLine;

afterEach(async () => {
  line.close();
  await server.close();
});

async function serve(script: (request: ReceivedRequest, index: number) => Answer): Promise<void> {
  server = await startScriptedServer(script);
  const rules = { pauseMs: 0, maxIdleMs: 60_000, maxWordsPerSecond: null, oneWordFunction: 16 } as const;
  const settings = { host: '127.0.0.1', port: server.port, unitId: 1, timeoutMs: TIMEOUT_MS, ...rules };
  line = createLines(systemClock, allowCidrs(['127.0.0.0/8'])).open(settings);
}

/** The right answer to {@link TWO_WORDS}, with some bytes replaced. */
function altered(request: ReceivedRequest, at: number, ...bytes: number[]): Answer {
  const frame = frameFor(request, readAnswer(3, [1, 2]).pdu);
  frame.set(bytes, at);
  return { raw: frame };
}

describe('a connection', () => {
  it.each<[string, RegExp, (request: ReceivedRequest) => Answer]>([
    ['another transaction', /another request/, (request) => altered(request, 0, 0x7f, 0xff)],
    ['another protocol', /another protocol/, (request) => altered(request, 2, 0, 1)],
    ['a length without a function', /shorter or longer/, (request) => altered(request, 4, 0, 2)],
    ['a length beyond any frame', /shorter or longer/, (request) => altered(request, 4, 0xff, 0xff)],
    ['another unit', /another unit answered/, (request) => altered(request, 6, 9)],
    ['another function', /another function was answered/, (request) => altered(request, 7, 4)],
    ['a byte count one too low', /more or less data than it says/, (request) => altered(request, 8, 3)],
    ['a byte count one too high', /more or less data than it says/, (request) => altered(request, 8, 5)],
    [
      "another unit's exception",
      /another unit answered/,
      (request) => ({ raw: frameFor({ ...request, unitId: 9 }, exceptionAnswer(3, 2).pdu) }),
    ],
    ['an exception to another function', /another function was answered/, () => exceptionAnswer(4, 2)],
    ['an exception with more behind it', /exception came that is too long/, () => ({ pdu: Buffer.from([0x83, 2, 0]) })],
    [
      'more than the answer',
      /more came/,
      (request) => ({ raw: Buffer.concat([frameFor(request, readAnswer(3, [1, 2]).pdu), Buffer.from([0])]) }),
    ],
  ])('is given up at once on %s', async (_, message, answer) => {
    await serve((request, index) => (index === 0 ? answer(request) : readAnswer(3, [1, 2])));
    const refused = { ok: false, error: { code: 'PROTOCOL_ERROR', message: expect.stringMatching(message) } };
    expect(await line.read(TWO_WORDS)).toMatchObject(refused);
    expect(await line.read(TWO_WORDS)).toStrictEqual({ ok: true, value: [1, 2] });
    expect(server.connections()).toBe(2);
  });

  it('is given up when something comes that was not asked for', async () => {
    await serve(() => readAnswer(3, [1, 2]));
    await line.read(TWO_WORDS);
    server.requests[0]?.socket.write(Buffer.from([0]));
    await expect.poll(() => server.requests[0]?.socket.destroyed).toBe(true);
    expect(await line.read(TWO_WORDS)).toStrictEqual({ ok: true, value: [1, 2] });
    expect(server.connections()).toBe(2);
  });

  it('numbers its requests with all sixteen bits, so that a late answer meets no request of the same number', async () => {
    await serve(() => readAnswer(3, [1, 2]));
    for (let count = 0; count < 600; count++) await line.read(TWO_WORDS);
    expect(new Set(server.requests.map(({ transactionId }) => transactionId)).size).toBe(600);
    expect(server.connections()).toBe(1);
  });
});
