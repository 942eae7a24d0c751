import { Socket } from 'node:net';
import modbusSerial from 'modbus-serial';
import type { Clock } from '../domain/clock.ts';
import type { DeviceError, DeviceErrorCode } from '../domain/device-error.ts';
import { messageOf } from '../domain/errors.ts';
import { err, ok, type Result } from '../domain/result.ts';
import type { ReadRequest, WriteRequest } from './line.ts';

const { default: ModbusRTU } = modbusSerial;
type ModbusRTU = InstanceType<typeof ModbusRTU>;

/** One TCP connection to a Modbus device. It is used once: after any failure it is closed for good. */
export interface ModbusClient {
  readonly isOpen: boolean;
  read(unitId: number, request: ReadRequest, deadlineMs: number): Promise<Result<readonly number[], DeviceError>>;
  write(unitId: number, request: WriteRequest, deadlineMs: number): Promise<Result<void, DeviceError>>;
  close(): void;
}

/** Opens a connection to `ip:port`, or says within `deadlineMs` why it cannot. */
export async function openClient(
  ip: string,
  port: number,
  deadlineMs: number,
  clock: Clock,
): Promise<Result<ModbusClient, DeviceError>> {
  const socket = new Socket();
  // modbus-serial listens for errors only once it is linked; a later one must not end the process.
  socket.on('error', () => {});
  const failure = await connect(socket, ip, port, deadlineMs, clock);
  if (failure) {
    socket.destroy();
    return err(failure);
  }
  socket.setNoDelay(true);
  const client = new ModbusRTU();
  try {
    await client.linkTCP(socket, { port });
  } catch (thrown) {
    socket.destroy();
    return err({ code: 'CONNECTION_LOST', message: messageOf(thrown) });
  }
  return ok(clientOver(client, socket, clock));
}

function connect(
  socket: Socket,
  ip: string,
  port: number,
  deadlineMs: number,
  clock: Clock,
): Promise<DeviceError | null> {
  return new Promise((resolve) => {
    const timer = clock.setTimeout(
      () => resolve({ code: 'TIMEOUT', message: `no connection to ${ip}:${port} within ${deadlineMs} ms` }),
      deadlineMs,
    );
    const settle = (failure: DeviceError | null) => {
      clock.clearTimeout(timer);
      resolve(failure);
    };
    socket.once('connect', () => settle(null));
    socket.once('error', (error: NodeJS.ErrnoException) => {
      const code: DeviceErrorCode = error.code === 'ECONNREFUSED' ? 'REFUSED' : 'TIMEOUT';
      settle({ code, message: `cannot connect to ${ip}:${port}: ${error.code ?? error.message}` });
    });
    socket.connect(port, ip);
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
    write: (unitId, request, deadlineMs) => exchange(unitId, deadlineMs, () => write(client, request)),
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
      clock.clearTimeout(timer);
      socket.off('close', onClose);
      resolve(result);
    };
    const onClose = () => settle(err({ code: 'CONNECTION_LOST', message: 'the connection closed before the answer' }));
    const timer = clock.setTimeout(
      () => settle(err({ code: 'NO_ANSWER', message: `no answer within ${deadlineMs} ms` })),
      deadlineMs,
    );
    if (socket.readyState !== 'open') return onClose();
    socket.once('close', onClose);
    void send().then(settle);
  });
}

async function read(client: ModbusRTU, request: ReadRequest): Promise<Result<readonly number[], DeviceError>> {
  const { table, address, count } = request;
  try {
    const answer =
      table === 'HOLDING'
        ? await client.readHoldingRegisters(address, count)
        : await client.readInputRegisters(address, count);
    if (answer.data.length === count) return ok(answer.data);
    return err({ code: 'PROTOCOL_ERROR', message: `asked for ${count} registers, got ${answer.data.length}` });
  } catch (thrown) {
    return err(deviceError(thrown));
  }
}

async function write(client: ModbusRTU, { address, words }: WriteRequest): Promise<Result<void, DeviceError>> {
  try {
    const answer = await client.writeRegisters(address, [...words]);
    if (answer.address === address && answer.length === words.length) return ok(undefined);
    return err({ code: 'PROTOCOL_ERROR', message: 'the acknowledgement names other registers than those written' });
  } catch (thrown) {
    return err(deviceError(thrown));
  }
}

/** modbus-serial rejects with a `modbusCode` for an exception answer, and with plain errors for malformed ones. */
function deviceError(thrown: unknown): DeviceError {
  const exceptionCode = (thrown as { modbusCode?: unknown }).modbusCode;
  if (typeof exceptionCode === 'number') {
    return { code: 'EXCEPTION', message: messageOf(thrown), exceptionCode };
  }
  return { code: 'PROTOCOL_ERROR', message: messageOf(thrown) };
}
