import type { Duplex } from 'node:stream';
import type { WebSocket } from 'ws';
import type { Clock, Timer } from '../domain/clock.ts';
import type { Outlet } from './listener.ts';
import type { SharedEvent } from './shared-event.ts';

/** Bytes that may wait for a client, in the process; the network holds about as much again. */
const MAX_WAITING_BYTES = 64 * 1024;
/** A client that has taken nothing for so long is let go. */
const STALLED_MS = 30_000;
/** "Try again later": clients do, and go on where they were. */
const TRY_AGAIN_LATER = 1013;

const FIN_AND_TEXT = 0x81;
const END_OF_MESSAGE = Buffer.from('}');

/**
 * The way out of one WebSocket for the events of its subscriptions. Their bytes are shared with other sockets, so that they go
 * past the library, which would copy them: as frames of their own, written whole.
 */
export class SocketWriter {
  readonly #socket: WebSocket;
  readonly #stream: Duplex;
  readonly #clock: Clock;
  readonly #waiting = new Set<() => void>();
  #stalled: Timer = null;

  /** @param stream the connection below the socket. */
  constructor(socket: WebSocket, stream: Duplex, clock: Clock) {
    this.#socket = socket;
    this.#stream = stream;
    this.#clock = clock;
    socket.once('close', () => {
      clock.clearTimeout(this.#stalled);
      this.#waiting.clear();
    });
  }

  /** Whether more may be written now. */
  get isReady(): boolean {
    return this.#stream.writableLength <= MAX_WAITING_BYTES && this.#socket.readyState === this.#socket.OPEN;
  }

  /** Writes a message: the beginning, which is the client's own, the shared bytes, and a closing brace. */
  write(beginning: Buffer, shared: Buffer): void {
    const stream = this.#stream;
    stream.cork();
    stream.write(frameHead(beginning, beginning.length + shared.length + END_OF_MESSAGE.length));
    stream.write(shared);
    stream.write(END_OF_MESSAGE);
    stream.uncork();
  }

  /** Calls back once what waits has been taken; never if the connection ends before. */
  whenReady(callback: () => void): void {
    if (this.#socket.readyState !== this.#socket.OPEN) return;
    if (this.#waiting.size === 0) this.#watch();
    this.#waiting.add(callback);
  }

  #watch(): void {
    this.#stalled = this.#clock.setTimeout(() => {
      this.#socket.close(TRY_AGAIN_LATER, `nothing was taken for ${STALLED_MS / 1_000} seconds`);
    }, STALLED_MS);
    this.#stream.once('drain', () => {
      this.#clock.clearTimeout(this.#stalled);
      const callbacks = [...this.#waiting];
      this.#waiting.clear();
      for (const callback of callbacks) callback();
    });
  }
}

/** The outlet of one subscription among those of a socket. */
export class SocketOutlet implements Outlet<SharedEvent> {
  readonly #writer: SocketWriter;
  readonly #beginning: Buffer;

  /** @param id what the client calls the subscription. */
  constructor(writer: SocketWriter, id: string) {
    this.#writer = writer;
    this.#beginning = Buffer.from(`{"id":${JSON.stringify(id)},"type":"next","payload":`);
  }

  get isReady(): boolean {
    return this.#writer.isReady;
  }

  send(event: SharedEvent): void {
    this.#writer.write(this.#beginning, event.bytes);
  }

  whenReady(callback: () => void): void {
    this.#writer.whenReady(callback);
  }
}

/** The header of a whole, unmasked text frame (RFC 6455, section 5.2), and the first bytes of its payload. */
function frameHead(beginning: Buffer, payloadLength: number): Buffer {
  const lengthBytes = payloadLength < 126 ? 0 : payloadLength < 65_536 ? 2 : 8;
  const head = Buffer.allocUnsafe(2 + lengthBytes + beginning.length);
  head[0] = FIN_AND_TEXT;
  head[1] = lengthBytes === 0 ? payloadLength : lengthBytes === 2 ? 126 : 127;
  if (lengthBytes === 2) head.writeUInt16BE(payloadLength, 2);
  if (lengthBytes === 8) head.writeBigUInt64BE(BigInt(payloadLength), 2);
  beginning.copy(head, 2 + lengthBytes);
  return head;
}
