import { createServer, type Server, type Socket } from 'node:net';
import type { RegisterTable } from '../domain/register.ts';

/** A Modbus exception code. */
export type ExceptionCode = 1 | 2 | 3 | 4 | 6;

/** What answers at one unit id. */
export interface ModbusDevice {
  /** The words (of coils and discrete inputs: 0 or 1) from `address` on, or an exception. */
  read(table: RegisterTable, address: number, count: number): readonly number[] | ExceptionCode;
  /** Takes over words; null: acknowledged. */
  write(table: RegisterTable, address: number, words: readonly number[]): ExceptionCode | null;
}

/** A device that more than so many words within a second make restart. */
export interface Overload {
  readonly maxWordsPerSecond: number;
  readonly restartMs: number;
}

/** How the server behaves on the line. */
export interface ServerOptions {
  /** Time to an answer. */
  readonly latencyMs: number;
  /** A connection without requests is closed after this time; 0: never. */
  readonly idleTimeoutMs: number;
  readonly overload?: Overload | null;
}

/** A running server. */
export interface ModbusServer {
  readonly port: number;
  /** How often the device has restarted. */
  readonly restarts: number;
  /** Closes all connections and the port. */
  close(): Promise<void>;
}

const HEADER_BYTES = 7;
const MAX_PDU_BYTES = 253;
const ILLEGAL_FUNCTION = 1;
const ILLEGAL_VALUE = 3;

/** The table that each function reads. */
const READ_FUNCTIONS: Readonly<Record<number, RegisterTable>> = { 1: 'COIL', 2: 'DISCRETE', 3: 'HOLDING', 4: 'INPUT' };
const WRITE_FUNCTIONS: readonly number[] = [5, 6, 16];

/**
 * Modbus TCP on a real socket, for the functions 1 to 6 and 16. Requests of a connection are answered one after the
 * other. A unit id that nobody answers to is met with silence, as behind most gateways.
 */
export async function listenModbus(
  devices: ReadonlyMap<number, ModbusDevice>,
  host: string,
  port: number,
  options: ServerOptions,
): Promise<ModbusServer> {
  const sockets = new Set<Socket>();
  let restarts = 0;
  let isDown = false;
  const restart = ({ restartMs }: Overload) => {
    restarts++;
    isDown = true;
    for (const socket of sockets) socket.destroy();
    setTimeout(() => {
      isDown = false;
    }, restartMs).unref();
  };
  const countWords = options.overload ? overloadGuard(options.overload, restart) : () => {};
  const server = createServer((socket) => {
    if (isDown) return void socket.destroy();
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    serve(socket, devices, options, countWords);
  });
  const actualPort = await listen(server, host, port);
  const close = () =>
    new Promise<void>((resolve) => {
      server.close(() => resolve());
      for (const socket of sockets) socket.destroy();
    });
  return {
    port: actualPort,
    get restarts() {
      return restarts;
    },
    close,
  };
}

/** Counts the words asked for and calls `restart` when they are too many within a second. */
function overloadGuard(overload: Overload, restart: (overload: Overload) => void): (words: number) => void {
  let recent: { readonly at: number; readonly words: number }[] = [];
  return (words) => {
    const now = performance.now();
    recent = [...recent.filter(({ at }) => now - at < 1_000), { at: now, words }];
    if (recent.reduce((sum, request) => sum + request.words, 0) <= overload.maxWordsPerSecond) return;
    recent = [];
    restart(overload);
  };
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

function serve(
  socket: Socket,
  devices: ReadonlyMap<number, ModbusDevice>,
  options: ServerOptions,
  countWords: (words: number) => void,
): void {
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
      countWords(wordsConcerned(request.subarray(HEADER_BYTES)));
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

/** How many words a request reads or writes; none if it is cut short. */
function wordsConcerned(pdu: Buffer): number {
  if (pdu.length < 5) return 0;
  const functionCode = pdu.readUInt8(0);
  return functionCode in READ_FUNCTIONS || functionCode === 16 ? pdu.readUInt16BE(3) : 1;
}

/** The answer to one request, both without the header. */
function respond(device: ModbusDevice, pdu: Buffer): Buffer {
  const functionCode = pdu.readUInt8(0);
  const table = READ_FUNCTIONS[functionCode];
  if (table && pdu.length === 5) return respondToRead(device, table, pdu);
  if (functionCode === 5 && pdu.length === 5) {
    return acknowledge(functionCode, device.write('COIL', pdu.readUInt16BE(1), [pdu.readUInt8(3) && 1]), pdu);
  }
  if (functionCode === 6 && pdu.length === 5) {
    return acknowledge(functionCode, device.write('HOLDING', pdu.readUInt16BE(1), wordsOf(pdu.subarray(3))), pdu);
  }
  if (functionCode === 16 && pdu.length >= 6 && pdu.length === 6 + 2 * pdu.readUInt16BE(3)) {
    const refused = device.write('HOLDING', pdu.readUInt16BE(1), wordsOf(pdu.subarray(6)));
    return acknowledge(functionCode, refused, pdu.subarray(0, 5));
  }
  return exception(functionCode, table || WRITE_FUNCTIONS.includes(functionCode) ? ILLEGAL_VALUE : ILLEGAL_FUNCTION);
}

function respondToRead(device: ModbusDevice, table: RegisterTable, pdu: Buffer): Buffer {
  const functionCode = pdu.readUInt8(0);
  const count = pdu.readUInt16BE(3);
  if (count < 1 || count > 125) return exception(functionCode, ILLEGAL_VALUE);
  const words = device.read(table, pdu.readUInt16BE(1), count);
  if (typeof words === 'number') return exception(functionCode, words);
  const data = table === 'COIL' || table === 'DISCRETE' ? packBits(words) : packWords(words);
  return Buffer.concat([Buffer.from([functionCode, data.length]), data]);
}

function packWords(words: readonly number[]): Buffer {
  const data = Buffer.alloc(2 * words.length);
  words.forEach((word, index) => void data.writeUInt16BE(word, 2 * index));
  return data;
}

/** Eight to a byte, the first in its lowest bit. */
function packBits(bits: readonly number[]): Buffer {
  const data = Buffer.alloc(Math.ceil(bits.length / 8));
  bits.forEach((bit, index) => {
    if (bit) data[index >> 3] = (data[index >> 3] ?? 0) | (1 << (index & 7));
  });
  return data;
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
