import { networkInterfaces } from 'node:os';
import { afterEach, describe, expect, it } from 'vitest';
import { systemClock } from '../../src/domain/clock.ts';
import { allowCidrs, exceptOwn, type Lookup } from '../../src/modbus/address.ts';
import { createLines } from '../../src/modbus/lines.ts';
import { readAnswer, type ScriptedServer, startScriptedServer } from '../support/scripted-server.ts';

const EVERYTHING = ['0.0.0.0/0', '::/0'];

describe('the networks that may be connected to', () => {
  it.each([
    ['10.1.2.3', true],
    ['::ffff:10.1.2.3', true],
    ['::ffff:a01:203', true],
    ['0:0:0:0:0:ffff:0a01:0203', true],
    ['fd12::1', true],
    ['11.1.2.3', false],
    ['::ffff:11.1.2.3', false],
    ['::ffff:b01:203', false],
    ['fe80::1', false],
    ['10.1.2', false],
    ['10.1.2.3.4', false],
    ['010.1.2.3', false],
    ['0x0a.1.2.3', false],
    ['167838211', false],
    ['fd12::1%eth0', false],
    ['pump', false],
    ['', false],
  ])('contain the address %j: %s', (ip, isAllowed) => {
    expect(allowCidrs(['10.0.0.0/8', 'fc00::/7'])(ip)).toBe(isAllowed);
  });

  it.each([
    ['this network', '0.0.0.0'],
    ['this network', '0.1.2.3'],
    ['multicast', '224.0.0.1'],
    ['multicast', '239.255.255.250'],
    ['what is reserved', '240.0.0.1'],
    ['broadcast', '255.255.255.255'],
    ['the unspecified address', '::'],
    ['multicast', 'ff02::1'],
    ['this network, mapped', '::ffff:0.0.0.0'],
    ['broadcast, mapped', '::ffff:ffff:ffff'],
    ['link-local', '169.254.1.1'],
    ['the metadata of clouds', '169.254.169.254'],
    ['the metadata of clouds, mapped', '::ffff:169.254.169.254'],
    ['the metadata of clouds, mapped in hex', '::ffff:a9fe:a9fe'],
    ['the metadata of clouds behind NAT64', '64:ff9b::a9fe:a9fe'],
    ['the metadata of clouds behind 6to4', '2002:a9fe:a9fe::1'],
    ['link-local', 'fe80::1'],
    ['link-local with a zone', 'fe80::1%lo'],
    ['metadata of AWS', 'fd00:ec2::254'],
    ['metadata of Alibaba', '100.100.100.200'],
    ['metadata of Azure', '168.63.129.16'],
  ])('never contain %s by the way: %s', (_, ip) => {
    expect(allowCidrs(EVERYTHING)(ip)).toBe(false);
  });

  it('contain a link-local address that is named alone, but neither its neighbour nor what no device can have', () => {
    const isAllowed = allowCidrs(['169.254.7.9/32', 'fe80::7/128', '255.255.255.255/32', '0.0.0.0/32', '::/128']);
    const asked = [
      '169.254.7.9',
      '::ffff:169.254.7.9',
      'fe80::7',
      '169.254.7.8',
      'fe80::8',
      '255.255.255.255',
      '0.0.0.0',
      '::',
    ];
    expect(asked.filter((ip) => isAllowed(ip))).toStrictEqual(['169.254.7.9', '::ffff:169.254.7.9', 'fe80::7']);
  });
});

describe('the own port', () => {
  const own = Object.values(networkInterfaces()).flatMap((addresses) =>
    (addresses ?? []).map(({ address }) => address),
  );
  const isAllowed = exceptOwn(
    () => true,
    () => 4000,
  );

  it.each(['127.0.0.1', '127.1.2.3', '::1', '::ffff:127.0.0.1', '::ffff:7f00:1', ...new Set(own)])(
    'is refused at %s, and no other port there',
    (ip) => {
      expect([isAllowed(ip, 4000), isAllowed(ip, 4001), isAllowed(ip, 502)]).toStrictEqual([false, true, true]);
    },
  );

  it('is no business of other computers', () => {
    expect([isAllowed('192.0.2.7', 4000), isAllowed('2001:db8::7', 4000)]).toStrictEqual([true, true]);
  });
});

describe('a name that means one address when it is checked and another when it is used', () => {
  let server: ScriptedServer;
  afterEach(() => server.close());

  it('is asked about once for each connection, and connected to where it was found, or not at all', async () => {
    const answers = [['127.0.0.1'], ['169.254.169.254'], ['192.0.2.1', '127.0.0.1'], []];
    let asked = 0;
    const lookup: Lookup = async () => (answers[asked++] ?? []).map((address) => ({ address }));
    server = await startScriptedServer(() => readAnswer(3, [7]));
    const rules = { pauseMs: 0, maxIdleMs: 60_000, maxWordsPerSecond: null, oneWordFunction: 16 } as const;
    const at = { host: 'pump.example', port: server.port, unitId: 1, timeoutMs: 2_000 };
    const line = createLines(systemClock, allowCidrs(['127.0.0.0/8']), lookup).open({ ...at, ...rules });
    const read = async () => {
      const result = await line.read({ table: 'HOLDING', address: 7, count: 1 });
      for (const { socket } of server.requests) socket.destroy();
      await new Promise((resolve) => setTimeout(resolve, 20));
      return result.ok ? 'OK' : result.error.code;
    };
    expect([await read(), await read(), await read(), await read()]).toStrictEqual([
      'OK',
      'NOT_ALLOWED',
      'OK',
      'NOT_ALLOWED',
    ]);
    expect([asked, server.connections()]).toStrictEqual([4, 2]);
    line.close();
  });
});
