import { WebSocket } from 'ws';
import { nowMs, QUERY } from './fan-out-load.ts';

/** What the process with the subscribers is asked for, by its parent. */
export type ClientOrder =
  | { readonly connect: string; readonly heatpumpId: string; readonly count: number; readonly isRaw: boolean }
  | { readonly expect: string }
  | { readonly pause: string; readonly count: number }
  | { readonly close: string };

/** How so many addresses of this machine are shared, as if the subscribers were in many homes. */
const ADDRESSES = 50;

/** The subscribers of one server. */
interface Crowd {
  readonly sockets: WebSocket[];
  readonly paused: Set<WebSocket>;
  arrivals: number[];
  isExpected: boolean;
  lastMessage: string;
}

const crowds = new Map<string, Crowd>();

/** Opens a connection and subscribes; resolves with the first event, or once open if there is no protocol. */
function open(url: string, heatpumpId: string, index: number, isRaw: boolean, crowd: Crowd): Promise<void> {
  return new Promise((resolve, reject) => {
    const localAddress = `127.0.1.${1 + (index % ADDRESSES)}`;
    const socket = new WebSocket(url, 'graphql-transport-ws', { localAddress, perMessageDeflate: false });
    crowd.sockets.push(socket);
    const send = (message: object) => socket.send(JSON.stringify(message));
    socket.on('error', reject);
    socket.once('open', () => {
      if (isRaw) return resolve();
      send({ type: 'connection_init' });
      socket.once('message', () => {
        const variables = { heatpumpIds: [heatpumpId] };
        send({ type: 'subscribe', id: crypto.randomUUID(), payload: { query: QUERY, variables } });
        socket.once('message', (data) => {
          if (!String(data).includes('"readings"')) reject(new Error(String(data).slice(0, 500)));
          resolve();
        });
      });
    });
    socket.on('message', (data) => {
      if (crowd.isExpected && !crowd.paused.has(socket)) arrive(crowd, data as Buffer);
    });
  });
}

function arrive(crowd: Crowd, data: Buffer): void {
  crowd.arrivals.push(nowMs());
  if (crowd.arrivals.length < crowd.sockets.length - crowd.paused.size) return;
  crowd.isExpected = false;
  process.send?.({ arrivals: crowd.arrivals, message: String(data) });
}

process.on('message', async (order: ClientOrder) => {
  if ('connect' in order) {
    const crowd: Crowd = { sockets: [], paused: new Set(), arrivals: [], isExpected: false, lastMessage: '' };
    crowds.set(order.connect, crowd);
    const startedAt = nowMs();
    const opening = Array.from({ length: order.count }, (_, index) =>
      open(order.connect, order.heatpumpId, index, order.isRaw, crowd),
    );
    await Promise.all(opening);
    return process.send?.({ tookMs: nowMs() - startedAt });
  }
  const crowd = crowds.get(Object.values(order)[0] as string);
  if (!crowd) throw new RangeError(`no crowd for ${JSON.stringify(order)}`);
  if ('expect' in order) {
    crowd.arrivals = [];
    crowd.isExpected = true;
    return process.send?.({});
  }
  if ('pause' in order) {
    for (const socket of crowd.sockets.slice(0, order.count)) {
      socket.pause();
      crowd.paused.add(socket);
    }
    return process.send?.({});
  }
  for (const socket of crowd.sockets) socket.terminate();
  crowds.delete(order.close);
  return process.send?.({});
});
