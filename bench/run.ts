import { spawnSync } from 'node:child_process';
import { cpSync } from 'node:fs';
import { cpus } from 'node:os';
import { fileURLToPath, pathToFileURL } from 'node:url';

const ROOT = fileURLToPath(new URL('..', import.meta.url));

/** The benchmarks by name: a compiled file beside this one, and the function that measures and prints. */
const BENCHMARKS: Readonly<Record<string, { readonly file: string; readonly run: string; readonly isLong?: true }>> = {
  poll: { file: 'polls', run: 'comparePolls' },
  history: { file: 'history-report', run: 'writeHistory' },
  'fan-out': { file: 'fan-out', run: 'compareFanOut' },
  queries: { file: 'queries', run: 'compareQueries', isLong: true },
  scrape: { file: 'scrape', run: 'compareScrapes' },
  fleet: { file: 'fleet', run: 'compareFleets', isLong: true },
  client: { file: 'client', run: 'measureClient', isLong: true },
  kills: { file: 'kills', run: 'killForMinutes', isLong: true },
  soak: { file: 'soak', run: 'soak', isLong: true },
  'history-large': { file: 'history-report', run: 'readHistory', isLong: true },
};

/** Compiles what is measured, as `npm start` does: the loader that runs TypeScript directly slows it down. */
function compile(): void {
  const compiler = `${ROOT}node_modules/typescript/bin/tsc`;
  const { status } = spawnSync(process.execPath, [compiler, '-p', `${ROOT}bench`], { stdio: 'inherit' });
  if (status !== 0) process.exit(1);
  // What the server reads beside its code.
  for (const path of ['prisma', 'package.json'])
    cpSync(`${ROOT}${path}`, `${ROOT}dist/bench/${path}`, { recursive: true });
}

/** Runs one benchmark; what follows its name on the command line is its own. */
async function measure(name: string, args: readonly string[]): Promise<void> {
  const benchmark = BENCHMARKS[name];
  if (!benchmark)
    throw new RangeError(`there is no benchmark ${name}; there are ${Object.keys(BENCHMARKS).join(', ')}`);
  const module = await import(pathToFileURL(`${ROOT}dist/bench/bench/${benchmark.file}.js`).href);
  await module[benchmark.run](...args);
}

const [cpu] = cpus();
process.stdout.write(`Node ${process.versions.node}, ${cpus().length} × ${cpu?.model ?? 'unknown processor'}\n`);
compile();
const [chosen, ...args] = process.argv.slice(2);
const usual = Object.keys(BENCHMARKS).filter((name) => !BENCHMARKS[name]?.isLong);
for (const name of chosen === undefined ? usual : [chosen]) await measure(name, args);
