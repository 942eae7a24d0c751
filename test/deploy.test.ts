import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { DRIVERS } from '../src/drivers/index.ts';
import type { Simulator } from '../src/simulator/simulator.ts';
import { type Api, startApi } from './support/api.ts';
import { makeTempDir } from './support/house.ts';
import { startProgram } from './support/program.ts';
import { startTestSimulator } from './support/simulator.ts';
import { toolPath } from './support/tools.ts';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const DASHBOARD = join(ROOT, 'deploy/grafana/dashboards/heat-pumps.json');
const UNITS = [
  ['idm/navigator_2_0', { circuits: ['A'], zones: [] }],
  ['nibe/s_series', { model: 'VVM-S320', climateSystems: [1], outdoorUnits: [1] }],
  ['daikin/altherma', { variant: 'altherma4' }],
  ['luxtronik/luxtronik_2_1', {}],
] as const;

const TOKEN = 'a token that only reads metrics, of 45 letters'.replaceAll(' ', '-');

interface Panel {
  readonly title: string;
  readonly targets: readonly { readonly expr: string }[];
}

interface Rule {
  readonly name: string;
  readonly query: string;
  readonly health: string;
}

const read = (path: string) => readFileSync(join(ROOT, path), 'utf8');
const panels = (JSON.parse(readFileSync(DASHBOARD, 'utf8')) as { panels: Panel[] }).panels;

let api: Api;
let simulators: Simulator[];
let prometheus: Awaited<ReturnType<typeof startShipped>>;

beforeAll(async () => {
  const metricsTokenHash = createHash('sha256').update(TOKEN).digest('hex');
  api = await startApi({ metricsAllow: [], metricsTokenHash }, DRIVERS, true);
  simulators = await Promise.all(UNITS.map(([model, config]) => startTestSimulator({ model, config })));
  for (const [index, [fullModel, config]] of UNITS.entries()) {
    const [manufacturer = '', model = ''] = fullModel.split('/');
    const connection = { host: '127.0.0.1', port: simulators[index]?.port };
    await api.server.heatpumps.add({ name: `House of ${manufacturer}`, manufacturer, model, connection, config });
  }
  await waitUntilOnline(UNITS.length);
  // One of them is lost, so that there are errors to count.
  await simulators[0]?.close();
  await waitUntilOnline(UNITS.length - 1);
  prometheus = await startShipped(api.url);
});

afterAll(async () => {
  await prometheus?.close();
  await api?.close();
  await Promise.all(simulators?.slice(1).map((simulator) => simulator.close()) ?? []);
});

/** Until so many heat pumps are read. */
async function waitUntilOnline(count: number): Promise<void> {
  const online = () => api.server.heatpumps.list().filter(({ status }) => status.state === 'ONLINE').length;
  await vi.waitFor(() => expect(online()).toBe(count), 20_000);
}

/** A real Prometheus with the configuration that is shipped; only the address, the path of the token and the pace are ours. */
async function startShipped(url: string) {
  const directory = makeTempDir();
  cpSync(join(ROOT, 'deploy/prometheus'), directory.path, { recursive: true });
  const file = join(directory.path, 'prometheus.yml');
  const token = join(directory.path, 'metrics-token');
  writeFileSync(token, TOKEN);
  const shipped = readFileSync(file, 'utf8');
  const changed = shipped
    .replace('thermograph:4000', new URL(url).host)
    .replace('/run/secrets/metrics-token', token)
    .replaceAll('_interval: 15s', '_interval: 1s');
  const isAsShipped = (line: string) => shipped.split('\n').includes(line);
  expect(changed.split('\n').filter((line) => !isAsShipped(line))).toHaveLength(4);
  writeFileSync(file, changed);
  const program = startProgram(toolPath('prometheus'), [
    `--config.file=${file}`,
    `--storage.tsdb.path=${join(directory.path, 'series')}`,
    '--web.listen-address=127.0.0.1:0',
  ]);
  const [, address] = await program.until(/msg="Listening on" address=(127\.0\.0\.1:\d+)/);
  await program.until(/ready to receive web requests/);
  return {
    ask: async <T>(path: string): Promise<T> => (await fetch(`http://${address}/api/v1/${path}`)).json() as Promise<T>,
    close: async () => {
      await program.end();
      directory.remove();
    },
  };
}

/** Names of metrics in an expression. */
const namesIn = (expression: string) =>
  expression.match(/\b(heatpump|thermograph|process|nodejs)_\w+(?=[{[)\s]|$)/g) ?? [];

async function expectToWork(expression: string): Promise<number> {
  const { status, data } = await prometheus.ask<{ status: string; data: { result: unknown[] } }>(
    `query?query=${encodeURIComponent(expression)}`,
  );
  expect(status, expression).toBe('success');
  return data.result.length;
}

describe('the token for metrics', () => {
  const ask = (path: string, token: string, init: RequestInit = {}) =>
    fetch(`${api.url}${path}`, { ...init, headers: { ...init.headers, Authorization: `Bearer ${token}` } });

  it('opens the metrics', async () => {
    expect((await fetch(`${api.url}/metrics`)).status).toBe(401);
    expect((await ask('/metrics', `${TOKEN}x`)).status).toBe(401);
    expect((await ask('/metrics', TOKEN)).status).toBe(200);
  });

  it('opens nothing else', async () => {
    const body = JSON.stringify({ query: '{ heatpumps { id } }' });
    const answer = await ask('/graphql', TOKEN, {
      method: 'POST',
      body,
      headers: { 'Content-Type': 'application/json' },
    });
    expect(await answer.json()).toMatchObject({ errors: [{ extensions: { code: 'UNAUTHENTICATED' } }] });
    expect((await ask('/export/history.csv?keys=a', TOKEN)).status).toBe(401);
  });
});

describe('Prometheus, as it is shipped', () => {
  it('scrapes the server, and its rules are whole', async () => {
    const targets = () =>
      prometheus
        .ask<{ data: { activeTargets: { health: string; lastError: string }[] } }>('targets')
        .then(({ data }) => data.activeTargets.map(({ health }) => health));
    await expect.poll(targets, { timeout: 10_000 }).toStrictEqual(['up']);
    const rules = () =>
      prometheus
        .ask<{ data: { groups: { rules: Rule[] }[] } }>('rules')
        .then(({ data }) => data.groups.flatMap((group) => group.rules.map(({ health }) => health)));
    const shipped = read('deploy/prometheus/rules.yml').match(/- alert: /g) ?? [];
    expect(shipped.length).toBeGreaterThan(4);
    await expect.poll(rules, { timeout: 10_000 }).toStrictEqual(Array(shipped.length).fill('ok'));
  });

  it('tells that a heat pump is not reached', async () => {
    const pending = () => expectToWork('ALERTS{alertname="HeatPumpUnreachable",name="House of idm"}');
    await expect.poll(pending, { timeout: 10_000 }).toBe(1);
  });

  it('is asked for nothing that the server does not say', async () => {
    const { data } = await prometheus.ask<{ data: string[] }>('label/__name__/values');
    const { data: loaded } = await prometheus.ask<{ data: { groups: { rules: Rule[] }[] } }>('rules');
    const inRules = loaded.groups.flatMap(({ rules }) => rules.map(({ query }) => query));
    const inDashboard = panels.flatMap(({ targets }) => targets.map(({ expr }) => expr));
    const names = new Set([...inRules, ...inDashboard].flatMap(namesIn));
    expect(names.size).toBeGreaterThan(15);
    expect([...names].filter((name) => !data.includes(name))).toStrictEqual([]);
  });
});

describe('the dashboard for Grafana', () => {
  it('has queries that Prometheus answers, and something to show in each panel that looks at the present', async () => {
    for (const { title, targets } of panels) {
      const counts = [];
      for (const { expr } of targets) counts.push(await expectToWork(expr.replaceAll('$heatpump', '.*')));
      expect(counts.length, title).toBeGreaterThan(0);
      if (!targets.some(({ expr }) => expr.includes('['))) expect(Math.max(...counts), title).toBeGreaterThan(0);
    }
  });

  it('asks the data source that is provisioned', () => {
    expect(read('deploy/grafana/provisioning/datasources/prometheus.yml')).toContain('uid: thermograph-prometheus');
    const sources = read('deploy/grafana/dashboards/heat-pumps.json').match(/"uid": "thermograph-prometheus"/g);
    expect(sources?.length).toBeGreaterThan(panels.length);
  });
});

describe('the files for operators', () => {
  it('pass Prometheus’ own checks', () => {
    const { status, stderr } = spawnSync(toolPath('promtool'), ['check', 'rules', 'deploy/prometheus/rules.yml'], {
      cwd: ROOT,
      encoding: 'utf8',
    });
    expect(stderr).toBe('');
    expect(status).toBe(0);
  });

  it('run the server without rights, and only mount what is there', () => {
    const compose = read('compose.yaml');
    for (const [, path = ''] of compose.matchAll(/- \.\/(deploy\/[\w/]+):/g))
      expect(() => read(`${path}/.`)).toThrow('EISDIR');
    expect(compose.match(/cap_drop: \[ALL\]/g)).toHaveLength(3);
    expect(compose).toContain('read_only: true');
    const dockerfile = read('Dockerfile');
    expect(dockerfile.indexOf('\nUSER node')).toBeGreaterThan(dockerfile.lastIndexOf('\nFROM'));
  });
});
