import { systemClock } from '../../src/domain/clock.ts';
import { type DeviceError, wasSent } from '../../src/domain/device-error.ts';
import type { RegisterTable } from '../../src/domain/register.ts';
import type { Result } from '../../src/domain/result.ts';
import { allowCidrs } from '../../src/modbus/address.ts';
import type { ReadRequest, UnitLine } from '../../src/modbus/line.ts';
import { createLines } from '../../src/modbus/lines.ts';
import { seededRandom } from '../../src/simulator/random.ts';
import type { FaultCase, Stage } from './cases.ts';
import { wordsAt } from './encoding.ts';
import { loopback, startFaultServer } from './fault-server.ts';

/** The deadline for finding the host, for connecting and for each answer, while some of them may have to be sat out. */
const TIMEOUT_MS = 60;
/** The deadline of requests that have to be answered: a busy machine is no fault. */
const PATIENT_TIMEOUT_MS = 3_000;
/** Above what the deadlines of a few requests come to. */
const SETTLED_AFTER_MS = 10_000;
const UNITS = [1, 2];
const HOST = 'heat-pump.test';

/** What one seed brought: what went wrong, and how many reads were answered or not. */
export interface Outcome {
  readonly problems: readonly string[];
  readonly goodReads: number;
  readonly failedReads: number;
}

/** Lines to the same units over the same connection, with short and with long deadlines. */
interface Units {
  readonly hasty: readonly UnitLine[];
  readonly patient: readonly UnitLine[];
}

type Read = Result<readonly number[], DeviceError>;

/** Lets one fault befall one device, and looks at everything that its two units say before, meanwhile and afterwards. */
export async function runScenario(fault: FaultCase, network: number, seed: number): Promise<Outcome> {
  const random = seededRandom(network * 1_000 + seed);
  const timers = new Set<NodeJS.Timeout>();
  const server = await startFaultServer(loopback(network, seed), seed);
  const later = (ms: number, act: () => void) => {
    const timer = setTimeout(() => {
      timers.delete(timer);
      act();
    }, ms);
    timers.add(timer);
  };
  const isOver = async () => {
    while (timers.size > 0) await new Promise((resolve) => setTimeout(resolve, 5));
  };
  const stage: Stage = {
    server,
    timeoutMs: TIMEOUT_MS,
    random,
    later,
    lookup: async () => [server.host],
    otherAddress: loopback(network + 100, seed),
  };
  const lookup = async () => (await stage.lookup()).map((address) => ({ address }));
  const lines = createLines(systemClock, allowCidrs(['127.0.0.0/8']), lookup);
  const rules = { pauseMs: 0, maxIdleMs: 60_000, maxWordsPerSecond: null, oneWordFunction: 16 } as const;
  const open = (timeoutMs: number) =>
    UNITS.map((unitId) => lines.open({ host: HOST, port: server.port, unitId, timeoutMs, ...rules }));
  const units = { hasty: open(TIMEOUT_MS), patient: open(PATIENT_TIMEOUT_MS) };
  const witness = new Witness(seed, units, random);
  try {
    await play(fault, stage, witness, isOver);
    return witness;
  } finally {
    for (const timer of timers) clearTimeout(timer);
    for (const unit of [...units.hasty, ...units.patient]) unit.close();
    await server.close();
  }
}

/** `isOver` resolves when all has come that is still to come of the fault, such as late replies. */
async function play(fault: FaultCase, stage: Stage, witness: Witness, isOver: () => Promise<void>): Promise<void> {
  const { random, server } = stage;
  for (let rounds = 1 + Math.floor(random() * 3); rounds > 0; rounds--) await witness.poll('before', 4, true);
  await fault.begin(stage);
  if (fault.further) await witness.poll('meanwhile', fault.further + 20, false, 1);
  const isHarmless = fault.fails === 'never';
  const reads = witness.poll('meanwhile', 1 + Math.floor(random() * 3), isHarmless);
  if (random() < 0.5) await witness.write(server.writes);
  await reads;
  server.strike = null;
  server.greet = null;
  await fault.end?.(stage);
  await witness.poll('the first poll afterwards', 4, isHarmless);
  await isOver();
  await witness.poll('the second poll afterwards', 4, true);
  if (server.writes.length > 1) witness.note(`one write was received ${server.writes.length} times`);
}

/** Asks, and compares what is answered with what lies there. */
class Witness implements Outcome {
  readonly problems: string[] = [];
  goodReads = 0;
  failedReads = 0;
  readonly #seed: number;
  readonly #units: Units;
  readonly #random: () => number;

  constructor(seed: number, units: Units, random: () => number) {
    this.#seed = seed;
    this.#units = units;
    this.#random = random;
  }

  /** Adds to what went wrong. */
  note(problem: string): void {
    this.problems.push(`seed ${this.#seed}, ${problem}`);
  }

  /** So many reads at once, of the same form if `count` is given; `mustSucceed`: each has to be answered. */
  async poll(when: string, reads: number, mustSucceed: boolean, count?: number): Promise<void> {
    const chunks = Array.from({ length: Math.ceil(reads / 80) }, (_, index) => Math.min(80, reads - 80 * index));
    for (const size of chunks)
      await Promise.all(Array.from({ length: size }, () => this.#read(when, mustSucceed, count)));
  }

  /** The only write. Whatever it came to must fit what the device has received. */
  async write(received: readonly string[]): Promise<void> {
    const words = [Math.floor(this.#random() * 0x1_0000)];
    const write = { table: 'HOLDING', address: Math.floor(this.#random() * 9_000), words } as const;
    const result = await this.#settled('write', this.#units.hasty[0]?.write(write));
    if (!result) return;
    const [fewest, most] = result.ok ? [1, 1] : wasSent(result.error) ? [0, 1] : [0, 0];
    const { length } = received;
    if (length < fewest || length > most) this.note(`write: ${told(result)}, but the device received ${length}`);
  }

  async #read(when: string, mustSucceed: boolean, fixedCount?: number): Promise<void> {
    const random = this.#random;
    const unit = Math.floor(random() * UNITS.length);
    const table: RegisterTable =
      fixedCount || random() < 0.6
        ? 'HOLDING'
        : ((['INPUT', 'COIL', 'DISCRETE'] as const)[Math.floor(random() * 3)] ?? 'INPUT');
    const request: ReadRequest = {
      table,
      address: Math.floor(random() * 9_000),
      count: fixedCount ?? 1 + Math.floor(random() * 4),
    };
    const isPatient = mustSucceed || fixedCount !== undefined;
    const units = this.#units[isPatient ? 'patient' : 'hasty'];
    const result = await this.#settled(when, units[unit]?.read(request));
    if (result) this.#judge(when, mustSucceed, { ...request, unitId: UNITS[unit] ?? 0 }, result);
  }

  #judge(when: string, mustSucceed: boolean, { count, ...place }: ReadRequest & { unitId: number }, read: Read): void {
    if (!read.ok) {
      this.failedReads++;
      if (mustSucceed) this.note(`${when}: ${told(read)}`);
      return;
    }
    this.goodReads++;
    const expected = wordsAt({ device: this.#seed, ...place }, count);
    if (String(read.value) !== String(expected)) this.note(`${when}: WRONG VALUE ${read.value}, not ${expected}`);
  }

  /** The result, or null if it does not come. */
  async #settled<T>(what: string, promise: Promise<T> | undefined): Promise<T | null> {
    let timer: NodeJS.Timeout | undefined;
    const never = new Promise<null>((resolve) => {
      timer = setTimeout(() => resolve(null), SETTLED_AFTER_MS);
    });
    const result = await Promise.race([promise ?? null, never]);
    clearTimeout(timer);
    if (result === null) this.note(`${what}: never settled`);
    return result;
  }
}

function told(result: Result<unknown, DeviceError>): string {
  return result.ok ? 'ok' : `${result.error.code} (${result.error.message})`;
}
