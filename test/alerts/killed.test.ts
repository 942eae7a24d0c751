import { afterEach, beforeEach, expect, it } from 'vitest';
import type { Simulator } from '../../src/simulator/simulator.ts';
import { until } from '../support/alert-house.ts';
import { addInput } from '../support/api.ts';
import { makeTempDir } from '../support/house.ts';
import type { Program } from '../support/program.ts';
import { type HttpReceiver, startHttpReceiver } from '../support/receivers.ts';
import { askAsAdmin, startServerProgram, urlOf } from '../support/server-program.ts';
import { startTestSimulator } from '../support/simulator.ts';

const directory = makeTempDir();
let server: Program;
let url: string;
let simulator: Simulator;
let receiver: HttpReceiver;

beforeEach(async () => {
  simulator = await startTestSimulator();
  // The first message is taken and never answered.
  receiver = await startHttpReceiver((index, response) => {
    if (index > 0) response.end();
  });
  await start();
});

afterEach(async () => {
  await server.end('SIGKILL');
  await simulator.close();
  await receiver.close();
  directory.remove();
});

/** The server as a process, over the same data each time. */
async function start(): Promise<void> {
  server = startServerProgram({ DATA_DIR: directory.path, POLL_INTERVAL_MS: '300' });
  url = await urlOf(server);
}

async function kill(): Promise<void> {
  await server.end('SIGKILL');
  await start();
}

const run = (query: string, variables?: object) => askAsAdmin(url, query, variables);
const create = (what: string, input: object) =>
  run(`mutation ($input: Create${what}Input!) { create${what}(input: $input) { ${what.toLowerCase()} { id } } }`, {
    input,
  });

/** The state of the alert, once its heat pump has been polled since the start. */
async function state(): Promise<string> {
  const isKnown = async () => (await run('{ alerts { states { isKnown } } }')).alerts[0].states[0]?.isKnown === true;
  await until(isKnown);
  return (await run('{ alerts { states { state } } }')).alerts[0].states[0].state;
}

it('a server that is killed tells everything after its next start, and nothing a second time that was accepted', async () => {
  simulator.device.force('temp_outside', 20);
  const add = 'mutation ($input: AddHeatpumpInput!) { addHeatpump(input: $input) { heatpump { id } } }';
  await run(add, addInput(simulator.port));
  const settings = { url: receiver.url };
  const hook = { name: 'Hook', type: 'WEBHOOK', settings, secret: 'a secret of 16 letters' };
  const { createChannel } = await create('Channel', hook);
  const rule = { type: 'THRESHOLD', key: 'temp_outside', comparison: 'ABOVE', threshold: 30 };
  await create('Alert', { name: 'Hot', rule, channelIds: [createChannel.channel.id] });
  expect(await state()).toBe('OK');

  simulator.device.force('temp_outside', 31);
  await until(() => receiver.posts.length === 1);
  await kill();
  await until(() => receiver.posts.length === 2);
  expect(receiver.posts[1]?.body).toBe(receiver.posts[0]?.body);
  expect(await state()).toBe('FIRING');

  const delivered = '{ channels { deliveries { state } } }';
  const settled = async (count: number) => {
    const [channel] = (await run(delivered)).channels;
    return channel.deliveries.filter((one: { state: string }) => one.state === 'DELIVERED').length === count;
  };
  await until(() => settled(1));
  await kill();
  expect(await state()).toBe('FIRING');
  simulator.device.force('temp_outside', 20);
  await until(() => settled(2));
  await kill();
  expect(await state()).toBe('OK');
  const kinds = receiver.posts.map(({ body }) => (JSON.parse(body) as { kind: string }).kind);
  expect(kinds).toStrictEqual(['FIRING', 'FIRING', 'RECOVERED']);
}, 60_000);
