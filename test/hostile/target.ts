import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import type { Simulator } from '../../src/simulator/simulator.ts';
import { makeTempDir } from '../support/house.ts';
import { startTestSimulator } from '../support/simulator.ts';
import type { Measurement } from './meter.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
/** Of the administrator that attacks with every right. */
export const TOKEN = 'f00dfeed'.repeat(5);
export const BEARER = { authorization: `Bearer ${TOKEN}` };
const JSON_BODY = { 'content-type': 'application/json', accept: 'application/graphql-response+json' };

/** What a GraphQL answer holds. */
export interface Answer {
  readonly status: number;
  // biome-ignore lint/suspicious/noExplicitAny: the shape is the test's business
  readonly data?: any;
  readonly errors?: readonly { readonly message: string; readonly extensions?: { readonly code?: string } }[];
}

/** The server as a process of its own, as `npm start` runs it, over a simulated heat pump. */
export interface Target {
  readonly url: string;
  readonly port: number;
  /** Whatever the server has logged at level warn and above. */
  readonly log: () => string;
  readonly hasEnded: () => boolean;
  measure(): Promise<Measurement>;
  /** Posts an operation as an administrator. */
  query(query: string, variables?: object): Promise<Answer>;
  /** Posts a body with other headers. */
  post(body: string, headers?: Record<string, string>): Promise<Answer>;
  /** Sends bytes and gives back all that comes, until the server closes or for `waitMs`. */
  raw(bytes: string | Buffer, waitMs?: number): Promise<string>;
  close(): Promise<void>;
}

/** Starts the server and adds two heat pumps. */
export async function startTarget(): Promise<Target> {
  const directory = makeTempDir();
  const simulators = await Promise.all([1, 2].map((seed) => startTestSimulator({ seed })));
  const env = {
    PORT: '0',
    DATA_DIR: directory.path,
    LOG_LEVEL: 'warn',
    ADMIN_TOKEN: TOKEN,
    POLL_INTERVAL_MS: '2000',
    MAX_CONNECTIONS_PER_ADDRESS: '500',
  };
  const child = fork(`${ROOT}src/main.ts`, {
    cwd: ROOT,
    execArgv: ['--expose-gc', '--import', 'tsx', '--import', `${ROOT}test/hostile/meter.ts`],
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
  let log = '';
  child.stderr?.setEncoding('utf8').on('data', (lines: string) => {
    log += lines;
  });
  const url = await urlOf(child, () => log);
  const target = targetAt(url, child, () => log);
  for (const [index, { port }] of simulators.entries()) await addHeatpump(target, `House ${index}`, port);
  return { ...target, close: () => end(child, simulators, directory.remove) };
}

async function urlOf(child: ChildProcess, log: () => string): Promise<string> {
  let output = '';
  child.stdout?.setEncoding('utf8').on('data', (lines: string) => {
    output += lines;
  });
  for (let count = 0; count < 3_000; count++) {
    const [, url] = /Thermograph is at (http:\S+)/.exec(output) ?? [];
    if (url !== undefined) return url;
    if (child.exitCode !== null) break;
    await sleep(10);
  }
  throw new Error(`the server did not start:\n${log()}`);
}

async function addHeatpump({ query }: Pick<Target, 'query'>, name: string, port: number): Promise<void> {
  const input = { name, manufacturer: 'idm', model: 'navigator_2_0', connection: { host: '127.0.0.1', port } };
  const { data, errors } = await query(
    'mutation ($input: AddHeatpumpInput!) { addHeatpump(input: $input) { heatpump { id } } }',
    { input },
  );
  if (!data?.addHeatpump) throw new Error(`a heat pump was refused: ${JSON.stringify(errors)}`);
}

function targetAt(url: string, child: ChildProcess, log: () => string): Omit<Target, 'close'> {
  const port = Number(new URL(url).port);
  const post: Target['post'] = async (body, headers = {}) => {
    const response = await fetch(`${url}/graphql`, {
      method: 'POST',
      headers: { ...JSON_BODY, ...BEARER, ...headers },
      body,
    });
    const answer = await response.text();
    return { status: response.status, ...(answer.startsWith('{') ? JSON.parse(answer) : {}) };
  };
  return {
    url,
    port,
    log,
    hasEnded: () => child.exitCode !== null || child.signalCode !== null,
    measure: () => measurementOf(child),
    post,
    query: (query, variables = {}) => post(JSON.stringify({ query, variables })),
    raw: (bytes, waitMs = 2_000) => raw(port, bytes, waitMs),
  };
}

async function measurementOf(child: ChildProcess): Promise<Measurement> {
  const measured = once(child, 'message');
  child.send('measure');
  const [measurement] = await measured;
  return measurement as Measurement;
}

async function raw(port: number, bytes: string | Buffer, waitMs: number): Promise<string> {
  const socket = connect(port, '127.0.0.1');
  socket.on('error', () => {});
  socket.setEncoding('latin1');
  socket.write(bytes);
  const timer = setTimeout(() => socket.end(), waitMs);
  const answer = await text(socket).catch(() => '');
  clearTimeout(timer);
  socket.destroy();
  return answer;
}

async function end(child: ChildProcess, simulators: readonly Simulator[], remove: () => void): Promise<void> {
  if (child.exitCode === null && child.signalCode === null) {
    const exited = once(child, 'exit');
    child.kill('SIGTERM');
    await exited;
  }
  await Promise.all(simulators.map((simulator) => simulator.close()));
  remove();
}
