import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';
import { type Place, tableReadBy, wordsAt } from './encoding.ts';

/** One request as it came over the wire. */
export interface Asked {
  readonly transactionId: number;
  readonly unitId: number;
  readonly functionCode: number;
  readonly address: number;
  /** Words or bits to read; of a write the words, or the one word, as they were sent. */
  readonly pdu: Buffer;
}

/** A request that a fault strikes. */
export interface Hit {
  readonly asked: Asked;
  readonly socket: Socket;
  /** The whole frame of the right answer. */
  readonly right: Buffer;
  /** A frame of the same form with what lies elsewhere: whoever takes it for the answer has a wrong value. */
  readonly foreign: Buffer;
}

/** What a fault does instead of answering. */
export type Strike = (hit: Hit) => void;

/** A device whose every word tells where it lies, and that misbehaves on demand. */
export interface FaultServer {
  readonly host: string;
  readonly port: number;
  /** Writes received, as hexadecimal PDUs. */
  readonly writes: readonly string[];
  /** True: words written are from then on what lies there. */
  takesWrites: boolean;
  /** What happens to the next requests; null: they are answered rightly. */
  strike: Strike | null;
  /** What happens to the next connections; null: they are served. */
  greet: ((socket: Socket) => void) | null;
  /** Called once, when so many further requests have come over this connection, before the last one is answered. */
  afterFurther(socket: Socket, requests: number, act: () => void): void;
  /** Closes the door and every connection; connecting is refused. */
  refuse(): Promise<void>;
  /** Opens the door again, at the same address or at another one. */
  admit(host?: string): Promise<void>;
  close(): Promise<void>;
}

/** The words that lie at consecutive addresses of a device. */
type WordsOf = (place: Omit<Place, 'device'>, count: number) => number[];

/** Between two answers that are to come one by one. */
const PAUSE_MS = 5;
/** How far away the words of {@link Hit.foreign} lie. */
const ELSEWHERE = 1_000;
const LOOPBACK = '127.0.0.1';

/**
 * An address of one's own for a device, so that nobody else can take its port while it is down. Linux answers on all of
 * 127.0.0.0/8; elsewhere devices share one address.
 */
export function loopback(network: number, device: number): string {
  return process.platform === 'linux' ? `127.${network}.${device >> 8}.${device & 0xff || 255}` : LOOPBACK;
}

/** Starts a device at a free port of `host`. */
export async function startFaultServer(host: string, device: number): Promise<FaultServer> {
  const writes: string[] = [];
  const taken = new Map<string, number>();
  const sockets = new Set<Socket>();
  const further = new Map<Socket, { left: number; act: () => void }>();
  let listening: Server | null = null;

  function accept(socket: Socket): void {
    socket.on('error', () => {});
    socket.setNoDelay(true);
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    if (server.greet) return void server.greet(socket);
    let buffer = Buffer.alloc(0);
    socket.on('data', (bytes) => {
      buffer = Buffer.concat([buffer, bytes]);
      while (buffer.length >= 6 && buffer.length >= 6 + buffer.readUInt16BE(4)) {
        const end = 6 + buffer.readUInt16BE(4);
        serve(buffer.subarray(0, end), socket);
        buffer = buffer.subarray(end);
      }
    });
  }

  function serve(frame: Buffer, socket: Socket): void {
    const asked = parse(frame);
    if (!tableReadBy(asked.functionCode)) writes.push(asked.pdu.toString('hex'));
    if (server.takesWrites && asked.functionCode === 16) take(asked);
    const right = frameOf(asked, rightPdu(asked, wordsOf));
    const due = further.get(socket);
    if (due && --due.left === 0) {
      further.delete(socket);
      due.act();
      // Not together with it, or the two would be told from one answer by their length.
      return void setTimeout(() => socket.write(right), PAUSE_MS);
    }
    if (!server.strike) return void socket.write(right);
    const foreign = frameOf(asked, rightPdu({ ...asked, address: asked.address + ELSEWHERE }, wordsOf));
    server.strike({ asked, socket, right, foreign });
  }

  function take({ unitId, address, pdu }: Asked): void {
    for (let index = 0; index < pdu.readUInt16BE(3); index++)
      taken.set(`${unitId} HOLDING ${address + index}`, pdu.readUInt16BE(6 + 2 * index));
  }

  function wordsOf({ unitId, table, address }: Omit<Place, 'device'>, count: number): number[] {
    const words = wordsAt({ device, unitId, table, address }, count);
    return words.map((word, index) => taken.get(`${unitId} ${table} ${address + index}`) ?? word);
  }

  async function listen(at: string, port: number): Promise<number> {
    const opened = createServer(accept);
    await new Promise<void>((resolve, reject) => opened.once('error', reject).listen(port, at, resolve));
    listening = opened;
    return (opened.address() as AddressInfo).port;
  }

  async function refuse(): Promise<void> {
    const closed = listening ? new Promise((resolve) => listening?.close(resolve)) : null;
    listening = null;
    for (const socket of sockets) socket.destroy();
    await closed;
  }

  const port = await listen(host, 0);
  const server: FaultServer = {
    host,
    port,
    writes,
    takesWrites: false,
    strike: null,
    greet: null,
    afterFurther: (socket, left, act) => void further.set(socket, { left, act }),
    refuse,
    admit: async (at = host) => void (await listen(at, port)),
    close: refuse,
  };
  return server;
}

/** A whole frame that answers a request with a PDU. */
export function frameOf({ transactionId, unitId }: Pick<Asked, 'transactionId' | 'unitId'>, pdu: Buffer): Buffer {
  const header = Buffer.alloc(7);
  header.writeUInt16BE(transactionId, 0);
  header.writeUInt16BE(pdu.length + 1, 4);
  header.writeUInt8(unitId, 6);
  return Buffer.concat([header, pdu]);
}

function parse(frame: Buffer): Asked {
  return {
    transactionId: frame.readUInt16BE(0),
    unitId: frame.readUInt8(6),
    functionCode: frame.readUInt8(7),
    address: frame.readUInt16BE(8),
    pdu: Buffer.from(frame.subarray(7)),
  };
}

/** What a healthy device answers: the words, packed bits, or the repeated address of a write. */
function rightPdu({ unitId, functionCode, address, pdu }: Asked, wordsOf: WordsOf): Buffer {
  const table = tableReadBy(functionCode);
  if (!table) return Buffer.from([functionCode, address >> 8, address & 0xff, ...pdu.subarray(3, 5)]);
  const words = wordsOf({ unitId, table, address }, pdu.readUInt16BE(3));
  const content = functionCode <= 2 ? packed(words) : words.flatMap((word) => [word >> 8, word & 0xff]);
  return Buffer.from([functionCode, content.length, ...content]);
}

function packed(bits: readonly number[]): number[] {
  const bytes = new Array<number>(Math.ceil(bits.length / 8)).fill(0);
  for (const [index, bit] of bits.entries()) bytes[index >> 3] = (bytes[index >> 3] ?? 0) | (bit << (index & 7));
  return bytes;
}
