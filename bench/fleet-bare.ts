import modbusSerial from 'modbus-serial';
import { FLEET_INTERVAL_MS, FLEET_REGISTERS } from './fleet-model.ts';
import { measureFleet } from './fleet-window.ts';

/** The rival: modbus-serial in a loop for each unit, begun one after the other, with nothing around it. */
const { default: ModbusRTU } = modbusSerial;
const ports = process.argv.slice(2).map(Number);
const readAt = ports.map(() => Date.now());
let reads = 0;

async function poll(port: number, index: number): Promise<void> {
  const client = new ModbusRTU();
  await client.connectTCP('127.0.0.1', { port });
  client.setID(1);
  client.setTimeout(3_000);
  const begunAt = performance.now() + (index / ports.length) * FLEET_INTERVAL_MS;
  for (let count = 0; ; count++) {
    const waitMs = begunAt + count * FLEET_INTERVAL_MS - performance.now();
    await new Promise((resolve) => setTimeout(resolve, Math.max(0, waitMs)));
    await client.readHoldingRegisters(0, FLEET_REGISTERS);
    readAt[index] = Date.now();
    reads++;
  }
}

for (const [index, port] of ports.entries()) void poll(port, index);
await measureFleet({ reads: () => reads, readAt: () => readAt, stop: async () => {} });
