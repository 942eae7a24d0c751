import { isObjectType } from 'graphql';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { AUDIT_KINDS } from '../../src/domain/audit.ts';
import { schema } from '../../src/graphql/schema.ts';
import type { Simulator } from '../../src/simulator/simulator.ts';
import { ADD, addInput } from '../support/api.ts';
import { type Guarded, startGuarded } from '../support/guarded.ts';
import { startTestSimulator } from '../support/simulator.ts';

const AUDIT = `query ($action: String, $first: Int, $before: ID, $actor: String) {
  audit(action: $action, first: $first, before: $before, actor: $actor) {
    entries { id at actor address action kind target old new outcome } nextCursor
  }
}`;

let guarded: Guarded;
let simulator: Simulator;
let heatpumpId: string;

beforeAll(async () => {
  guarded = await startGuarded();
  simulator = await startTestSimulator();
  heatpumpId = (await guarded.admin(ADD, addInput(simulator.port))).data.addHeatpump.heatpump.id;
});
afterAll(async () => {
  await guarded?.close();
  await simulator?.close();
});

const entriesOf = async (variables: object) => (await guarded.admin(AUDIT, variables)).data.audit.entries;

describe('the audit', () => {
  it('has a rule for every mutation there is', () => {
    const mutations = Object.values(schema.getMutationType()?.getFields() ?? {});
    const without = mutations.filter(({ extensions }) => !AUDIT_KINDS.includes(extensions.audit as never));
    expect(without.map(({ name }) => name)).toStrictEqual([]);
    expect(mutations.length).toBeGreaterThan(40);
    expect(isObjectType(schema.getType('AuditEntry'))).toBe(true);
  });

  it('tells who has changed what, from where, as it was and as it was asked to be', async () => {
    const before = Date.now();
    const update = 'mutation ($input: UpdateHeatpumpInput!) { updateHeatpump(input: $input) { heatpump { id } } }';
    await guarded.admin(update, { input: { id: heatpumpId, name: 'Renamed', readOnly: false } });
    const [entry] = await entriesOf({ action: 'updateHeatpump' });
    expect(Date.parse(entry.at)).toBeGreaterThanOrEqual(before);
    expect(entry).toMatchObject({
      ...{ actor: 'ADMIN_TOKEN', address: '127.0.0.1', kind: 'heatpump', target: heatpumpId, outcome: 'OK' },
      old: { name: 'Home', readOnly: false },
      new: { id: heatpumpId, name: 'Renamed', readOnly: false },
    });
    const [added] = await entriesOf({ action: 'addHeatpump' });
    expect(added).toMatchObject({ target: heatpumpId, old: null, new: { name: 'Home' } });
  });

  it('tells writes with the token that asked, and the write tells it too', async () => {
    const { headers } = await guarded.token({ name: 'pv', role: 'OPERATOR' });
    await expect
      .poll(async () => (await guarded.admin('{ heatpumps { status { state } } }')).data.heatpumps[0].status.state, {
        timeout: 15_000,
      })
      .toBe('ONLINE');
    const write = 'mutation ($input: WriteSensorInput!) { writeSensor(input: $input) { write { origin previous } } }';
    const { data } = await guarded.ask(headers, write, { input: { key: 'temp_water_target', value: 51 } });
    expect(data.writeSensor.write.origin).toBe('token:pv');
    expect(await entriesOf({ actor: 'token:pv' })).toMatchObject([
      {
        ...{ action: 'writeSensor', kind: 'sensor', outcome: 'OK' },
        old: { value: data.writeSensor.write.previous },
        new: { key: 'temp_water_target', value: 51 },
      },
    ]);
  }, 20_000);

  it('is not all: holds and jobs know who has asked for them last', async () => {
    const { headers } = await guarded.token({ name: 'surplus', role: 'OPERATOR' });
    const hold = 'mutation ($input: HoldValueInput!) { holdValue(input: $input) { hold { holder actor } } }';
    const held = { key: 'power_solar_surplus', value: 1.5, ttlMs: 20_000, holder: 'pv' };
    const { data } = await guarded.ask(headers, hold, { input: held });
    expect(data.holdValue.hold).toStrictEqual({ holder: 'pv', actor: 'token:surplus' });
    const job = 'mutation ($input: CreateJobInput!) { createJob(input: $input) { job { changedBy } } }';
    const weekly = { days: ['MON'], times: ['03:00'] };
    const made = await guarded.admin(job, {
      input: { name: 'J', key: 'temp_water_target', value: 47, schedule: { weekly } },
    });
    expect(made.data.createJob.job.changedBy).toBe('ADMIN_TOKEN');
  }, 20_000);

  it('keeps no secret', async () => {
    const channel = {
      name: 'C',
      type: 'NTFY',
      settings: { topic: 't', url: 'https://x.example/k3y' },
      secret: 'hidden',
    };
    const user = { name: 'U', email: 'u@example.org', password: 'hidden password', role: 'VIEWER' };
    await guarded.admin('mutation ($input: CreateChannelInput!) { createChannel(input: $input) { channel { id } } }', {
      input: channel,
    });
    await guarded.admin('mutation ($input: CreateUserInput!) { createUser(input: $input) { user { id } } }', {
      input: user,
    });
    const entries = await entriesOf({ first: 200 });
    expect(entries.map(({ action }: { action: string }) => action)).toStrictEqual(
      expect.arrayContaining(['createChannel', 'createUser']),
    );
    expect(JSON.stringify(entries)).not.toMatch(/hidden|k3y/);
  });

  it('tells every sign-in, good and bad', async () => {
    const signIn = (password: string) =>
      fetch(`${guarded.url}/auth/sign-in/email`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ email: 'u@example.org', password }),
      });
    expect([(await signIn('wrong password')).status, (await signIn('hidden password')).status]).toStrictEqual([
      401, 200,
    ]);
    expect(await entriesOf({ action: 'signIn' })).toMatchObject([
      { kind: 'session', target: 'u@example.org', outcome: 'OK', actor: 'user:U' },
      { kind: 'session', target: 'u@example.org', outcome: 'REFUSED', actor: null },
    ]);
  });

  it('is told page by page, newest first', async () => {
    const all = await entriesOf({ first: 200 });
    const paged = [];
    let before: string | null = null;
    do {
      const { data } = await guarded.admin(AUDIT, { first: 2, before });
      paged.push(...data.audit.entries);
      before = data.audit.nextCursor;
    } while (before !== null);
    expect(paged).toStrictEqual(all);
    const times = paged.map(({ at }: { at: string }) => at);
    expect(times).toStrictEqual(times.toSorted().toReversed());
    const { errors } = await guarded.admin(AUDIT, { first: 201 });
    expect(errors?.[0]?.extensions?.code).toBe('BAD_USER_INPUT');
  });
});
