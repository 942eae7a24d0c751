import { startFleetServer } from './whole-server.ts';

/** Our side: a whole server that polls its heat pumps each second meanwhile; told by its arguments where they are. */
const server = await startFleetServer(process.argv.slice(2).map(Number));
process.on('message', () => process.send?.(process.cpuUsage()));
process.send?.(server.url);
