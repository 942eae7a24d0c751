import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { useServer } from 'graphql-ws/use/ws';
import { WebSocketServer } from 'ws';
import { OPEN_ACCESS } from '../src/domain/access.ts';
import { ReadingsLog } from '../src/graphql/readings-log.ts';
import { schema } from '../src/graphql/schema.ts';
import { serveOrders, startLoad } from './fan-out-load.ts';

/** A rival: graphql-ws as it comes, with the same schema. */
const { server, heatpumpId, emit } = await startLoad();
const { heatpumps } = server;
const context = { access: OPEN_ACCESS, heatpumps, readingsLog: new ReadingsLog(heatpumps) };
const http = createServer();
useServer({ schema, context: () => context }, new WebSocketServer({ server: http }));
http.listen(0, '127.0.0.1');
await once(http, 'listening');
serveOrders(`ws://127.0.0.1:${(http.address() as AddressInfo).port}`, heatpumpId, emit);
