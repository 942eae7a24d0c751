import { randomBytes } from 'node:crypto';
import { connect } from 'node:net';
import { TOKEN } from './target.ts';

/** What is sent after a handshake, and how the connection must end. */
export interface WebSocketCase {
  readonly name: string;
  /** Headers that differ from those of a good handshake; null: left out. */
  readonly headers?: Readonly<Record<string, string | null>>;
  readonly frames?: readonly Buffer[];
  /** The HTTP status of the handshake, if it must fail. */
  readonly status?: number;
  /** With which codes the connection is closed. */
  readonly closed?: readonly number[];
}

/** One frame as a client sends it; `first` is its first byte: FIN, reserved bits, opcode. */
export function frame(first: number, payload: Buffer | string, isMasked = true): Buffer {
  const bytes = Buffer.from(payload);
  const long = bytes.length > 65_535;
  const length = bytes.length < 126 ? Buffer.from([bytes.length]) : Buffer.alloc(long ? 9 : 3);
  if (bytes.length >= 126) {
    length[0] = long ? 127 : 126;
    if (long) length.writeBigUInt64BE(BigInt(bytes.length), 1);
    else length.writeUInt16BE(bytes.length, 1);
  }
  if (!isMasked) return Buffer.concat([Buffer.from([first]), length, bytes]);
  length[0] = (length[0] ?? 0) | 0x80;
  const mask = randomBytes(4);
  const masked = bytes.map((byte, index) => byte ^ (mask[index % 4] ?? 0));
  return Buffer.concat([Buffer.from([first]), length, mask, masked]);
}

const TEXT = 0x81;
const message = (value: unknown) => frame(TEXT, typeof value === 'string' ? value : JSON.stringify(value));
const INIT = message({ type: 'connection_init', payload: { authorization: `Bearer ${TOKEN}` } });
const subscribe = (id: unknown, query: unknown = 'subscription { heatpumpStatus { id } }') =>
  message({ type: 'subscribe', id, payload: { query } });

/** Handshakes that are none. */
const handshakes: WebSocketCase[] = [
  { name: 'no key', headers: { 'Sec-WebSocket-Key': null }, status: 400 },
  { name: 'a key that is none', headers: { 'Sec-WebSocket-Key': 'short' }, status: 400 },
  { name: 'version 8', headers: { 'Sec-WebSocket-Version': '99' }, status: 400 },
  { name: 'no version', headers: { 'Sec-WebSocket-Version': null }, status: 400 },
  { name: 'a page of another site', headers: { Origin: 'https://evil.example' }, status: 403 },
  { name: 'a page of no site', headers: { Origin: 'null' }, status: 403 },
  { name: 'a page of a site that begins alike', headers: { Origin: 'http://thermograph.evil.example' }, status: 403 },
  { name: 'a file', headers: { Origin: 'file://' }, status: 403 },
  { name: 'no protocol', headers: { 'Sec-WebSocket-Protocol': null }, closed: [4406] },
  { name: 'the protocol of old', headers: { 'Sec-WebSocket-Protocol': 'graphql-ws' }, closed: [4406] },
  { name: 'a protocol nobody knows', headers: { 'Sec-WebSocket-Protocol': 'soap' }, closed: [4406] },
  { name: 'a protocol that is none', headers: { 'Sec-WebSocket-Protocol': 'a,,b' }, status: 400 },
];

/** Frames that break the rules of WebSocket. */
const frames: WebSocketCase[] = [
  { name: 'a reserved opcode', frames: [frame(0x83, 'x')], closed: [1002] },
  { name: 'a reserved control opcode', frames: [frame(0x8b, 'x')], closed: [1002] },
  { name: 'reserved bits', frames: [frame(0xf1, 'x')], closed: [1002] },
  { name: 'a frame without a mask', frames: [frame(TEXT, '{}', false)], closed: [1002] },
  { name: 'a ping in pieces', frames: [frame(0x09, 'x')], closed: [1002] },
  { name: 'a ping of 200 bytes', frames: [frame(0x89, 'x'.repeat(200))], closed: [1002] },
  { name: 'a continuation of nothing', frames: [frame(0x80, 'x')], closed: [1002] },
  { name: 'text that is none', frames: [frame(TEXT, Buffer.from([0xc3, 0x28]))], closed: [1007] },
  { name: 'a closing code that is none', frames: [frame(0x88, Buffer.from([0x03, 0xe7]))], closed: [1002] },
  { name: 'a closing code of one byte', frames: [frame(0x88, Buffer.from([3]))], closed: [1002] },
  { name: '70 kB', frames: [INIT, message('x'.repeat(70_000))], closed: [1009] },
  {
    name: '70 kB in pieces',
    frames: [frame(0x01, 'x'.repeat(40_000)), frame(0x80, 'x'.repeat(40_000))],
    closed: [1009],
  },
  {
    name: 'a frame that claims 2^62 bytes',
    frames: [Buffer.from([TEXT, 0xff, 0x40, 0, 0, 0, 0, 0, 0, 0, 1, 2, 3, 4])],
    closed: [1009],
  },
];

/** Messages that break the rules of `graphql-transport-ws`. */
const messages: WebSocketCase[] = [
  { name: 'binary', frames: [frame(0x82, Buffer.from([1, 2, 3]))], closed: [4400] },
  { name: 'no JSON', frames: [message('hello')], closed: [4400] },
  { name: 'null', frames: [message('null')], closed: [4400] },
  { name: 'a number', frames: [message('5')], closed: [4400] },
  { name: 'a list', frames: [message('[]')], closed: [4400] },
  { name: 'a type nobody knows', frames: [message({ type: 'start', id: '1' })], closed: [4400] },
  { name: 'a type that is a number', frames: [message({ type: 5 })], closed: [4400] },
  { name: 'a type of the prototype', frames: [message({ type: '__proto__' })], closed: [4400] },
  { name: 'a subscription before the beginning', frames: [subscribe('1')], closed: [4401] },
  { name: 'two beginnings', frames: [INIT, INIT], closed: [4429] },
  { name: 'no beginning', frames: [], closed: [4408] },
  {
    name: 'a beginning whose payload is a text',
    frames: [message({ type: 'connection_init', payload: 'x' })],
    closed: [4400],
  },
  { name: 'no id', frames: [INIT, subscribe(undefined)], closed: [4400] },
  { name: 'an empty id', frames: [INIT, subscribe('')], closed: [4400] },
  { name: 'an id that is a number', frames: [INIT, subscribe(1)], closed: [4400] },
  { name: 'an id that is a list', frames: [INIT, subscribe(['1'])], closed: [4400] },
  // Or before it is known who that is: nobody waits for the acknowledgement here.
  { name: 'the same id twice', frames: [INIT, subscribe('1'), subscribe('1')], closed: [4409, 4401] },
  { name: 'a query that is a number', frames: [INIT, subscribe('1', 5)], closed: [4400] },
  { name: 'no payload', frames: [INIT, message({ type: 'subscribe', id: '1' })], closed: [4400] },
  {
    name: 'variables that are a text',
    frames: [INIT, message({ type: 'subscribe', id: '1', payload: { query: '{ __typename }', variables: 'x' } })],
    closed: [4400],
  },
];

/** What must end a connection over WebSocket, or keep it from beginning. */
export const WEBSOCKET_CASES: readonly WebSocketCase[] = [...handshakes, ...frames, ...messages];

const GOOD: Readonly<Record<string, string>> = {
  Host: 'thermograph',
  Connection: 'Upgrade',
  Upgrade: 'websocket',
  'Sec-WebSocket-Version': '13',
  'Sec-WebSocket-Key': 'AAAAAAAAAAAAAAAAAAAAAA==',
  'Sec-WebSocket-Protocol': 'graphql-transport-ws',
};

/** Plays a case; tells the status of the handshake, and the code the server closed with. */
export function play(
  port: number,
  { headers = {}, frames: sent = [] }: WebSocketCase,
): Promise<{ status: number; closed: number | null }> {
  const all = Object.entries({ ...GOOD, ...headers }).filter(([, value]) => value !== null);
  const request = `GET /graphql HTTP/1.1\r\n${all.map(([name, value]) => `${name}: ${value}\r\n`).join('')}\r\n`;
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1', () => socket.write(request));
    let received = Buffer.alloc(0);
    let isOpen = false;
    socket.on('data', (bytes: Buffer) => {
      received = Buffer.concat([received, bytes]);
      if (isOpen && closeCode(framesOf(received)) !== null) socket.end();
      if (isOpen || !received.includes('\r\n\r\n')) return;
      isOpen = true;
      for (const bytesToSend of sent) socket.write(bytesToSend);
    });
    socket.on('error', () => {});
    socket.setTimeout(8_000, () => socket.destroy());
    socket.on('end', () => socket.end());
    socket.on('close', () => {
      const status = Number(/^HTTP\/1\.1 (\d+)/.exec(received.toString('latin1'))?.[1]);
      resolve({ status, closed: closeCode(framesOf(received)) });
    });
  });
}

function framesOf(received: Buffer): Buffer {
  return received.subarray(received.indexOf('\r\n\r\n') + 4);
}

/** The code in the closing frame among those received. */
function closeCode(bytes: Buffer): number | null {
  for (let at = 0; at + 2 <= bytes.length; ) {
    const opcode = (bytes[at] ?? 0) & 0x0f;
    const short = (bytes[at + 1] ?? 0) & 0x7f;
    const header = short === 126 ? 4 : short === 127 ? 10 : 2;
    const length =
      short === 126 ? bytes.readUInt16BE(at + 2) : short === 127 ? Number(bytes.readBigUInt64BE(at + 2)) : short;
    if (opcode === 8) return length >= 2 ? bytes.readUInt16BE(at + header) : 1005;
    at += header + length;
  }
  return null;
}
