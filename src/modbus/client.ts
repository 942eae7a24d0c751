import type { Socket } from 'node:net';
import modbusSerial from 'modbus-serial';
import type { Clock } from '../domain/clock.ts';
import type { DeviceError, DeviceErrorCode } from '../domain/device-error.ts';
import { messageOf } from '../domain/errors.ts';
import { err, ok, type Result } from '../domain/result.ts';
import type { LineRules, ReadRequest, WriteRequest } from './line.ts';
import { ProtocolViolation, StrictPort } from './strict-port.ts';

const { default: ModbusRTU } = modbusSerial;
type ModbusRTU = InstanceType<typeof ModbusRTU>;

/** One TCP connection to a Modbus device. It is used once: after any failure it is closed for good. */
export interface ModbusClient {
  readonly isOpen: boolean;
  read(unitId: number, request: ReadRequest, deadlineMs: number): Promise<Result<readonly number[], DeviceError>>;
  write(
    unitId: number,
    request: WriteRequest,
    oneWordFunction: LineRules['oneWordFunction'],
    deadlineMs: number,
  ): Promise<Result<void, DeviceError>>;
  close(): void;
}

/** Opens a connection to `ip:port`, or says within `deadlineMs` why it cannot. */
export async function openClient(
  ip: string,
  port: number,
  deadlineMs: number,
  clock: Clock,
): Promise<Result<ModbusClient, DeviceError>> {
  const strictPort = new StrictPort(ip, port);
  const { socket } = strictPort;
  // Its loss is told by 'close'; an error nobody listens to would end the process.
  socket.on('error', () => {});
  const failure = await connected(socket, `${ip}:${port}`, deadlineMs, clock);
  if (failure) {
    socket.destroy();
    return err(failure);
  }
  const client = new ModbusRTU(strictPort);
  client.open(() => {});
  return ok(clientOver(client, socket, clock));
}

/** Null as soon as the socket is connected to `place`. */
function connected(socket: Socket, place: string, deadlineMs: number, clock: Clock): Promise<DeviceError | null> {
  return new Promise((resolve) => {
    const settle = (failure: DeviceError | null) => {
      callOff();
      resolve(failure);
    };
    const message = `no connection to ${place} within ${deadlineMs} ms`;
    const callOff = afterReading(clock, deadlineMs, () => settle({ code: 'TIMEOUT', message }));
    socket.once('connect', () => settle(null));
    socket.once('error', (error: NodeJS.ErrnoException) => {
      const code: DeviceErrorCode = error.code === 'ECONNREFUSED' ? 'REFUSED' : 'TIMEOUT';
      settle({ code, message: `cannot connect to ${place}: ${error.code ?? error.message}` });
    });
  });
}

function clientOver(client: ModbusRTU, socket: Socket, clock: Clock): ModbusClient {
  /** Runs one request against its deadline and the loss of the connection; any failure but an exception closes it. */
  async function exchange<T>(
    unitId: number,
    deadlineMs: number,
    send: () => Promise<Result<T, DeviceError>>,
  ): Promise<Result<T, DeviceError>> {
    client.setID(unitId);
    const result = await raceAgainstLoss(socket, deadlineMs, clock, send);
    if (!result.ok && result.error.code !== 'EXCEPTION') socket.destroy();
    return result;
  }

  return {
    get isOpen() {
      return socket.readyState === 'open';
    },
    read: (unitId, request, deadlineMs) => exchange(unitId, deadlineMs, () => read(client, request)),
    write: (unitId, request, oneWordFunction, deadlineMs) =>
      exchange(unitId, deadlineMs, () => write(client, request, oneWordFunction)),
    close: () => socket.destroy(),
  };
}

function raceAgainstLoss<T>(
  socket: Socket,
  deadlineMs: number,
  clock: Clock,
  send: () => Promise<Result<T, DeviceError>>,
): Promise<Result<T, DeviceError>> {
  return new Promise((resolve) => {
    const settle = (result: Result<T, DeviceError>) => {
      callOff();
      socket.off('close', onClose);
      resolve(result);
    };
    const onClose = () => settle(err(lossOf(socket)));
    const message = `no answer within ${deadlineMs} ms`;
    const callOff = afterReading(clock, deadlineMs, () => settle(err({ code: 'NO_ANSWER', message })));
    if (socket.readyState !== 'open') return onClose();
    socket.once('close', onClose);
    void send().then(settle);
  });
}

/**
 * Calls `giveUp` when the time is up, but not before what has come by then was read: after a standstill of this process all of
 * that lies there, and timers come first. Returns what calls it off.
 */
function afterReading(clock: Clock, deadlineMs: number, giveUp: () => void): () => void {
  let timer = clock.setTimeout(() => {
    timer = clock.setTimeout(giveUp, 0);
  }, deadlineMs);
  return () => clock.clearTimeout(timer);
}

/** Why a closed connection is closed. */
function lossOf({ errored }: Socket): DeviceError {
  if (errored instanceof ProtocolViolation) return { code: 'PROTOCOL_ERROR', message: errored.message };
  return { code: 'CONNECTION_LOST', message: 'the connection closed before the answer' };
}

async function read(client: ModbusRTU, request: ReadRequest): Promise<Result<readonly number[], DeviceError>> {
  const { table, count } = request;
  try {
    const words =
      table === 'COIL' || table === 'DISCRETE' ? await readBits(client, request) : await readWords(client, request);
    if (words.length === count) return ok(words);
    return err({ code: 'PROTOCOL_ERROR', message: `asked for ${count} registers, got ${words.length}` });
  } catch (thrown) {
    return err(deviceError(thrown));
  }
}

async function readWords(client: ModbusRTU, { table, address, count }: ReadRequest): Promise<readonly number[]> {
  const { data } =
    table === 'HOLDING'
      ? await client.readHoldingRegisters(address, count)
      : await client.readInputRegisters(address, count);
  return data;
}

/** Bits come in whole bytes, so up to seven more than were asked for belong to a right answer. */
async function readBits(client: ModbusRTU, { table, address, count }: ReadRequest): Promise<readonly number[]> {
  const { data } =
    table === 'COIL' ? await client.readCoils(address, count) : await client.readDiscreteInputs(address, count);
  const bits = data.length - count < 8 ? data.slice(0, count) : data;
  return bits.map(Number);
}

async function write(
  client: ModbusRTU,
  request: WriteRequest,
  oneWordFunction: LineRules['oneWordFunction'],
): Promise<Result<void, DeviceError>> {
  try {
    if (await isAcknowledged(client, request, oneWordFunction)) return ok(undefined);
    return err({ code: 'PROTOCOL_ERROR', message: 'the acknowledgement names another write than the one sent' });
  } catch (thrown) {
    return err(deviceError(thrown));
  }
}

/** Sends a write; true if the answer repeats what the protocol wants repeated. */
async function isAcknowledged(
  client: ModbusRTU,
  { table, address, words }: WriteRequest,
  oneWordFunction: LineRules['oneWordFunction'],
): Promise<boolean> {
  const [word = 0] = words;
  if (table === 'COIL') {
    const answer = await client.writeCoil(address, word !== 0);
    return answer.address === address && answer.state === (word !== 0);
  }
  if (words.length === 1 && oneWordFunction === 6) {
    const answer = await client.writeRegister(address, word);
    return answer.address === address && answer.value === word;
  }
  const answer = await client.writeRegisters(address, [...words]);
  return answer.address === address && answer.length === words.length;
}

/**
 * modbus-serial rejects with a `modbusCode` for an exception answer, and with plain errors for malformed ones, whose messages
 * repeat what was received.
 */
function deviceError(thrown: unknown): DeviceError {
  const exceptionCode = (thrown as { modbusCode?: unknown }).modbusCode;
  if (typeof exceptionCode === 'number') {
    return { code: 'EXCEPTION', message: messageOf(thrown), exceptionCode };
  }
  return { code: 'PROTOCOL_ERROR', message: 'the answer is malformed' };
}
