import { parseArgs } from 'node:util';
import { systemClock } from '../domain/clock.ts';
import { messageOf } from '../domain/errors.ts';
import { SIMULATED_MODELS, type SimulatorOptions, startSimulator } from './simulator.ts';

const HELP = `Simulates one heat pump on real Modbus TCP.

  --model MODEL          ${SIMULATED_MODELS.join(' or ')}; default ${SIMULATED_MODELS[0]}
  --port PORT            default 1502; 0: any free one
  --host ADDRESS         default 127.0.0.1
  --unit ID              Modbus unit id, default 1
  --seed NUMBER          another number is another building, default 1
  --config JSON          the model's own settings, e.g. '{"circuits":["A","B"],"zones":[0]}'; default {}
  --absent KEYS          sensors that this unit does not have, separated by commas; default none
  --speed FACTOR         simulated time per real time, default 1
  --latency MS           time to an answer, default 50
  --idle-timeout MS      a connection without requests is closed after it, 0: never; default 25000
  --effect-delay MS      when a written value begins to show, default 10000
  --help                 this text
`;

const OPTIONS = {
  model: { type: 'string', default: SIMULATED_MODELS[0] ?? '' },
  port: { type: 'string', default: '1502' },
  host: { type: 'string', default: '127.0.0.1' },
  unit: { type: 'string', default: '1' },
  seed: { type: 'string', default: '1' },
  config: { type: 'string', default: '{}' },
  absent: { type: 'string', default: '' },
  speed: { type: 'string', default: '1' },
  latency: { type: 'string', default: '50' },
  'idle-timeout': { type: 'string', default: '25000' },
  'effect-delay': { type: 'string', default: '10000' },
  help: { type: 'boolean', default: false },
} as const;

async function main(): Promise<void> {
  const { values } = parseArgs({ options: OPTIONS });
  if (values.help) return void process.stdout.write(HELP);
  const options: SimulatorOptions = {
    model: values.model,
    host: values.host,
    port: number('port', values.port, 0, 65_535),
    unitId: number('unit', values.unit, 0, 255),
    seed: number('seed', values.seed, 0, 0xffff_ffff),
    config: JSON.parse(values.config) as SimulatorOptions['config'],
    absent: values.absent.split(',').map((key) => key.trim()),
    speed: number('speed', values.speed, 0, 100_000),
    latencyMs: number('latency', values.latency, 0, 60_000),
    idleTimeoutMs: number('idle-timeout', values['idle-timeout'], 0, 3_600_000),
    effectDelayMs: number('effect-delay', values['effect-delay'], 0, 3_600_000),
    clock: systemClock,
  };
  const simulator = await startSimulator(options);
  process.stdout.write(`${options.model} at ${options.host}:${simulator.port}, unit ${options.unitId}\n`);
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void simulator.close());
}

function number(name: string, text: string, lowest: number, highest: number): number {
  const value = Number(text);
  if (text !== '' && value >= lowest && value <= highest) return value;
  throw new RangeError(`--${name} must be a number from ${lowest} to ${highest}, not ${JSON.stringify(text)}`);
}

main().catch((thrown: unknown) => {
  process.stderr.write(`${messageOf(thrown)}\nSee --help.\n`);
  process.exitCode = 1;
});
