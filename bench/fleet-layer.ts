import { systemClock } from '../src/domain/clock.ts';
import { createDeviceLayer } from './device-layer.ts';
import { FLEET_INTERVAL_MS, fleetDriver } from './fleet-model.ts';
import { measureFleet } from './fleet-window.ts';

/** Our device layer: everything from the line to a snapshot on the bus, with one listener. Only the database is left out. */
const readAt = new Map<string, number>();
let reads = 0;
const { manager, bus } = createDeviceLayer(fleetDriver, FLEET_INTERVAL_MS);
bus.on('snapshot', ({ heatpumpId, observedAt }) => {
  readAt.set(heatpumpId, observedAt);
  reads++;
});
for (const port of process.argv.slice(2).map(Number)) {
  const { id, manufacturer } = fleetDriver;
  const connection = { host: '127.0.0.1', port };
  const { settings } = await manager.add({
    name: `Port ${port}`,
    manufacturer: manufacturer.id,
    model: id,
    connection,
  });
  readAt.set(settings.id, systemClock.now());
}
await measureFleet({ reads: () => reads, readAt: () => [...readAt.values()], stop: () => manager.stop() });
