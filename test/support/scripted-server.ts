import type { AddressInfo } from 'node:net';
import { createServer, type Socket } from 'node:net';

/** One Modbus TCP request as it came over the wire. */
export interface ReceivedRequest {
  readonly transactionId: number;
  readonly unitId: number;
  readonly functionCode: number;
  readonly pdu: Buffer;
  /** Which connection it came over, counted from 1. */
  readonly connection: number;
  readonly receivedAt: number;
  readonly socket: Socket;
}

/** A server that does what a test tells it, byte by byte. */
export interface ScriptedServer {
  readonly port: number;
  readonly requests: ReceivedRequest[];
  /** Connections accepted so far. */
  readonly connections: () => number;
  /** Connections that are open now. */
  readonly openConnections: () => number;
  /** Requests received and not yet answered, at most. */
  readonly maxInFlight: () => number;
  close(): Promise<void>;
}

/** What to answer: a PDU, raw bytes instead of a frame, or nothing at all. */
export type Answer = { readonly pdu: Buffer } | { readonly raw: Buffer } | 'SILENCE' | 'CLOSE';

/** Starts a server whose answers `script` decides, request by request; at any free port, if none is given. */
export async function startScriptedServer(
  script: (request: ReceivedRequest, index: number) => Answer | Promise<Answer>,
  port = 0,
): Promise<ScriptedServer> {
  const requests: ReceivedRequest[] = [];
  const sockets = new Set<Socket>();
  let connections = 0;
  let inFlight = 0;
  let maxInFlight = 0;
  const server = createServer((socket) => {
    const connection = ++connections;
    sockets.add(socket);
    let buffer = Buffer.alloc(0);
    socket.on('error', () => {});
    socket.on('close', () => sockets.delete(socket));
    socket.on('data', (data) => {
      buffer = Buffer.concat([buffer, data]);
      while (buffer.length >= 7 && buffer.length >= 6 + buffer.readUInt16BE(4)) {
        const frame = buffer.subarray(0, 6 + buffer.readUInt16BE(4));
        buffer = buffer.subarray(frame.length);
        void serve(frame, socket, connection);
      }
    });
  });

  async function serve(frame: Buffer, socket: Socket, connection: number): Promise<void> {
    const request: ReceivedRequest = {
      transactionId: frame.readUInt16BE(0),
      unitId: frame.readUInt8(6),
      functionCode: frame.readUInt8(7),
      pdu: Buffer.from(frame.subarray(7)),
      connection,
      receivedAt: performance.now(),
      socket,
    };
    requests.push(request);
    maxInFlight = Math.max(maxInFlight, ++inFlight);
    const answer = await script(request, requests.length - 1);
    inFlight--;
    if (answer === 'SILENCE') return;
    if (answer === 'CLOSE') return void socket.destroy();
    socket.write('raw' in answer ? answer.raw : frameFor(request, answer.pdu));
  }

  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  return {
    port: (server.address() as AddressInfo).port,
    requests,
    connections: () => connections,
    openConnections: () => sockets.size,
    maxInFlight: () => maxInFlight,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        for (const socket of sockets) socket.destroy();
      }),
  };
}

/** A whole frame that answers `request` with `pdu`. */
export function frameFor({ transactionId, unitId }: ReceivedRequest, pdu: Buffer): Buffer {
  const header = Buffer.alloc(7);
  header.writeUInt16BE(transactionId, 0);
  header.writeUInt16BE(pdu.length + 1, 4);
  header.writeUInt8(unitId, 6);
  return Buffer.concat([header, pdu]);
}

/** The answer to a read with these words. */
export function readAnswer(functionCode: number, words: readonly number[]): { pdu: Buffer } {
  const pdu = Buffer.alloc(2 + 2 * words.length);
  pdu.writeUInt8(functionCode, 0);
  pdu.writeUInt8(2 * words.length, 1);
  for (const [index, word] of words.entries()) pdu.writeUInt16BE(word, 2 + 2 * index);
  return { pdu };
}

/** The acknowledgement of a write with function 16. */
export function writeAnswer({ pdu }: ReceivedRequest): { pdu: Buffer } {
  return { pdu: Buffer.from(pdu.subarray(0, 5)) };
}

/** A Modbus exception. */
export function exceptionAnswer(functionCode: number, code: number): { pdu: Buffer } {
  return { pdu: Buffer.from([functionCode | 0x80, code]) };
}
