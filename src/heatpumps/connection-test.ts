import type { Clock } from '../domain/clock.ts';
import type { ConnectionTest, ConnectionTestCode } from '../domain/connection-test.ts';
import type { DeviceError } from '../domain/device-error.ts';
import type { ConnectionSettings } from '../domain/heatpump.ts';
import type { ModelConfig } from '../domain/model.ts';
import { ok, type Result } from '../domain/result.ts';
import { isReadable, type Sensor } from '../domain/sensor.ts';
import type { Reading } from '../domain/snapshot.ts';
import type { Driver, ReadLine } from '../drivers/driver.ts';
import type { Lines } from '../modbus/lines.ts';
import { isPlausible, type Probe, probeAmong, readSensor } from './probe.ts';
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
  const probe = probeAmong(driver.sensors(config), driver, config);
  const line = lines.open({ ...connection, ...driver.lineRules });
  try {
    const startedAt = clock.monotonicMs();
    const answer = await readSensor(line, probe.sensor);
    const latencyMs = Math.round(clock.monotonicMs() - startedAt);
    if (!answer.ok) return failure(await diagnose(answer.error, target, probe, lines));
    const reading = new ReadingDecoder().decode(probe.sensor, answer.value, 0, clock.now());
    // "Not available" is how the model itself speaks, e.g. a gateway that has not heard of its heat pump yet.
    if (reading.quality !== 'MISSING' && !isPlausible(probe, reading)) return failure('WRONG_MODEL', { latencyMs });
    return { ...(await recognise(line, target, clock)), latencyMs };
  } finally {
    line.close();
  }
}

/** Asks the device what it is, and reads what its owner may recognise it by. */
async function recognise(line: ReadLine, { driver, config }: TestTarget, clock: Clock): Promise<ConnectionTest> {
  const identity = driver.identify ? await driver.identify(line, config) : ok(null);
  if (!identity.ok) return failure(codeOf(identity.error, driver));
  const firmware = identity.value?.firmware ?? null;
  if (identity.value?.isExpectedVersion === false) return failure('WRONG_VERSION', { firmware });
  const shown = driver
    .sensors(config, identity.value ?? undefined)
    .filter((sensor) => isReadable(sensor) && driver.testKeys.includes(sensor.key));
  const readings = await readOneByOne(line, shown, clock);
  if (!readings.ok) return failure(codeOf(readings.error, driver), { firmware });
  if (readings.value.length < shown.length / 2) return failure('WRONG_MODEL', { firmware });
  const message = readings.value.some(({ quality }) => quality === 'GOOD') ? MESSAGES.OK : NO_VALUES_YET;
  return { code: 'OK', message, latencyMs: null, firmware, readings: readings.value };
}

/** The readings of those that the device has, each in a request of its own: a missing one then spoils no other. */
async function readOneByOne(
  line: ReadLine,
  sensors: readonly Sensor[],
  clock: Clock,
): Promise<Result<readonly Reading[], DeviceError>> {
  const readings: Reading[] = [];
  for (const sensor of sensors) {
    const words = await readSensor(line, sensor);
    if (words.ok) readings.push(new ReadingDecoder().decode(sensor, words.value, 0, clock.now()));
    else if (words.error.code !== 'EXCEPTION') return words;
  }
  return ok(readings.filter(({ quality }) => quality !== 'FAILED'));
}

/** The test code for a failed first read. A silent unit is wrong if the model's usual unit answers instead. */
async function diagnose(
  error: DeviceError,
  { driver, connection }: TestTarget,
  probe: Probe,
  lines: Lines,
): Promise<ConnectionTestCode> {
  const isSilent = error.code === 'NO_ANSWER' || error.code === 'CONNECTION_LOST';
  if (!isSilent || connection.unitId === driver.defaultUnitId) return codeOf(error, driver);
  const line = lines.open({ ...connection, ...driver.lineRules, unitId: driver.defaultUnitId });
  const usual = await readSensor(line, probe.sensor);
  line.close();
  return usual.ok ? 'WRONG_UNIT' : codeOf(error, driver);
}

function codeOf({ code, exceptionCode = 0 }: DeviceError, { refusals }: Driver): ConnectionTestCode {
  if (code !== 'EXCEPTION') return CODES[code];
  if (UNKNOWN_REGISTER.includes(exceptionCode) || refusals.includes(exceptionCode)) return 'WRONG_MODEL';
  return NO_SUCH_UNIT.includes(exceptionCode) ? 'WRONG_UNIT' : 'PROTOCOL_ERROR';
}

/** Modbus exceptions: function, address or number of registers unknown to the device. */
const UNKNOWN_REGISTER: readonly number[] = [1, 2, 3];
/** Modbus exceptions of a gateway that does not reach the unit. */
const NO_SUCH_UNIT: readonly number[] = [10, 11];

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
  WRONG_VERSION:
    'It answers like this model, but speaks another version of its interface. Check model and settings, or update its firmware.',
  NOT_ALLOWED: 'The address lies outside the networks that may be connected to. See the setting MODBUS_ALLOW.',
  PROTOCOL_ERROR: 'The answer is not Modbus TCP as this model speaks it. Check address and port.',
};

/** All is as it should be between us and the device, so this is no failure; only values are still to come. */
const NO_VALUES_YET =
  'The heat pump answers, but says that none of these values is available. After a restart that takes a few minutes: wait, and test again.';

function failure(code: ConnectionTestCode, found: Partial<ConnectionTest> = {}): ConnectionTest {
  return { code, message: MESSAGES[code], latencyMs: null, firmware: null, readings: [], ...found };
}
