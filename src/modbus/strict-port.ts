import { EventEmitter } from 'node:events';
import { connect, type Socket } from 'node:net';
import { crc16 } from './crc16.ts';

/** Bytes before the unit id: transaction id, protocol id, length of what follows. */
const HEADER_BYTES = 6;
const CRC_BYTES = 2;
/** The least and the most that may follow the header: unit id, function and one byte more; unit id and the longest PDU. */
const MIN_LENGTH = 3;
const MAX_LENGTH = 254;
/** Bytes taken from the network at a time: more than any answer has, so that what comes behind it is seen with it. */
const RECEIVED_AT_ONCE = 1_024;
const NOTHING = Buffer.alloc(0);
/** Set in the function of an exception, which besides it brings a code only. */
const EXCEPTION_BIT = 0x80;
/** The last function that reads, and so is answered with a byte count. */
const LAST_READ_FUNCTION = 4;

/** The other side broke the rules of Modbus TCP. Nothing that comes over this connection can be trusted any more. */
export class ProtocolViolation extends Error {}

/**
 * What carries modbus-serial's frames over a TCP connection, in place of its own port for TCP. That one accepts an answer
 * of another protocol, one whose byte count contradicts its length, an exception from another unit, and, as its transaction
 * ids come round after 256 requests, the late answer to an earlier one. Here only the answer to the one request in flight
 * comes through; anything else destroys the connection with a {@link ProtocolViolation}.
 */
export class StrictPort extends EventEmitter {
  /** Whoever made the port listens to its errors. */
  readonly socket: Socket;
  #transactionId = 0;
  /** Header, unit id and function of the request in flight; null: there is none. */
  #asked: Buffer | null = null;
  #received: Buffer = NOTHING;

  /** Begins to connect to `ip:port`. */
  constructor(ip: string, port: number) {
    super();
    // Always into the same memory: otherwise each answer would get 64 kB of its own, and go through all a stream does.
    const buffer = Buffer.alloc(RECEIVED_AT_ONCE);
    const callback = (count: number) => this.#receive(buffer.subarray(0, count));
    this.socket = connect({ host: ip, port, noDelay: true, onread: { buffer, callback } });
  }

  get isOpen(): boolean {
    return this.socket.readyState === 'open';
  }

  /** Part of what modbus-serial wants of a port; this one is open from the start. */
  open(callback: () => void): void {
    callback();
  }

  /** Sends one request: unit id, PDU and the checksum of Modbus RTU, which is left out. */
  write(request: Buffer): void {
    this.#transactionId = (this.#transactionId + 1) & 0xffff;
    const frame = Buffer.alloc(HEADER_BYTES + request.length - CRC_BYTES);
    frame.writeUInt16BE(this.#transactionId, 0);
    frame.writeUInt16BE(request.length - CRC_BYTES, 4);
    request.copy(frame, HEADER_BYTES, 0, request.length - CRC_BYTES);
    this.#asked = frame;
    this.socket.write(frame);
  }

  /** Takes in what has come; `bytes` are valid during this call only. Returns true: more may come. */
  #receive(bytes: Buffer): true {
    if (this.socket.destroyed) return true;
    const received = this.#received.length === 0 ? bytes : Buffer.concat([this.#received, bytes]);
    const violation = violationOf(this.#asked, received);
    if (violation) this.socket.destroy(new ProtocolViolation(violation));
    else if (isComplete(received)) this.#handOver(received);
    else this.#received = Buffer.from(received);
    return true;
  }

  #handOver(frame: Buffer): void {
    this.#asked = null;
    this.#received = NOTHING;
    const answer = Buffer.allocUnsafe(frame.length - HEADER_BYTES + CRC_BYTES);
    frame.copy(answer, 0, HEADER_BYTES);
    answer.writeUInt16LE(crc16(answer.subarray(0, -CRC_BYTES)), answer.length - CRC_BYTES);
    this.emit('data', answer);
  }
}

function isComplete(received: Buffer): boolean {
  return received.length >= HEADER_BYTES && received.length === HEADER_BYTES + received.readUInt16BE(4);
}

/**
 * What is wrong with what has come so far, as an English sentence; null: it is, or may still become, the answer asked for.
 * Nothing of what has come is repeated: users see these sentences, and might read with them what others keep to themselves.
 */
function violationOf(asked: Buffer | null, received: Buffer): string | null {
  if (!asked) return 'an answer came that was not asked for';
  if (received.length < HEADER_BYTES) return null;
  const length = received.readUInt16BE(4);
  if (received.readUInt16BE(2) !== 0) return 'the answer is of another protocol';
  if (received.readUInt16BE(0) !== asked.readUInt16BE(0)) return 'the answer belongs to another request';
  if (length < MIN_LENGTH || length > MAX_LENGTH) return 'the answer claims to be shorter or longer than any can be';
  if (received.length > HEADER_BYTES + length) return 'more came than one answer';
  return received.length < HEADER_BYTES + MIN_LENGTH ? null : contentViolation(asked, received, length);
}

function contentViolation(asked: Buffer, received: Buffer, length: number): string | null {
  const unitId = received.readUInt8(HEADER_BYTES);
  const functionCode = received.readUInt8(HEADER_BYTES + 1);
  const first = received.readUInt8(HEADER_BYTES + 2);
  const askedUnitId = asked.readUInt8(HEADER_BYTES);
  const askedFunction = asked.readUInt8(HEADER_BYTES + 1);
  if (unitId !== askedUnitId) return 'another unit answered';
  if (functionCode === (askedFunction | EXCEPTION_BIT)) {
    return length === MIN_LENGTH ? null : 'an exception came that is too long';
  }
  if (functionCode !== askedFunction) return 'another function was answered';
  if (functionCode > LAST_READ_FUNCTION || first === length - MIN_LENGTH) return null;
  return 'the answer brings more or less data than it says';
}
