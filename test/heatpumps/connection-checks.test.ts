import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { FakeClock } from '../support/fake-clock.ts';
import { buildHouse, type House } from '../support/house.ts';
import { readAnswer, type ScriptedServer, startScriptedServer } from '../support/scripted-server.ts';

const MODEL = { manufacturer: 'idm', model: 'navigator_2_0' };

let clock: FakeClock;
let house: House;
let device: ScriptedServer;

beforeEach(async () => {
  clock = new FakeClock();
  house = await buildHouse(clock);
  device = await startScriptedServer(({ functionCode }) => readAnswer(functionCode, [0, 0]));
});
afterEach(async () => {
  await house.close();
  await device.close();
});

const at = (port = device.port, host = '127.0.0.1') => ({ ...MODEL, connection: { host, port, timeoutMs: 300 } });
/** The code of the test, or of its refusal. */
const test = (caller: string | null, target: object = at()) =>
  house.manager.testConnection(target, caller).then(
    ({ code }) => code,
    (thrown: { code: string }) => thrown.code,
  );

async function repeat(times: number, action: () => Promise<string>): Promise<string[]> {
  const codes: string[] = [];
  for (let count = 0; count < times; count++) codes.push(await action());
  return codes;
}

describe('tests of connections', () => {
  it('are twenty at once for each caller, then one every three seconds, which the refusal tells', async () => {
    const codes = await repeat(21, () => test('eve'));
    expect(codes.slice(0, 20)).not.toContain('RATE_LIMITED');
    expect(codes[20]).toBe('RATE_LIMITED');
    const refusal = await house.manager.testConnection(at(), 'eve').catch((thrown: unknown) => thrown);
    expect(refusal).toMatchObject({ retryAfterMs: 3_000, message: 'too many connection tests; try again in 3 s' });
    expect(await test('adam')).not.toBe('RATE_LIMITED');
    clock.advance(3_000);
    expect(await repeat(2, () => test('eve'))).toStrictEqual([codes[0], 'RATE_LIMITED']);
  });

  it('are sixty at once for all callers together', async () => {
    const codes = await repeat(61, () => test(`caller ${device.requests.length % 7}`));
    expect(codes.indexOf('RATE_LIMITED')).toBe(60);
  });

  it('do not reach out when they are refused', async () => {
    await repeat(20, () => test('eve'));
    const { length } = device.requests;
    await repeat(5, () => test('eve'));
    expect(device.requests).toHaveLength(length);
  });

  it('are one at a time for each endpoint', async () => {
    const silent = await startScriptedServer(() => 'SILENCE');
    const both = await Promise.all([test('eve', at(silent.port)), test('adam', at(silent.port))]);
    expect(both).toStrictEqual(['NO_ANSWER', 'CONFLICT']);
    await silent.close();
  });

  it('are noted with who asked', async () => {
    await test('eve');
    expect(house.log.lines).toContain('info connection tested');
  });

  it('repeat nothing of what another service answers', async () => {
    const secret = 'SESAME';
    const other = createServer((_, response) => response.end(secret));
    await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
    const { port } = other.address() as AddressInfo;
    const raw = await startScriptedServer(() => ({ raw: Buffer.from(`${secret} 220 mail ready\r\n`) }));
    for (const target of [at(port), at(raw.port)]) {
      const result = await house.manager.testConnection(target, 'eve');
      expect(JSON.stringify(result)).not.toMatch(/SESAME|HTTP|220|mail|\b(21331|18516|20053)\b/);
      expect(result).toMatchObject({ latencyMs: null, firmware: null, readings: [] });
    }
    other.close();
    other.closeAllConnections();
    await raw.close();
  });

  it.each([
    '127.1',
    '127.0.1',
    '2130706433',
    '017700000001',
    '0x7f000001',
    '0x7f.0.0.1',
    '0177.0.0.1',
    '127.0.0.1.',
    '127.0.0.0x1',
    '::ffff:127.0.0.1%lo',
    'fe80::1%lo',
    '[::1]',
    '::1/128',
    'http://127.0.0.1',
    '127.0.0.1/',
    'user@127.0.0.1',
    '127.0.0.1#',
    '127.0.0.1\u0000.example',
    '１２７.0.0.1',
    '127。0。0。1',
  ])('do not take the spelling %j', async (host) => {
    expect(await test('eve', at(device.port, host))).toBe('BAD_USER_INPUT');
    expect(device.connections()).toBe(0);
  });
});

describe('heat pumps added by a caller', () => {
  const add = (host: string, caller: string | null, more: object = {}) =>
    house.manager.add({ name: host, ...at(502, host), ...more }, caller).then(
      () => 'ADDED',
      (thrown: { code: string }) => thrown.code,
    );

  it('may be read at 120 new places, and then at one more every three seconds', async () => {
    const codes: string[] = [];
    for (let count = 0; count < 122; count++) codes.push(await add(`h${count}.invalid`, 'eve'));
    expect(codes.indexOf('RATE_LIMITED')).toBe(120);
    expect(await add('h0.invalid', 'eve', { connection: { host: 'h0.invalid', unitId: 2 } })).toBe('ADDED');
    expect(await add('off.invalid', 'eve', { enabled: false })).toBe('ADDED');
    const [off] = house.manager.list().filter(({ settings }) => !settings.enabled);
    const enabled = house.manager.setEnabled(off?.settings.id ?? '', true, 'eve');
    await expect(enabled).rejects.toMatchObject({ code: 'RATE_LIMITED' });
    expect(await add('own.invalid', null)).toBe('ADDED');
    clock.advance(3_000);
    expect(await add('next.invalid', 'eve')).toBe('ADDED');
  });
});
