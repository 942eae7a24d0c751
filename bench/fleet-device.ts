import { once } from 'node:events';
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';
import { FLEET_REGISTERS } from './fleet-model.ts';

/**
 * A process with as many units as its first argument says, each on a port of its own: every read of a unit's registers is
 * answered at once from memory, and nothing else. The second argument is the share of them that go away and come back again
 * and again while the parent says so. Sends the ports to its parent.
 */
const HEADER_BYTES = 7;
const values = Buffer.alloc(2 * FLEET_REGISTERS);
for (let index = 0; index < FLEET_REGISTERS; index++) values.writeUInt16BE(200 + index, 2 * index);

const sockets = new Map<Server, Set<Socket>>();
const flapping: (() => Promise<void>)[] = [];
let isCalm = false;
process.on('message', (order: 'FLAP' | 'CALM') => {
  isCalm = order === 'CALM';
  if (!isCalm) for (const begin of flapping) void begin();
});

/** All clients send whole frames, one at a time. */
function serve(server: Server, socket: Socket): void {
  const open = sockets.get(server);
  open?.add(socket);
  socket.on('close', () => open?.delete(socket));
  socket.setNoDelay(true);
  socket.on('error', () => socket.destroy());
  socket.on('data', (frame: Buffer) => {
    const bytes = 2 * frame.readUInt16BE(10);
    const answer = Buffer.allocUnsafe(HEADER_BYTES + 2 + bytes);
    frame.copy(answer, 0, 0, HEADER_BYTES);
    answer.writeUInt16BE(bytes + 3, 4);
    answer.set([3, bytes], HEADER_BYTES);
    values.copy(answer, HEADER_BYTES + 2, 2 * frame.readUInt16BE(8), 2 * frame.readUInt16BE(8) + bytes);
    // Values change, as those of a running machine do.
    answer.writeUInt16BE(Math.floor(Math.random() * 1_000), HEADER_BYTES + 2);
    socket.write(answer);
  });
}

/** Now there, now away, both for some seconds; what is under way when it goes is cut off. */
async function flap(server: Server, port: number): Promise<void> {
  const someSeconds = () => new Promise((resolve) => setTimeout(resolve, 1_000 + Math.random() * 7_000));
  while (!isCalm) {
    await someSeconds();
    server.close();
    for (const socket of sockets.get(server) ?? []) socket.resetAndDestroy();
    await someSeconds();
    // Somebody's outgoing connection may have taken the port meanwhile.
    while (!(await isBack(server, port))) await someSeconds();
  }
}

function isBack(server: Server, port: number): Promise<boolean> {
  server.listen(port, '127.0.0.1');
  return once(server, 'listening').then(
    () => true,
    () => false,
  );
}

const [units = 0, flappingShare = 0] = process.argv.slice(2).map(Number);
const ports: number[] = [];
for (let index = 0; index < units; index++) {
  const server: Server = createServer((socket) => serve(server, socket)).listen(0, '127.0.0.1');
  sockets.set(server, new Set());
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  ports.push(port);
  if (index < units * flappingShare) flapping.push(() => flap(server, port));
}
process.send?.(ports);
