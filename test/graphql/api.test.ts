import { serverAudits } from 'graphql-http';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Simulator } from '../../src/simulator/simulator.ts';
import { ADD, type Api, addInput, addOnline, startApi } from '../support/api.ts';
import { startTestSimulator } from '../support/simulator.ts';

let api: Api;
let simulator: Simulator;
let id: string;

beforeAll(async () => {
  simulator = await startTestSimulator();
  simulator.device.force('temp_outside', -12.7);
  simulator.device.force('status_heat_pump', 8);
  simulator.device.force('state_compressor_2', null);
  api = await startApi();
  id = await addOnline(api, simulator.port, { name: 'Main "house"' });
});

afterAll(async () => {
  await api?.close();
  await simulator?.close();
});

describe('the API', () => {
  it('passes every audit of GraphQL over HTTP', async () => {
    const results = await Promise.all(
      serverAudits({ url: `${api.url}/graphql`, fetchFn: fetch }).map((audit) => audit.fn()),
    );
    const failed = results.filter(({ status }) => status !== 'ok').map(({ name }) => name);
    expect(failed).toStrictEqual([]);
    expect(results).toHaveLength(61);
  });

  it('tells all about a heat pump', async () => {
    const { data, errors } = await api.query(`{
      heatpumps {
        id name enabled isDefault readOnly config pollIntervalMs createdAt
        manufacturer { id name }
        model { id name protocol defaultPort }
        connection { host port unitId timeoutMs }
        capabilities { heating circuits zones quantities }
        status { state consecutiveFailures lastError { code } lastPoll { requests registers } }
      }
    }`);
    expect(errors).toBeUndefined();
    expect(data.heatpumps).toStrictEqual([
      {
        id,
        name: 'Main "house"',
        enabled: true,
        isDefault: true,
        readOnly: false,
        config: { circuits: ['A'], zones: [] },
        pollIntervalMs: 300,
        createdAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/),
        manufacturer: { id: 'idm', name: 'iDM' },
        model: { id: 'navigator_2_0', name: 'Navigator 2.0', protocol: 'MODBUS_TCP', defaultPort: 502 },
        connection: { host: '127.0.0.1', port: simulator.port, unitId: 1, timeoutMs: 3000 },
        capabilities: {
          heating: true,
          circuits: ['A'],
          zones: [],
          quantities: expect.arrayContaining(['FLOW_TEMPERATURE']),
        },
        status: {
          state: 'ONLINE',
          consecutiveFailures: 0,
          lastError: null,
          lastPoll: { requests: 38, registers: 201 },
        },
      },
    ]);
  });

  it('gives readings with value, text and quality', async () => {
    const { data } = await api.query(
      `query ($id: ID!) { heatpump(id: $id) {
      readings(keys: ["temp_outside", "status_heat_pump", "state_compressor_2", "no_such"]) { key value text quality observedAt }
    } }`,
      { id },
    );
    const time = expect.stringMatching(/Z$/);
    expect(data.heatpump.readings).toStrictEqual([
      { key: 'temp_outside', value: -12.7, text: null, quality: 'GOOD', observedAt: time },
      { key: 'status_heat_pump', value: 8, text: 'defrosting', quality: 'GOOD', observedAt: time },
      { key: 'state_compressor_2', value: null, text: null, quality: 'MISSING', observedAt: time },
    ]);
  });

  it('describes sensors in both languages, by key, category and access', async () => {
    const { data } = await api.query(`{ heatpump {
      one: sensors(keys: ["mode_circuit_a"]) {
        key en: name de: name(language: DE) category unit dataType access min max step writeHazard source confidence
        options { value name label de: label(language: DE) } register { table address words wordOrder scale offset notAvailable }
      }
      prices: sensors(categories: [PRICE]) { key quantity }
      writable: sensors(categories: [TEMPERATURE, SETPOINT], writable: true) { key }
      fixed: sensors(writable: false) { access }
    } }`);
    expect(data.heatpump.one).toStrictEqual([
      {
        key: 'mode_circuit_a',
        en: 'Circuit A operating mode',
        de: 'Betriebsart Heizkreis A',
        category: 'SETPOINT',
        unit: null,
        dataType: 'UINT16',
        access: 'READ_WRITE',
        min: 0,
        max: 5,
        step: null,
        writeHazard: 'EEPROM',
        source: 'iDM 812170, p. 16, HKA01',
        confidence: 'MANUFACTURER',
        options: expect.arrayContaining([{ value: 1, name: 'timed', label: 'Time programme', de: 'Zeitprogramm' }]),
        register: {
          table: 'HOLDING',
          address: 1393,
          words: 1,
          wordOrder: 'LITTLE',
          scale: 1,
          offset: 0,
          notAvailable: [65535],
        },
      },
    ]);
    expect(data.heatpump.prices).toStrictEqual([{ key: 'price_energy', quantity: null }]);
    expect(data.heatpump.writable.length).toBeGreaterThan(15);
    expect(new Set(data.heatpump.fixed.map((sensor: { access: string }) => sensor.access))).toStrictEqual(
      new Set(['READ_ONLY']),
    );
  });

  it('lists what can be set up, and what it would be', async () => {
    const { data } = await api.query(`{
      manufacturers { id name models { id manufacturer { id } configFields { key type default label(language: DE) options { value label } } } }
      model(manufacturer: "idm", model: "navigator_2_0") {
        setupInstructions(language: DE)
        sensors(config: { circuits: ["A", "B"], zones: [0] }) { key }
        capabilities(config: { circuits: ["G"] }) { circuits }
        defaultDashboard { name(language: DE) widgets { type title keys hours min max thresholds } }
      }
      none: model(manufacturer: "idm", model: "x") { id }
    }`);
    const [maker] = data.manufacturers;
    expect(maker).toMatchObject({
      id: 'idm',
      name: 'iDM',
      models: [{ id: 'navigator_2_0', manufacturer: { id: 'idm' } }],
    });
    expect(maker.models[0].configFields.map((field: { key: string }) => field.key)).toStrictEqual([
      'circuits',
      'zones',
    ]);
    expect(maker.models[0].configFields[0]).toMatchObject({ type: 'CHOICES', default: ['A'], label: 'Heizkreise' });
    expect(data.model.setupInstructions.join(' ')).toMatch(/Gebäudeleittechnik/);
    expect(data.model.sensors).toHaveLength(121 + 2 * 16 + 43);
    expect(data.model.capabilities.circuits).toStrictEqual(['G']);
    expect(data.model.defaultDashboard).toMatchObject({
      name: 'Übersicht',
      widgets: expect.arrayContaining([expect.objectContaining({ type: 'GAUGE', thresholds: [45, 55, 60] })]),
    });
    expect(data.none).toBeNull();
  });

  it('changes a heat pump, and removes it', async () => {
    const other = await startTestSimulator();
    const otherId = await addOnline(api, other.port, { name: 'Annex' });
    const run = async (field: string, input: object, selection: string) => {
      const type = `${field.charAt(0).toUpperCase()}${field.slice(1)}Input!`;
      const { data, errors } = await api.query(
        `mutation ($input: ${type}) { ${field}(input: $input) { ${selection} } }`,
        { input },
      );
      return errors ? errors[0]?.extensions : data[field];
    };
    const shown = 'heatpump { id name enabled isDefault readOnly status { state } }';
    expect(await run('updateHeatpump', { id: otherId, name: 'Barn', readOnly: true }, shown)).toMatchObject({
      heatpump: { id: otherId, name: 'Barn', readOnly: true, isDefault: false, status: { state: 'ONLINE' } },
    });
    expect(await run('setHeatpumpEnabled', { id: otherId, enabled: false }, shown)).toMatchObject({
      heatpump: { enabled: false, status: { state: 'DISABLED' } },
    });
    expect(
      await run('testConnection', { id: otherId }, 'result { ok code latencyMs readings { key quality } }'),
    ).toMatchObject({ result: { ok: true, code: 'OK' } });
    expect(await run('removeHeatpump', { id: otherId }, 'removedId')).toStrictEqual({ removedId: otherId });
    expect(await run('removeHeatpump', { id: otherId }, 'removedId')).toMatchObject({
      code: 'NOT_FOUND',
      issues: [{ path: ['input', 'id'] }],
    });
    expect((await api.query('query ($id: ID!) { heatpump(id: $id) { id } }', { id: otherId })).data).toStrictEqual({
      heatpump: null,
    });
    await other.close();
  });

  it('writes a value over POST, and tells the outcome over the subscription', async () => {
    const writes = api.subscribe(
      'subscription { writes { id state requested previous confirmed reason heatpump { id } } }',
    );
    await new Promise((resolve) => setTimeout(resolve, 100));
    const write =
      'mutation ($input: WriteSensorInput!) { writeSensor(input: $input) { write { id state requested previous } } }';
    const { data } = await api.query(write, { input: { key: 'mode_circuit_a', value: 'eco' } });
    expect(data.writeSensor.write).toMatchObject({ state: 'PENDING', requested: 3, previous: 1 });
    expect(await writes.next()).toMatchObject({
      writes: { id: data.writeSensor.write.id, state: 'PENDING', heatpump: { id } },
    });
    writes.end();
  });
});

describe('bad input', () => {
  const cases: readonly [string, string, object, string, string][] = [
    ['an unknown model', ADD, addInput(1, { model: 'x' }), 'BAD_USER_INPUT', 'input.model'],
    ['port 70000', ADD, addInput(70_000), 'BAD_USER_INPUT', 'input.connection.port'],
    [
      'a port that is text',
      ADD,
      { input: { ...addInput(1).input, connection: { host: 'a', port: 'x' } } },
      'BAD_USER_INPUT',
      'input.connection.port',
    ],
    ['circuit H', ADD, addInput(1, { config: { circuits: ['H'] } }), 'BAD_USER_INPUT', 'input.config.circuits.0'],
    ['zone 11', ADD, addInput(1, { config: { zones: [11] } }), 'BAD_USER_INPUT', 'input.config.zones.0'],
    ['no input at all', ADD, {}, 'BAD_USER_INPUT', 'input'],
    ['an input that is none', ADD, { input: 7 }, 'BAD_USER_INPUT', 'input'],
  ];
  const WRITE = 'mutation ($input: WriteSensorInput!) { writeSensor(input: $input) { write { id } } }';
  const write = (input: object) => ({ input });
  const writes: typeof cases = [
    ['a float for an option', WRITE, write({ key: 'mode_circuit_a', value: 1.5 }), 'BAD_USER_INPUT', 'input.value'],
    ['a value out of range', WRITE, write({ key: 'temp_water_target', value: 96 }), 'BAD_USER_INPUT', 'input.value'],
    [
      'a value that is an object',
      WRITE,
      write({ key: 'temp_water_target', value: { a: 1 } }),
      'BAD_USER_INPUT',
      'input.value',
    ],
    ['a read-only sensor', WRITE, write({ key: 'temp_outside', value: 5 }), 'BAD_USER_INPUT', 'input.key'],
    ['an unknown sensor', WRITE, write({ key: 'no_such', value: 5 }), 'NOT_FOUND', 'input.key'],
    [
      'an unknown heat pump',
      WRITE,
      write({ heatpumpId: 'x', key: 'temp_water_target', value: 48 }),
      'NOT_FOUND',
      'input.heatpumpId',
    ],
  ];

  it.each([...cases, ...writes])('is refused: %s', async (_, query, variables, code, path) => {
    const before = simulator.device.writes.length;
    const { data, errors } = await api.query(query, variables);
    expect(data ?? null).toBeNull();
    expect(errors?.[0]?.extensions).toMatchObject({ code });
    expect(errors?.[0]?.extensions?.issues?.map((issue) => issue.path.join('.'))).toStrictEqual([path]);
    expect((await api.query('{ heatpumps { id } }')).data.heatpumps).toStrictEqual([{ id }]);
    expect(simulator.device.writes).toHaveLength(before);
  });

  it('is refused in a query, with the path of the argument', async () => {
    const { errors } = await api.query(
      '{ model(manufacturer: "idm", model: "navigator_2_0") { sensors(config: { circuits: ["H"] }) { key } } }',
    );
    expect(errors?.[0]?.extensions).toMatchObject({
      code: 'BAD_USER_INPUT',
      issues: [{ path: ['config', 'circuits', 0] }],
    });
  });

  const postRaw = (body: Buffer | string, type = 'application/json') =>
    fetch(`${api.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': type },
      body: new Uint8Array(Buffer.from(body)),
    });

  it('is refused as 1 MB of garbage, without an echo', async () => {
    const response = await postRaw(Buffer.alloc(1_000_000, 0x41));
    expect(response.status).toBe(413);
    expect(((await response.json()) as { errors: unknown }).errors).toMatchObject([
      { extensions: { code: 'BAD_USER_INPUT', issues: [{ path: ['body'] }] } },
    ]);
    const small = await postRaw('<secret>'.repeat(10));
    expect(small.status).toBe(400);
    expect(await small.text()).not.toContain('secret');
  });

  it.each(['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data', 'application/graphql', ''])(
    'is refused as a post of %s, which any web page could send',
    async (type) => {
      const body = 'query=mutation{removeHeatpump(input:{id:"x"}){removedId}}';
      expect((await postRaw(body, type)).status).toBe(415);
    },
  );

  it('is refused as a mutation over GET', async () => {
    const query = encodeURIComponent('mutation { removeHeatpump(input: { id: "x" }) { removedId } }');
    expect((await fetch(`${api.url}/graphql?query=${query}`)).status).toBe(405);
  });

  it('is refused if it is too deep, too long or repeats itself', async () => {
    const deep = `{ manufacturers ${'{ models { manufacturer '.repeat(12)}{ id }${' } }'.repeat(12)} }`;
    const aliases = `{ ${Array.from({ length: 60 }, (_, i) => `a${i}: heatpumps { id }`).join(' ')} }`;
    const long = `{ heatpumps { ${'id '.repeat(6_000)} } }`;
    for (const query of [deep, aliases, long]) {
      const { data, errors } = await api.query(query);
      expect(data).toBeUndefined();
      expect(errors?.length).toBeGreaterThan(0);
    }
  });

  it('masks what is nobody’s business', async () => {
    const { errors } = await api.query('query ($id: ID!) { heatpump(id: $id) { id } }', { id: 'x'.repeat(10_000) });
    expect(errors).toBeUndefined();
  });

  it('allows no other site to read answers', async () => {
    const response = await fetch(`${api.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', origin: 'https://evil.example' },
      body: JSON.stringify({ query: '{ __typename }' }),
    });
    expect(response.headers.get('access-control-allow-origin')).toBeNull();
  });
});
