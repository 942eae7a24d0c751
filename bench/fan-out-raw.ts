import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { WebSocketServer } from 'ws';
import { serveOrders } from './fan-out-load.ts';

/** A rival: ws that sends the same bytes to everybody, and knows nothing of GraphQL. */
const server = new WebSocketServer({ port: 0, host: '127.0.0.1', handleProtocols: () => 'graphql-transport-ws' });
await once(server, 'listening');
let message = Buffer.alloc(0);
const broadcast = () => {
  for (const client of server.clients) client.send(message, { binary: false });
};
serveOrders(`ws://127.0.0.1:${(server.address() as AddressInfo).port}`, '', broadcast, (text) => {
  message = Buffer.from(text);
});
