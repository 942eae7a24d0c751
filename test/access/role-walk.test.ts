import { readFileSync } from 'node:fs';
import { buildSchema, type GraphQLObjectType, isObjectType } from 'graphql';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { Simulator } from '../../src/simulator/simulator.ts';
import { ADD, type Answer, addInput } from '../support/api.ts';
import { documentOf, plainFields, type Step, waysFromQueries, waysToFields } from '../support/documents.ts';
import { type Guarded, startGuarded } from '../support/guarded.ts';
import { startTestSimulator } from '../support/simulator.ts';
import { openSocket } from '../support/socket.ts';

/** Who may ask for each query, mutation and subscription; written by hand, and complete. */
const ROOTS = {
  PUBLIC: ['Query.viewer', 'Mutation.setUp'],
  VIEWER: [
    ...['alert', 'alertHistory', 'alerts', 'channel', 'channels', 'counterCorrections', 'dashboard', 'dashboards'],
    ...['exportDashboard', 'heatpump', 'heatpumps', 'history', 'historyInfo', 'job', 'jobs', 'manufacturers', 'model'],
    ...['sessions', 'settingsChanges', 'settingsDifference', 'settingsSnapshots', 'writes'],
  ]
    .map((name) => `Query.${name}`)
    .concat('Mutation.revokeSession')
    .concat(
      ['alertEvents', 'heatpumpStatus', 'readings', 'settingsChanges', 'writes'].map((name) => `Subscription.${name}`),
    ),
  OPERATOR: [
    ...['acknowledgeAlert', 'holdValue', 'releaseHold', 'runJob', 'writeSensor'],
    ...['restoreSettings', 'takeSettingsSnapshot', 'undoWrite'],
  ]
    .map((name) => `Mutation.${name}`)
    .concat('Query.dryRunJob'),
  ADMIN: [
    ...['addHeatpump', 'updateHeatpump', 'removeHeatpump', 'setHeatpumpEnabled', 'testConnection', 'probeEncoding'],
    ...['createAlert', 'updateAlert', 'deleteAlert', 'createChannel', 'updateChannel', 'deleteChannel', 'testChannel'],
    ...['createDashboard', 'updateDashboard', 'deleteDashboard', 'importDashboard', 'reorderDashboards'],
    ...['createJob', 'updateJob', 'deleteJob', 'createUser', 'updateUser', 'deleteUser'],
    ...['createApiToken', 'revokeApiToken'],
    ...['createBackup', 'checkBackup', 'deleteBackup', 'restoreBackup', 'undoRestore'],
  ]
    .map((name) => `Mutation.${name}`)
    .concat(['apiTokens', 'audit', 'backups', 'logLines', 'users'].map((name) => `Query.${name}`)),
};

/** Fields of objects that ask for another role than VIEWER. */
const FIELDS: Record<string, Level> = {
  'Channel.deliveries': 'ADMIN',
  'Channel.hasSecret': 'ADMIN',
  'Channel.lastResult': 'ADMIN',
  'Channel.settings': 'ADMIN',
  'Heatpump.connection': 'OPERATOR',
  'SetUpPayload.user': 'PUBLIC',
  'User.createdAt': 'ADMIN',
  'User.disabled': 'ADMIN',
  'User.email': 'PUBLIC',
  'User.heatpumpIds': 'ADMIN',
  'User.id': 'PUBLIC',
  'User.name': 'PUBLIC',
  'User.role': 'PUBLIC',
  'User.seesAllHeatpumps': 'ADMIN',
  'User.updatedAt': 'ADMIN',
  ...Object.fromEntries(
    ['email', 'heatpumpIds', 'isOpen', 'name', 'role', 'seesAllHeatpumps', 'setupNeeded'].map(
      (name) => [`Viewer.${name}`, 'PUBLIC'] as const,
    ),
  ),
};

const LEVELS = ['PUBLIC', 'VIEWER', 'OPERATOR', 'ADMIN'] as const;
type Level = (typeof LEVELS)[number];
const levelOf = new Map<string, Level>([
  ...LEVELS.flatMap((level) => ROOTS[level].map((name) => [name, level] as const)),
  ...Object.entries(FIELDS),
]);
const rank = (field: string) => LEVELS.indexOf(levelOf.get(field) ?? 'VIEWER');
const nameOf = ({ type, field }: Step) => `${type.name}.${field.name}`;
const neededFor = (way: readonly Step[]) => Math.max(...way.map((step) => rank(nameOf(step))));

// As it is written down, not as it is built, so that the rules under test have no part in what is asked.
const schema = buildSchema(readFileSync(new URL('../../src/graphql/schema.graphql', import.meta.url), 'utf8'));
const ways = waysToFields(schema, rank);

/** Everything of the heat pump that a limited token may not see has this in its name. */
const SECRET = 'Foreign';
const KEY = 'temp_water_target';

let guarded: Guarded;
const simulators: Simulator[] = [];
const headers: Record<string, Record<string, string>> = { none: {} };
const ids = { own: '', foreign: '' };

async function addHeatpump(name: string): Promise<string> {
  const simulator = await startTestSimulator({ seed: simulators.length + 1 });
  simulators.push(simulator);
  const { data } = await guarded.admin(ADD, addInput(simulator.port, { name }));
  return data.addHeatpump.heatpump.id;
}

async function must(query: string, input: object): Promise<Answer['data']> {
  const { data, errors } = await guarded.admin(query, { input });
  expect(errors).toBeUndefined();
  return data;
}

/** One of everything that there is for a heat pump. */
async function furnish(heatpumpId: string, name: string): Promise<void> {
  const rule = { type: 'THRESHOLD', key: 'temp_outside', comparison: 'ABOVE', threshold: -100 };
  const schedule = { weekly: { days: ['MON'], times: ['03:00'] } };
  await must('mutation ($input: CreateAlertInput!) { createAlert(input: $input) { alert { id } } }', {
    ...{ heatpumpId, name, rule },
  });
  await must('mutation ($input: CreateJobInput!) { createJob(input: $input) { job { id } } }', {
    ...{ heatpumpId, name, key: KEY, value: 47, schedule },
  });
  await must('mutation ($input: CreateDashboardInput!) { createDashboard(input: $input) { dashboard { id } } }', {
    ...{ heatpumpId, name },
  });
  await must('mutation ($input: WriteSensorInput!) { writeSensor(input: $input) { write { id } } }', {
    ...{ heatpumpId, key: KEY, value: 45 },
  });
  await must(
    'mutation ($input: TakeSettingsSnapshotInput!) { takeSettingsSnapshot(input: $input) { snapshot { id } } }',
    {
      heatpumpId,
    },
  );
}

beforeAll(async () => {
  guarded = await startGuarded();
  ids.own = await addHeatpump('Own');
  ids.foreign = await addHeatpump(SECRET);
  const online = '{ heatpumps { status { state } } }';
  await vi.waitFor(
    async () => {
      const { data } = await guarded.admin(online);
      const states = data.heatpumps.map(({ status }: { status: { state: string } }) => status.state);
      expect(states).toStrictEqual(['ONLINE', 'ONLINE']);
    },
    { timeout: 15_000, interval: 50 },
  );
  await furnish(ids.own, 'Mine');
  await furnish(ids.foreign, `${SECRET} one`);
  const queries = [{ key: 'temp_outside', heatpumpId: ids.foreign }];
  const place = { type: 'LINE', title: 'Both', x: 0, y: 0, w: 6, h: 4 };
  await must('mutation ($input: CreateDashboardInput!) { createDashboard(input: $input) { dashboard { id } } }', {
    name: 'All',
    widgets: [{ ...place, queries }],
  });
  await must('mutation ($input: CreateUserInput!) { createUser(input: $input) { user { id } } }', {
    ...{ name: 'Anna', email: 'anna@example.org', password: 'correct horse', role: 'ADMIN' },
  });
  for (const role of ['VIEWER', 'OPERATOR', 'ADMIN'])
    headers[role] = (await guarded.token({ name: role, role })).headers;
  for (const role of ['VIEWER', 'OPERATOR']) {
    headers[`${role} of one`] = (await guarded.token({ name: 'limited', role, heatpumpIds: [ids.own] })).headers;
  }
}, 60_000);

afterAll(async () => {
  await guarded?.close();
  for (const simulator of simulators) await simulator.close();
});

const codesOf = ({ errors = [] }: Answer) => errors.map(({ extensions }) => extensions?.code);

const SHOWN = [
  ...[
    'alerts',
    'alerts.states.heatpump',
    'alertHistory.heatpump',
    'dashboards',
    'dashboards.widgets.queries',
    'heatpumps',
  ],
  ...['heatpumps.jobs', 'heatpumps.alerts', 'heatpumps.dashboards', 'jobs', 'jobs.heatpump', 'writes.writes.heatpump'],
];

const leavesOf = (type: GraphQLObjectType, level: number) => [
  '__typename',
  ...plainFields(type).filter((name) => rank(`${type.name}.${name}`) <= level),
];

function shows(answer: Answer): boolean {
  const text = JSON.stringify(answer);
  return [SECRET, ids.foreign, `:${simulators[1]?.port}`].some((secret) => text.includes(secret));
}

describe('the role walk', () => {
  it('has a rule for every query, mutation and subscription, and none to spare', () => {
    const roots = [...ways].filter(([, way]) => way.length === 1).map(([name]) => name);
    expect(Object.values(ROOTS).flat().sort()).toStrictEqual(roots.sort());
    expect(Object.keys(FIELDS).filter((name) => !ways.has(name))).toStrictEqual([]);
  });

  it('reaches every field of every type', () => {
    const types = Object.values(schema.getTypeMap()).filter(
      (type) => isObjectType(type) && !type.name.startsWith('__'),
    );
    const fields = types.flatMap((type) =>
      Object.keys((type as GraphQLObjectType).getFields()).map((name) => `${type.name}.${name}`),
    );
    expect([...ways.keys()].sort()).toStrictEqual(fields.sort());
    expect(ways.size).toBeGreaterThan(500);
  });

  it('lets each role have every field that it may have, and no other', async () => {
    let asked = 0;
    const wrong: string[] = [];
    for (const [name, way] of ways) {
      if (way[0]?.type.name === 'Subscription') continue;
      const document = documentOf(way, {});
      for (const [level, role] of ['none', 'VIEWER', 'OPERATOR', 'ADMIN'].entries()) {
        const answer = await guarded.ask(headers[role] ?? {}, document);
        asked++;
        const isRefused = codesOf(answer).some((code) => code === 'UNAUTHENTICATED' || code === 'FORBIDDEN');
        const mayHave = level >= neededFor(way);
        const isExact = mayHave || codesOf(answer).join() === (level === 0 ? 'UNAUTHENTICATED' : 'FORBIDDEN');
        if (isRefused === mayHave || !isExact || (isRefused && answer.data))
          wrong.push(`${role} ${name}: ${JSON.stringify(answer)}`);
      }
    }
    expect(wrong).toStrictEqual([]);
    expect(asked).toBeGreaterThan(2_000);
  }, 240_000);

  it('lets each role listen to what it may hear, and to nothing else', async () => {
    const listening = [...ways].filter(([, way]) => way[0]?.type.name === 'Subscription');
    for (const [level, role] of ['none', 'VIEWER', 'OPERATOR', 'ADMIN'].entries()) {
      const { socket, subscribe } = await openSocket(guarded.url, headers[role]);
      const told = new Map<string, string>();
      socket.on('message', (data) => {
        const { id, payload } = JSON.parse(String(data));
        if (id && !told.has(id)) told.set(id, JSON.stringify(payload ?? null));
      });
      for (const [name, way] of listening) subscribe(name, documentOf(way, {}));
      // Refusals come at once, and before what is asked later.
      subscribe('last', '{ __typename }');
      await vi.waitFor(() => expect(told.has('last')).toBe(true), 10_000);
      for (const [name, way] of listening) {
        const refusal = level >= neededFor(way) ? undefined : level === 0 ? 'UNAUTHENTICATED' : 'FORBIDDEN';
        const code = /UNAUTHENTICATED|FORBIDDEN/.exec(told.get(name) ?? '')?.[0];
        expect([role, name, code]).toStrictEqual([role, name, refusal]);
      }
      socket.close();
    }
    expect(listening.length).toBeGreaterThan(10);
  }, 60_000);

  it('shows nothing of a heat pump that may not be seen, whatever way is gone', async () => {
    const leaks: string[] = [];
    const seen = new Set<string>();
    let asked = 0;
    for (const way of waysFromQueries(schema, 4)) {
      for (const [role, level] of Object.entries({ VIEWER: 1, 'VIEWER of one': 1, 'OPERATOR of one': 2 })) {
        if (neededFor(way) > level) continue;
        const answer = await guarded.ask(
          headers[role] ?? {},
          documentOf(way, {}, (type) => leavesOf(type, level)),
        );
        asked++;
        const name = way.map(({ field }) => field.name).join('.');
        if (!shows(answer)) continue;
        if (role === 'VIEWER') seen.add(name);
        else leaks.push(`${role} ${name}: ${JSON.stringify(answer)}`);
      }
    }
    expect(leaks).toStrictEqual([]);
    expect(asked).toBeGreaterThan(300);
    // Whoever may see everything is shown it in all these places, so that leaks would have been found.
    expect([...seen]).toStrictEqual(expect.arrayContaining(SHOWN));
    expect(seen.size).toBeGreaterThan(25);
  }, 240_000);

  it('answers an id that may not be seen like one that is not there', async () => {
    const limited = [...ways].filter(([, way]) => way.length === 1 && neededFor(way) > 0 && neededFor(way) < 3);
    const different: string[] = [];
    let asked = 0;
    const NAMES = ['heatpumpId', 'id', 'snapshotId', 'from'];
    const other = await idsOf(ids.foreign);
    for (const [name, way] of limited.filter(([, way]) => way[0]?.type.name !== 'Subscription')) {
      for (const argument of NAMES) {
        // Elsewhere it is a time.
        if (argument === 'from' && name !== 'Query.settingsDifference') continue;
        for (const id of [ids.foreign, ...other]) {
          const answers = [id, 'hp-0000000000'].map(async (value) => {
            const answer = await guarded.ask(
              headers['OPERATOR of one'] ?? {},
              documentOf(way, { [argument]: `"${value}"` }),
            );
            return JSON.stringify(answer);
          });
          const [foreign, none] = await Promise.all(answers);
          asked++;
          if (foreign !== none) different.push(`${name} ${argument}: ${foreign} is not ${none}`);
        }
      }
    }
    expect(different).toStrictEqual([]);
    expect(asked).toBeGreaterThan(300);
  }, 240_000);
});

/** The ids of all that belongs to a heat pump. */
async function idsOf(heatpumpId: string): Promise<string[]> {
  const query = `query ($id: ID!) {
    alerts(heatpumpId: $id) { id } jobs(heatpumpId: $id) { id } dashboards(heatpumpId: $id) { id }
    writes(heatpumpId: $id) { writes { id } } settingsSnapshots(heatpumpId: $id) { snapshots { id } }
  }`;
  const { data } = await guarded.admin(query, { id: heatpumpId });
  const lists = [data.alerts, data.jobs, data.dashboards, data.writes.writes, data.settingsSnapshots.snapshots];
  for (const list of lists) expect(list.length).toBeGreaterThan(0);
  return lists.flatMap((list) => list[0].id as string);
}
