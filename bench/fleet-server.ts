import { measureFleet } from './fleet-window.ts';
import { startFleetServer } from './whole-server.ts';

/** The whole server, reading a unit at each port given as an argument. */
const { heatpumps, stop } = await startFleetServer(process.argv.slice(2).map(Number));
const all = () => heatpumps.list();
await measureFleet({
  reads: () => all().reduce((sum, { counters }) => sum + counters.requests, 0),
  readAt: () => all().map(({ status }) => status.lastReadAt ?? 0),
  stop,
});
