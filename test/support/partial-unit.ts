import { systemClock } from '../../src/domain/clock.ts';
import type { ModelConfig } from '../../src/domain/model.ts';
import type { RegisterTable } from '../../src/domain/register.ts';
import { simulatedDevice } from '../../src/simulator/simulator.ts';
import {
  type Answer,
  exceptionAnswer,
  type ReceivedRequest,
  readAnswer,
  startScriptedServer,
} from './scripted-server.ts';

/** One simulated device behind a server that counts, and that can be told to misbehave. */
export interface PartialUnit {
  readonly port: number;
  /** Requests received so far, as `table address+count`. */
  readonly requests: string[];
  /** Makes it a device without these sensors. */
  lack(absent: readonly string[]): void;
  /** Sets a value. */
  force(key: string, value: number): void;
  /** Decides before the device does; null: as the device would answer. */
  trouble: (request: ReceivedRequest, usual: Answer) => Answer | null;
  close(): Promise<void>;
}

const TABLES: Readonly<Record<number, RegisterTable>> = { 1: 'COIL', 2: 'DISCRETE', 3: 'HOLDING', 4: 'INPUT' };

/** Starts a unit of a model, without some of its sensors. */
export async function startPartialUnit(
  model: string,
  config: ModelConfig,
  absent: readonly string[] = [],
): Promise<PartialUnit> {
  const forced = new Map<string, number>();
  let device = build(absent);
  const requests: string[] = [];
  const server = await startScriptedServer((request) => {
    const { functionCode, pdu } = request;
    const table = TABLES[functionCode] ?? 'HOLDING';
    const [address, count] = [pdu.readUInt16BE(1), pdu.readUInt16BE(3)];
    requests.push(`${table} ${address}+${count}`);
    const words = device.read(table, address, count);
    const usual = typeof words === 'number' ? exceptionAnswer(functionCode, words) : answer(functionCode, words);
    return unit.trouble(request, usual) ?? usual;
  });
  const unit: PartialUnit = {
    port: server.port,
    requests,
    lack: (keys) => {
      device = build(keys);
    },
    force: (key, value) => {
      forced.set(key, value);
      device.force(key, value);
    },
    trouble: () => null,
    close: () => server.close(),
  };
  return unit;

  function build(keys: readonly string[]) {
    const line = { latencyMs: 0, idleTimeoutMs: 0 };
    const built = simulatedDevice({
      model,
      config,
      absent: keys,
      seed: 1,
      speed: 1,
      effectDelayMs: 0,
      clock: systemClock,
      ...line,
    });
    for (const [key, value] of forced) built.force(key, value);
    return built;
  }
}

function answer(functionCode: number, words: readonly number[]): Answer {
  if (functionCode > 2) return readAnswer(functionCode, words);
  const bytes = Buffer.alloc(Math.ceil(words.length / 8));
  for (const [index, bit] of words.entries())
    if (bit) bytes[index >> 3] = (bytes[index >> 3] ?? 0) | (1 << (index & 7));
  return { pdu: Buffer.concat([Buffer.from([functionCode, bytes.length]), bytes]) };
}
