import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { connect, createServer } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { systemClock } from '../../src/domain/clock.ts';
import { allowCidrs } from '../../src/modbus/address.ts';
import type { LineSettings, ReadRequest, UnitLine } from '../../src/modbus/line.ts';
import { createLines, type Lines } from '../../src/modbus/lines.ts';
import {
  type Answer,
  exceptionAnswer,
  frameFor,
  type ReceivedRequest,
  readAnswer,
  type ScriptedServer,
  startScriptedServer,
  writeAnswer,
} from '../support/scripted-server.ts';

const TIMEOUT_MS = 150;
const ONE_WORD: ReadRequest = { table: 'HOLDING', address: 7, count: 1 };

const open: { server?: ScriptedServer; lines: UnitLine[] } = { lines: [] };

afterEach(async () => {
  for (const line of open.lines.splice(0)) line.close();
  await open.server?.close();
});

const createTestLines = (): Lines => createLines(systemClock, allowCidrs(['127.0.0.0/8']));

function settings(port: number, overrides: Partial<LineSettings> = {}): LineSettings {
  const rules = { pauseMs: 0, maxIdleMs: 60_000, maxWordsPerSecond: null, oneWordFunction: 16 } as const;
  return { host: '127.0.0.1', port, unitId: 1, timeoutMs: TIMEOUT_MS, ...rules, ...overrides };
}

function track(line: UnitLine): UnitLine {
  open.lines.push(line);
  return line;
}

async function serve(script: (request: ReceivedRequest, index: number) => Answer | Promise<Answer>): Promise<UnitLine> {
  open.server = await startScriptedServer(script);
  return track(createTestLines().open(settings(open.server.port)));
}

const later = <T>(ms: number, value: T) => new Promise<T>((resolve) => setTimeout(() => resolve(value), ms));

/** A port whose queue of connections is full and never emptied: the kernel leaves further attempts unanswered. */
async function startDeafHost(): Promise<{ port: number; close: () => void }> {
  const program = `
    const server = require('node:net').createServer().listen({ port: 0, host: '127.0.0.1', backlog: 1 }, () => {
      process.stdout.write(String(server.address().port));
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 15000);
    });`;
  const child = spawn(process.execPath, ['-e', program], { stdio: ['ignore', 'pipe', 'inherit'] });
  const [output] = await once(child.stdout, 'data');
  const port = Number(output);
  const fillers = Array.from({ length: 4 }, () => connect(port, '127.0.0.1').on('error', () => {}));
  await later(50, null);
  const close = () => {
    for (const filler of fillers) filler.destroy();
    child.kill('SIGKILL');
  };
  return { port, close };
}

/** A process of its own that answers every read of one word 50 ms later, with the number 7. */
async function startOtherProcess(): Promise<{ port: number; close: () => void }> {
  const program = `
    const server = require('node:net').createServer((socket) => socket.on('data', (frame) => {
      const answer = Buffer.from([frame[0], frame[1], 0, 0, 0, 5, frame[6], frame[7], 2, 0, 7]);
      setTimeout(() => socket.write(answer), 50);
    })).listen(0, '127.0.0.1', () => process.stdout.write(String(server.address().port)));`;
  const child = spawn(process.execPath, ['-e', program], { stdio: ['ignore', 'pipe', 'inherit'] });
  const [output] = await once(child.stdout, 'data');
  return { port: Number(output), close: () => void child.kill('SIGKILL') };
}

describe('a line', () => {
  it('reads holding registers with function 3 and input registers with function 4', async () => {
    const line = await serve(({ functionCode }) => readAnswer(functionCode, [0x1234, 0xffff]));
    const request = { address: 1000, count: 2 };
    expect(await line.read({ table: 'HOLDING', ...request })).toStrictEqual({ ok: true, value: [0x1234, 0xffff] });
    expect(await line.read({ table: 'INPUT', ...request })).toStrictEqual({ ok: true, value: [0x1234, 0xffff] });
    const sent = open.server?.requests.map(({ unitId, pdu }) => [unitId, pdu.toString('hex')]);
    expect(sent).toStrictEqual([
      [1, '0303e80002'],
      [1, '0403e80002'],
    ]);
  });

  it('writes with function 16, also one word', async () => {
    const line = await serve(writeAnswer);
    expect(await line.write({ table: 'HOLDING', address: 4128, words: [0x0000, 0x4246] })).toStrictEqual({
      ok: true,
      value: undefined,
    });
    expect(await line.write({ table: 'HOLDING', address: 1032, words: [48] })).toStrictEqual({
      ok: true,
      value: undefined,
    });
    expect(open.server?.requests.map(({ pdu }) => pdu.toString('hex'))).toStrictEqual([
      '101020000204' + '00004246',
      '100408000102' + '0030',
    ]);
  });

  it('has one request in flight, whatever is asked at once', async () => {
    const line = await serve(({ functionCode }) => later(5, readAnswer(functionCode, [1])));
    const results = await Promise.all(Array.from({ length: 20 }, () => line.read(ONE_WORD)));
    expect(results.every((result) => result.ok)).toBe(true);
    expect(open.server?.maxInFlight()).toBe(1);
    expect(open.server?.connections()).toBe(1);
  });

  it('sends writes ahead of waiting reads', async () => {
    const line = await serve((request) =>
      later(5, request.functionCode === 16 ? writeAnswer(request) : readAnswer(3, [1])),
    );
    await Promise.all([
      line.read(ONE_WORD),
      line.read(ONE_WORD),
      line.read(ONE_WORD),
      line.write({ table: 'HOLDING', address: 1, words: [1] }),
    ]);
    expect(open.server?.requests.map(({ functionCode }) => functionCode)).toStrictEqual([3, 16, 3, 3]);
  });

  it('pauses between requests', async () => {
    open.server = await startScriptedServer(() => readAnswer(3, [1]));
    const line = track(createTestLines().open(settings(open.server.port, { pauseMs: 40 })));
    await Promise.all([line.read(ONE_WORD), line.read(ONE_WORD), line.read(ONE_WORD)]);
    const [first, second, third] = open.server.requests.map(({ receivedAt }) => receivedAt);
    expect((second ?? 0) - (first ?? 0)).toBeGreaterThan(35);
    expect((third ?? 0) - (second ?? 0)).toBeGreaterThan(35);
  });

  it('tells an exception apart, and keeps the connection', async () => {
    const line = await serve((_, index) => (index === 0 ? exceptionAnswer(3, 2) : readAnswer(3, [5])));
    expect(await line.read(ONE_WORD)).toMatchObject({ ok: false, error: { code: 'EXCEPTION', exceptionCode: 2 } });
    expect(await line.read(ONE_WORD)).toStrictEqual({ ok: true, value: [5] });
    expect(open.server?.connections()).toBe(1);
  });

  it('gives up on silence after its own deadline and starts a fresh connection', async () => {
    const line = await serve((_, index) => (index === 0 ? 'SILENCE' : readAnswer(3, [5])));
    const startedAt = performance.now();
    expect(await line.read(ONE_WORD)).toMatchObject({ ok: false, error: { code: 'NO_ANSWER' } });
    expect(performance.now() - startedAt).toBeLessThan(TIMEOUT_MS + 100);
    expect(await line.read(ONE_WORD)).toStrictEqual({ ok: true, value: [5] });
    expect(open.server?.connections()).toBe(2);
  });

  it('never takes a late answer for that of the next request', async () => {
    const line = await serve((request, index) => {
      if (index > 0) return readAnswer(3, [200 + index]);
      setTimeout(() => request.socket.write(frameFor(request, readAnswer(3, [99]).pdu)), TIMEOUT_MS + 20);
      return 'SILENCE';
    });
    expect(await line.read(ONE_WORD)).toMatchObject({ ok: false });
    const next = await Promise.all([line.read(ONE_WORD), later(60, null).then(() => line.read(ONE_WORD))]);
    expect(next).toStrictEqual([
      { ok: true, value: [201] },
      { ok: true, value: [202] },
    ]);
  });

  it.each<[string, (request: ReceivedRequest) => Answer]>([
    ['too few words', () => readAnswer(3, [1])],
    ['too many words', () => readAnswer(3, [1, 2, 3])],
    ['a byte count that lies', () => ({ pdu: Buffer.from([3, 2, 0, 1, 0, 2]) })],
    ['an answer to another function', () => readAnswer(4, [1, 2])],
    [
      'an answer from another unit',
      (request) => ({ raw: frameFor({ ...request, unitId: 9 }, readAnswer(3, [1, 2]).pdu) }),
    ],
  ])('refuses %s and starts a fresh connection', async (_, answer) => {
    const line = await serve((request, index) => (index === 0 ? answer(request) : readAnswer(3, [1, 2])));
    const request = { ...ONE_WORD, count: 2 };
    expect(await line.read(request)).toMatchObject({ ok: false, error: { code: 'PROTOCOL_ERROR' } });
    expect(await line.read(request)).toStrictEqual({ ok: true, value: [1, 2] });
    expect(open.server?.connections()).toBe(2);
  });

  it.each<[string, (request: ReceivedRequest) => Answer]>([
    [
      'another transaction',
      (request) => ({ raw: frameFor({ ...request, transactionId: 77 }, readAnswer(3, [1]).pdu) }),
    ],
    ['a length field gone wild', () => ({ raw: Buffer.from('00010000ffff010302', 'hex') })],
    ['rubbish', () => ({ raw: Buffer.alloc(300, 0xa5) })],
  ])('waits no longer than its deadline on %s', async (_, answer) => {
    const line = await serve((request, index) => (index === 0 ? answer(request) : readAnswer(3, [5])));
    expect(await line.read(ONE_WORD)).toMatchObject({ ok: false });
    expect(await line.read(ONE_WORD)).toStrictEqual({ ok: true, value: [5] });
  });

  it('refuses an acknowledgement of other registers', async () => {
    const line = await serve(() => ({ pdu: Buffer.from('1000090001', 'hex') }));
    expect(await line.write({ table: 'HOLDING', address: 8, words: [1] })).toMatchObject({
      ok: false,
      error: { code: 'PROTOCOL_ERROR' },
    });
  });

  it('repeats a read once, silently, when the idle connection turns out to be closed', async () => {
    const line = await serve((_, index) => (index === 1 ? 'CLOSE' : readAnswer(3, [index])));
    expect(await line.read(ONE_WORD)).toStrictEqual({ ok: true, value: [0] });
    expect(await line.read(ONE_WORD)).toStrictEqual({ ok: true, value: [2] });
    expect(open.server?.connections()).toBe(2);
  });

  it('repeats a read only once', async () => {
    const line = await serve((_, index) => (index === 0 ? readAnswer(3, [0]) : 'CLOSE'));
    await line.read(ONE_WORD);
    expect(await line.read(ONE_WORD)).toMatchObject({ ok: false, error: { code: 'CONNECTION_LOST' } });
    expect(open.server?.requests).toHaveLength(3);
  });

  it('repeats a read no sooner than the device bears', async () => {
    open.server = await startScriptedServer(({ pdu }, index) =>
      index === 4
        ? 'CLOSE'
        : readAnswer(
            3,
            Array.from({ length: pdu.readUInt16BE(3) }, () => 1),
          ),
    );
    const line = track(createTestLines().open(settings(open.server.port, { maxWordsPerSecond: 100 })));
    // By hand: 5 * 19 words are 95 in one second, so a sixth read of 19 must wait until the first is a second old.
    for (let read = 0; read < 5; read++)
      expect(await line.read({ ...ONE_WORD, count: 19 })).toMatchObject({ ok: true });
    const times = open.server.requests.map(({ receivedAt }) => receivedAt);
    expect(times).toHaveLength(6);
    expect((times[5] ?? 0) - (times[0] ?? 0)).toBeGreaterThan(1_000);
  });

  it('never repeats a write', async () => {
    const line = await serve((request) => (request.functionCode === 16 ? 'CLOSE' : readAnswer(3, [1])));
    await line.read(ONE_WORD);
    const result = await line.write({ table: 'HOLDING', address: 1, words: [1] });
    expect(result).toMatchObject({ ok: false, error: { code: 'CONNECTION_LOST' } });
    expect(open.server?.requests.filter(({ functionCode }) => functionCode === 16)).toHaveLength(1);
  });

  it('gives a write a fresh connection if the old one has been idle for long', async () => {
    open.server = await startScriptedServer((request) =>
      request.functionCode === 16 ? writeAnswer(request) : readAnswer(3, [1]),
    );
    const line = track(createTestLines().open(settings(open.server.port, { maxIdleMs: 30 })));
    await line.read(ONE_WORD);
    await later(50, null);
    expect(await line.write({ table: 'HOLDING', address: 1, words: [1] })).toMatchObject({ ok: true });
    expect(open.server.requests.map(({ connection }) => connection)).toStrictEqual([1, 2]);
  });

  it('says why there is no connection', async () => {
    const unused = createServer().listen(0, '127.0.0.1');
    await new Promise((resolve) => unused.once('listening', resolve));
    const { port } = unused.address() as { port: number };
    await new Promise((resolve) => unused.close(resolve));
    const lines = createTestLines();
    const read = (overrides: Partial<LineSettings>) => track(lines.open(settings(port, overrides))).read(ONE_WORD);
    expect(await read({})).toMatchObject({ error: { code: 'REFUSED' } });
    expect(await read({ host: 'no-such-host.invalid' })).toMatchObject({ error: { code: 'DNS_FAILED' } });
    expect(await read({ host: '192.0.2.1' })).toMatchObject({ error: { code: 'NOT_ALLOWED' } });
  });

  it('has an answer that came in time although nobody could look', async () => {
    const device = await startOtherProcess();
    const line = track(createTestLines().open(settings(device.port)));
    expect(await line.read(ONE_WORD)).toStrictEqual({ ok: true, value: [7] });
    const answer = line.read(ONE_WORD);
    await later(10, null);
    // From here the next to come in a turn of the event loop are the timers.
    await new Promise(setImmediate);
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 3 * TIMEOUT_MS);
    expect(await answer).toStrictEqual({ ok: true, value: [7] });
    device.close();
  });

  it('times out where nobody answers the connection attempt', async () => {
    const host = await startDeafHost();
    const result = await track(createTestLines().open(settings(host.port))).read(ONE_WORD);
    host.close();
    expect(result).toMatchObject({ ok: false, error: { code: 'TIMEOUT' } });
  });

  it('settles everything when it is closed', async () => {
    const line = await serve(() => 'SILENCE');
    const reads = [line.read(ONE_WORD), line.read(ONE_WORD), line.read(ONE_WORD)];
    await later(20, null);
    line.close();
    const codes = (await Promise.all(reads)).map((result) => (result.ok ? 'OK' : result.error.code));
    expect(codes).toStrictEqual(['CONNECTION_LOST', 'CANCELLED', 'CANCELLED']);
    expect(await line.read(ONE_WORD)).toMatchObject({ error: { code: 'CANCELLED' } });
    await later(20, null);
    expect(open.server?.connections()).toBe(1);
  });

  it('keeps no connection, and sends nothing, if it is closed while it connects', async () => {
    const line = await serve(() => readAnswer(3, [1]));
    const read = line.read(ONE_WORD);
    line.close();
    expect(await read).toMatchObject({ ok: false, error: { code: 'CANCELLED' } });
    await expect.poll(() => open.server?.openConnections()).toBe(0);
    expect(open.server?.requests).toStrictEqual([]);
  });

  it('bounds what may wait', async () => {
    const line = await serve(() => 'SILENCE');
    const reads = Array.from({ length: 102 }, () => line.read(ONE_WORD));
    expect(await reads.at(-1)).toMatchObject({
      error: { code: 'CANCELLED', message: 'too many requests are waiting' },
    });
    line.close();
    await Promise.all(reads);
  });
});

describe('units behind one gateway', () => {
  it('share the connection, one request in flight, each under its own unit id', async () => {
    open.server = await startScriptedServer(({ unitId }) => later(3, readAnswer(3, [unitId * 100])));
    const lines = createTestLines();
    const { port } = open.server;
    const units = [1, 2, 3].map((unitId) => track(lines.open(settings(port, { unitId }))));
    const results = await Promise.all([...units, ...units, ...units].map((line) => line.read(ONE_WORD)));
    expect(results).toStrictEqual(
      [100, 200, 300, 100, 200, 300, 100, 200, 300].map((word) => ({ ok: true, value: [word] })),
    );
    expect(open.server.maxInFlight()).toBe(1);
    expect(open.server.connections()).toBe(1);
  });

  it('keep it until the last one is closed', async () => {
    open.server = await startScriptedServer(() => readAnswer(3, [1]));
    const lines = createTestLines();
    const first = track(lines.open(settings(open.server.port, { unitId: 1 })));
    const second = track(lines.open(settings(open.server.port, { unitId: 2 })));
    await first.read(ONE_WORD);
    first.close();
    expect(await second.read(ONE_WORD)).toMatchObject({ ok: true });
    expect(open.server.connections()).toBe(1);
    second.close();
    const third = track(lines.open(settings(open.server.port)));
    expect(await third.read(ONE_WORD)).toMatchObject({ ok: true });
    expect(open.server.connections()).toBe(2);
  });
});
