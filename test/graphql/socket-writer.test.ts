import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { WebSocket, WebSocketServer } from 'ws';
import { SocketWriter } from '../../src/graphql/socket-writer.ts';
import { FakeClock } from '../support/fake-clock.ts';

const BEGINNING = Buffer.from('{"id":"1","payload":');
const BODY = Buffer.from(JSON.stringify('x'.repeat(50_000)));

let server: WebSocketServer;
let client: WebSocket;
let writer: SocketWriter;
let clock: FakeClock;
let received = 0;

beforeEach(async () => {
  server = new WebSocketServer({ port: 0, host: '127.0.0.1' });
  await once(server, 'listening');
  client = new WebSocket(`ws://127.0.0.1:${(server.address() as AddressInfo).port}`);
  received = 0;
  client.on('message', (data) => {
    received++;
    expect(JSON.parse(String(data))).toMatchObject({ id: '1' });
  });
  const [socket, request] = await once(server, 'connection');
  clock = new FakeClock();
  writer = new SocketWriter(socket, request.socket, clock);
  if (client.readyState !== client.OPEN) await once(client, 'open');
});

afterEach(() => {
  client.terminate();
  server.close();
});

/** Writes until no more may be written; returns how often. */
function fill(): number {
  let count = 0;
  for (; writer.isReady; count++) writer.write(BEGINNING, BODY);
  return count;
}

describe('a client that does not take its events', () => {
  it('has little waiting for it, and is called when it has taken it', async () => {
    client.pause();
    const count = fill();
    // The network takes some megabytes; 64 KB and one event wait here.
    expect(count * BODY.length).toBeLessThan(32_000_000);
    let calls = 0;
    const callback = () => void calls++;
    writer.whenReady(callback);
    writer.whenReady(callback);
    clock.advance(29_999);
    expect(calls).toBe(0);
    client.resume();
    await expect.poll(() => calls).toBe(1);
    expect(writer.isReady).toBe(true);
    expect(clock.pendingMs).toStrictEqual([]);
    await expect.poll(() => received).toBe(count);
    clock.advance(60_000);
    expect(client.readyState).toBe(client.OPEN);
  });

  it('is let go after half a minute, and told why', async () => {
    client.pause();
    const count = fill();
    writer.whenReady(() => {});
    clock.advance(30_000);
    expect(writer.isReady).toBe(false);
    client.resume();
    const [code, reason] = await once(client, 'close');
    expect([code, String(reason)]).toStrictEqual([1013, 'nothing was taken for 30 seconds']);
    expect(received).toBe(count);
  });

  it('leaves nothing behind if it goes by itself', async () => {
    client.pause();
    fill();
    let calls = 0;
    writer.whenReady(() => void calls++);
    expect(clock.pendingMs).toStrictEqual([30_000]);
    client.terminate();
    await expect.poll(() => clock.pendingMs).toStrictEqual([]);
    expect(calls).toBe(0);
    expect(writer.isReady).toBe(false);
    writer.whenReady(() => {});
    expect(clock.pendingMs).toStrictEqual([]);
  });
});
