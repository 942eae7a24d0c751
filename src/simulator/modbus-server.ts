import { createServer, type Server, type Socket } from 'node:net';

/** A Modbus exception code. */
export type ExceptionCode = 1 | 2 | 3 | 4 | 6;

/** What answers at one unit id. */
export interface ModbusDevice {
  /** The words from `address` on, or an exception. Holding and input registers are the same here. */
  read(address: number, count: number): readonly number[] | ExceptionCode;
  /** Takes over words; null: acknowledged. */
  write(address: number, words: readonly number[]): ExceptionCode | null;
}

/** How the server behaves on the line. */
export interface ServerOptions {
  /** Time to an answer. */
  readonly latencyMs: number;
  /** A connection without requests is closed after this time; 0: never. */
  readonly idleTimeoutMs: number;
}

/** A running server. */
export interface ModbusServer {
  readonly port: number;
  /** Closes all connections and the port. */
  close(): Promise<void>;
}

const HEADER_BYTES = 7;
const MAX_PDU_BYTES = 253;
const ILLEGAL_FUNCTION = 1;
const ILLEGAL_VALUE = 3;

/**
 * Modbus TCP on a real socket, for the functions 3, 4, 6 and 16. Requests of a connection are answered one after the
 * other. A unit id that nobody answers to is met with silence, as behind most gateways.
 */
export async function listenModbus(
  devices: ReadonlyMap<number, ModbusDevice>,
  host: string,
  port: number,
  options: ServerOptions,
): Promise<ModbusServer> {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    serve(socket, devices, options);
  });
  const actualPort = await listen(server, host, port);
  const close = () =>
    new Promise<void>((resolve) => {
      server.close(() => resolve());
      for (const socket of sockets) socket.destroy();
    });
  return { port: actualPort, close };
}

function listen(server: Server, host: string, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => {
      const address = server.address();
      resolve(typeof address === 'object' && address ? address.port : port);
    });
  });
}

function serve(socket: Socket, devices: ReadonlyMap<number, ModbusDevice>, options: ServerOptions): void {
  let received = Buffer.alloc(0);
  let answering = Promise.resolve();
  socket.setNoDelay(true);
  socket.on('error', () => socket.destroy());
  if (options.idleTimeoutMs > 0) socket.setTimeout(options.idleTimeoutMs, () => socket.destroy());
  socket.on('data', (data: Buffer) => {
    received = Buffer.concat([received, data]);
    for (let frame = takeFrame(received); frame; frame = takeFrame(received)) {
      if (frame === 'MALFORMED') return void socket.destroy();
      const request = frame;
      received = received.subarray(request.length);
      answering = answering.then(() => answer(socket, request, devices, options.latencyMs));
    }
  });
}

/** The first complete frame, null while it is incomplete. */
function takeFrame(received: Buffer): Buffer | 'MALFORMED' | null {
  if (received.length < HEADER_BYTES + 1) return null;
  const length = received.readUInt16BE(4);
  if (received.readUInt16BE(2) !== 0 || length < 2 || length > MAX_PDU_BYTES + 1) return 'MALFORMED';
  return received.length < 6 + length ? null : received.subarray(0, 6 + length);
}

async function answer(
  socket: Socket,
  request: Buffer,
  devices: ReadonlyMap<number, ModbusDevice>,
  latencyMs: number,
): Promise<void> {
  const device = devices.get(request.readUInt8(6));
  if (!device) return;
  const pdu = respond(device, request.subarray(HEADER_BYTES));
  if (latencyMs > 0) await new Promise((resolve) => setTimeout(resolve, latencyMs));
  if (socket.destroyed) return;
  const header = Buffer.from(request.subarray(0, HEADER_BYTES));
  header.writeUInt16BE(pdu.length + 1, 4);
  socket.write(Buffer.concat([header, pdu]));
}

/** The answer to one request, both without the header. */
function respond(device: ModbusDevice, pdu: Buffer): Buffer {
  const functionCode = pdu.readUInt8(0);
  const isRead = functionCode === 3 || functionCode === 4;
  if (isRead && pdu.length === 5) return respondToRead(device, functionCode, pdu.readUInt16BE(1), pdu.readUInt16BE(3));
  if (functionCode === 6 && pdu.length === 5) {
    return acknowledge(functionCode, device.write(pdu.readUInt16BE(1), wordsOf(pdu.subarray(3))), pdu);
  }
  if (functionCode === 16 && pdu.length >= 6 && pdu.length === 6 + 2 * pdu.readUInt16BE(3)) {
    return acknowledge(functionCode, device.write(pdu.readUInt16BE(1), wordsOf(pdu.subarray(6))), pdu.subarray(0, 5));
  }
  return exception(functionCode, [3, 4, 6, 16].includes(functionCode) ? ILLEGAL_VALUE : ILLEGAL_FUNCTION);
}

function respondToRead(device: ModbusDevice, functionCode: number, address: number, count: number): Buffer {
  if (count < 1 || count > 125) return exception(functionCode, ILLEGAL_VALUE);
  const words = device.read(address, count);
  if (typeof words === 'number') return exception(functionCode, words);
  const pdu = Buffer.alloc(2 + 2 * count);
  pdu.writeUInt8(functionCode, 0);
  pdu.writeUInt8(2 * count, 1);
  words.forEach((word, index) => void pdu.writeUInt16BE(word, 2 + 2 * index));
  return pdu;
}

function acknowledge(functionCode: number, refused: ExceptionCode | null, echo: Buffer): Buffer {
  return refused === null ? echo : exception(functionCode, refused);
}

function exception(functionCode: number, code: ExceptionCode): Buffer {
  return Buffer.from([functionCode | 0x80, code]);
}

function wordsOf(bytes: Buffer): number[] {
  return Array.from({ length: bytes.length / 2 }, (_, index) => bytes.readUInt16BE(2 * index));
}
