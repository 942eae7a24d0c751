import { once } from 'node:events';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import { systemClock } from '../src/domain/clock.ts';
import { simulatedDevice } from '../src/simulator/simulator.ts';
import { MODEL, MODEL_CONFIG } from './workload.ts';

/**
 * A process that answers the reads of a Navigator 2.0 at once, on as many ports as its argument says. Each answer is
 * made once and then sent from memory, so that the device costs next to nothing. Sends the ports to its parent.
 */
const device = simulatedDevice({
  model: MODEL,
  config: MODEL_CONFIG,
  seed: 1,
  speed: 1,
  effectDelayMs: 0,
  latencyMs: 0,
  idleTimeoutMs: 0,
  clock: systemClock,
});
const answers = new Map<number, Buffer>();

/** The PDU that answers a read; one frame has both its numbers, so they make up the key. */
function answerTo(frame: Buffer): Buffer {
  const key = frame.readUInt32BE(8);
  const known = answers.get(key);
  if (known) return known;
  const words = device.read('HOLDING', frame.readUInt16BE(8), frame.readUInt16BE(10));
  const pdu = typeof words === 'number' ? Buffer.from([0x83, words]) : Buffer.alloc(2 + 2 * words.length);
  if (typeof words !== 'number') {
    pdu.set([3, 2 * words.length]);
    for (const [index, word] of words.entries()) pdu.writeUInt16BE(word, 2 + 2 * index);
  }
  answers.set(key, pdu);
  return pdu;
}

/** Both clients send whole frames, one at a time. */
function serve(socket: Socket): void {
  socket.setNoDelay(true);
  socket.on('error', () => socket.destroy());
  socket.on('data', (frame: Buffer) => {
    const pdu = answerTo(frame);
    const answer = Buffer.allocUnsafe(7 + pdu.length);
    frame.copy(answer, 0, 0, 7);
    answer.writeUInt16BE(pdu.length + 1, 4);
    pdu.copy(answer, 7);
    socket.write(answer);
  });
}

const ports: number[] = [];
for (let count = Number(process.argv[2] ?? 1); count > 0; count--) {
  const server = createServer(serve).listen(0, '127.0.0.1');
  await once(server, 'listening');
  ports.push((server.address() as AddressInfo).port);
}
process.send?.(ports);
