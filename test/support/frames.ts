import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import type { Message } from './socket.ts';

/** What a frame holds, by its opcode. */
export const OPCODES = { text: 1, binary: 2, reserved: 3, close: 8, ping: 9, pong: 10 } as const;

/** A WebSocket client that builds every frame by hand (RFC 6455, section 5.2), so that it can send what none would. */
export class FrameClient {
  /** Text messages, as they came. */
  readonly messages: string[] = [];
  /** With what the server closed; null: it just ended the connection. */
  readonly closed: Promise<{ readonly code: number; readonly reason: string } | null>;
  readonly #socket: Socket;
  #received = Buffer.alloc(0);
  #close: { readonly code: number; readonly reason: string } | null = null;

  private constructor(socket: Socket) {
    this.#socket = socket;
    socket.on('error', () => {});
    socket.on('data', (data) => this.#take(data));
    this.closed = new Promise((resolve) => socket.once('close', () => resolve(this.#close)));
  }

  /** Opens a connection, offering these subprotocols. */
  static async open(serverUrl: string, subprotocols: string | null): Promise<FrameClient> {
    const { port, host } = new URL(serverUrl);
    const socket = connect(Number(port), '127.0.0.1');
    await once(socket, 'connect');
    const lines = [
      'GET /graphql HTTP/1.1',
      `Host: ${host}`,
      'Connection: Upgrade',
      'Upgrade: websocket',
      'Sec-WebSocket-Version: 13',
      `Sec-WebSocket-Key: ${randomBytes(16).toString('base64')}`,
      ...(subprotocols === null ? [] : [`Sec-WebSocket-Protocol: ${subprotocols}`]),
    ];
    socket.write(`${lines.join('\r\n')}\r\n\r\n`);
    let head = '';
    while (!head.includes('\r\n\r\n')) head += ((await once(socket, 'data'))[0] as Buffer).toString('latin1');
    if (!head.startsWith('HTTP/1.1 101')) throw new Error(head.slice(0, 100));
    const client = new FrameClient(socket);
    client.#take(Buffer.from(head.slice(head.indexOf('\r\n\r\n') + 4), 'latin1'));
    return client;
  }

  /** Sends messages in one piece, so that the server has them all at once. */
  send(...messages: (object | string)[]): void {
    const texts = messages.map((message) => (typeof message === 'string' ? message : JSON.stringify(message)));
    this.sendBytes(Buffer.concat(texts.map((text) => frame(OPCODES.text, Buffer.from(text)))));
  }

  sendBytes(bytes: Buffer): void {
    this.#socket.write(bytes);
  }

  /** The next message that fits, from the oldest on; fails after five seconds. */
  async take(fits: (message: Message) => boolean = () => true): Promise<Message> {
    const deadline = performance.now() + 5_000;
    while (performance.now() < deadline) {
      for (let text = this.messages.shift(); text !== undefined; text = this.messages.shift()) {
        const message = JSON.parse(text) as Message;
        if (fits(message)) return message;
      }
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
    throw new Error('no fitting message within 5 s');
  }

  end(): void {
    this.#socket.destroy();
  }

  #take(data: Buffer): void {
    this.#received = Buffer.concat([this.#received, data]);
    for (let next = parse(this.#received); next; next = parse(this.#received)) {
      this.#received = this.#received.subarray(next.byteLength);
      if (next.opcode === OPCODES.text) this.messages.push(next.payload.toString());
      if (next.opcode === OPCODES.ping) this.sendBytes(frame(OPCODES.pong, next.payload));
      if (next.opcode === OPCODES.close) {
        this.#close = { code: next.payload.readUInt16BE(), reason: next.payload.subarray(2).toString() };
        this.sendBytes(frame(OPCODES.close, next.payload));
      }
    }
  }
}

/** A frame as clients send it: masked. */
export function frame(opcode: number, payload: Buffer, { isFinal = true, isMasked = true } = {}): Buffer {
  const mask = isMasked ? randomBytes(4) : Buffer.alloc(0);
  const length = Buffer.alloc(payload.length < 126 ? 1 : 3);
  if (payload.length < 126) length[0] = payload.length;
  else {
    length[0] = 126;
    length.writeUInt16BE(payload.length, 1);
  }
  length[0] = (length[0] ?? 0) | (isMasked ? 0x80 : 0);
  const masked = payload.map((byte, index) => byte ^ (mask[index % 4] ?? 0));
  return Buffer.concat([Buffer.of((isFinal ? 0x80 : 0) | opcode), length, mask, masked]);
}

/** The first frame of what a server has sent, if it is there as a whole. */
function parse(
  bytes: Buffer,
): { readonly opcode: number; readonly payload: Buffer; readonly byteLength: number } | null {
  if (bytes.length < 2) return null;
  const [first = 0, second = 0] = bytes;
  if ((first & 0xf0) !== 0x80 || (second & 0x80) !== 0) throw new Error('not a whole, unmasked frame');
  const headerLength = second === 127 ? 10 : second === 126 ? 4 : 2;
  if (bytes.length < headerLength) return null;
  const length = second === 127 ? Number(bytes.readBigUInt64BE(2)) : second === 126 ? bytes.readUInt16BE(2) : second;
  if (bytes.length < headerLength + length) return null;
  const payload = bytes.subarray(headerLength, headerLength + length);
  return { opcode: first & 0x0f, payload, byteLength: headerLength + length };
}
