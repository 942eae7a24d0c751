import { createDeviceLayer } from './device-layer.ts';
import { answerRounds } from './rounds.ts';
import { hurriedDriver, MODEL_CONFIG } from './workload.ts';

/** Our side: the device layer with one listener, polling one heat pump when it is told to. */
const driver = hurriedDriver();
const { manager, bus } = createDeviceLayer(driver, 3_600_000);
const { settings } = await manager.add({
  name: 'Bench',
  manufacturer: driver.manufacturer.id,
  model: driver.id,
  connection: { host: '127.0.0.1', port: Number(process.argv[2]) },
  config: MODEL_CONFIG,
});
bus.on('snapshot', () => {});

answerRounds(async () => {
  const outcome = await manager.read(settings.id);
  if (!outcome.ok) throw new Error(outcome.error.message);
});
