import type { Clock } from '../domain/clock.ts';
import type { ConnectionTest, ConnectionTestCode } from '../domain/connection-test.ts';
import type { DeviceError } from '../domain/device-error.ts';
import type { ConnectionSettings } from '../domain/heatpump.ts';
import type { ModelConfig } from '../domain/model.ts';
import { wordCount } from '../domain/register.ts';
import { isReadable, type Sensor } from '../domain/sensor.ts';
import type { Reading } from '../domain/snapshot.ts';
import type { Driver } from '../drivers/driver.ts';
import type { UnitLine } from '../modbus/line.ts';
import type { Lines } from '../modbus/lines.ts';
import { planPoll, poll } from './poll.ts';
import { ReadingDecoder } from './reading-decoder.ts';

/** What is tested: could a heat pump of this model be read here? */
export interface TestTarget {
  readonly driver: Driver;
  readonly connection: ConnectionSettings;
  readonly config: ModelConfig;
}

/** Reads a few registers and says what it found, in the contract's codes. Never writes. */
export async function testConnection(target: TestTarget, lines: Lines, clock: Clock): Promise<ConnectionTest> {
  const { driver, connection, config } = target;
  const sensors = driver.sensors(config).filter(isReadable);
  const { key, plausible } = driver.probe(config);
  const probe = sensors.find((sensor) => sensor.key === key);
  if (!probe) throw new RangeError(`${driver.id} has no sensor ${key}`);
  const line = lines.open({ ...connection, ...driver.lineRules });
  try {
    const startedAt = clock.now();
    const answer = await readSensor(line, probe);
    const latencyMs = clock.now() - startedAt;
    if (!answer.ok) return failure(await diagnose(answer.error, target, probe, lines));
    const reading = new ReadingDecoder().decode(probe, answer.value, 0, clock.now());
    if (!isPlausible(reading, plausible)) return failure('WRONG_MODEL', latencyMs);
    const shown = sensors.filter((sensor) => driver.testKeys.includes(sensor.key));
    return {
      code: 'OK',
      message: MESSAGES.OK,
      latencyMs,
      firmware: null,
      readings: await readShown(line, shown, target, clock),
    };
  } finally {
    line.close();
  }
}

async function readShown(line: UnitLine, shown: Sensor[], { driver }: TestTarget, clock: Clock): Promise<Reading[]> {
  const result = await poll(planPoll(shown, driver.readRules), line, new ReadingDecoder(), clock);
  return result.ok ? [...result.value.readings] : [];
}

function readSensor(line: UnitLine, { register }: Sensor) {
  const { table, address, dataType } = register;
  return line.read({ table, address, count: wordCount(dataType) });
}

function isPlausible({ value }: Reading, [lowest, highest]: readonly [number, number]): boolean {
  return value !== null && value >= lowest && value <= highest;
}

/** The test code for a failed first read. A silent unit is wrong if the model's usual unit answers instead. */
async function diagnose(
  error: DeviceError,
  { driver, connection }: TestTarget,
  probe: Sensor,
  lines: Lines,
): Promise<ConnectionTestCode> {
  const isSilent = error.code === 'NO_ANSWER' || error.code === 'CONNECTION_LOST';
  if (!isSilent) return error.code === 'EXCEPTION' ? codeOfException(error.exceptionCode) : CODES[error.code];
  if (connection.unitId === driver.defaultUnitId) return CODES[error.code];
  const line = lines.open({ ...connection, ...driver.lineRules, unitId: driver.defaultUnitId });
  const usual = await readSensor(line, probe);
  line.close();
  return usual.ok ? 'WRONG_UNIT' : CODES[error.code];
}

/** Modbus exceptions: 1 and 2 mean an unknown function or register, 10 and 11 come from a gateway without that unit. */
function codeOfException(exceptionCode: number | undefined): ConnectionTestCode {
  if (exceptionCode === 1 || exceptionCode === 2) return 'WRONG_MODEL';
  if (exceptionCode === 10 || exceptionCode === 11) return 'WRONG_UNIT';
  return 'PROTOCOL_ERROR';
}

const CODES: Record<Exclude<DeviceError['code'], 'EXCEPTION'>, ConnectionTestCode> = {
  DNS_FAILED: 'DNS_FAILED',
  NOT_ALLOWED: 'NOT_ALLOWED',
  REFUSED: 'REFUSED',
  TIMEOUT: 'TIMEOUT',
  CANCELLED: 'TIMEOUT',
  NO_ANSWER: 'NO_ANSWER',
  CONNECTION_LOST: 'NO_ANSWER',
  PROTOCOL_ERROR: 'PROTOCOL_ERROR',
};

/** What happened, and what to do next. */
const MESSAGES: Record<ConnectionTestCode, string> = {
  OK: 'The heat pump answers. Compare the values with its display.',
  DNS_FAILED: 'The host name is not known. Check its spelling, or use the IP address shown by your router.',
  REFUSED: 'The host refuses connections at this port. Switch on Modbus TCP at the heat pump and check the port.',
  TIMEOUT: 'The host cannot be reached. Check the address, the network cable and that the heat pump is powered.',
  NO_ANSWER: 'The host accepts the connection but does not answer. Check the unit id, and close other Modbus clients.',
  WRONG_UNIT: 'Something answers at this address, but not under this unit id. Try the usual unit id of the model.',
  WRONG_MODEL: 'The device answers, but not like this model. Check manufacturer and model.',
  NOT_ALLOWED: 'The address lies outside the networks that may be connected to. See the setting MODBUS_ALLOW.',
  PROTOCOL_ERROR: 'The answer is not Modbus TCP as this model speaks it. Check address and port.',
};

function failure(code: ConnectionTestCode, latencyMs: number | null = null): ConnectionTest {
  return { code, message: MESSAGES[code], latencyMs, firmware: null, readings: [] };
}
