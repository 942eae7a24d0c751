import { serveOrders, startLoad } from './fan-out-load.ts';

/** Our side: the whole server. */
const { server, heatpumpId, emit } = await startLoad();
serveOrders(`${server.url.replace('http', 'ws')}/graphql`, heatpumpId, emit);
