import modbusSerial from 'modbus-serial';
import { answerRounds } from './rounds.ts';
import { requestsOfPoll } from './workload.ts';

/** The rival: modbus-serial in a loop, with the timeout without which it may never settle, and nothing around it. */
const { default: ModbusRTU } = modbusSerial;
const client = new ModbusRTU();
await client.connectTCP('127.0.0.1', { port: Number(process.argv[2]) });
client.setID(1);
client.setTimeout(3_000);
const requests = requestsOfPoll();

answerRounds(async () => {
  for (const { address, count } of requests) await client.readHoldingRegisters(address, count);
});
