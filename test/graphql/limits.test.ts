import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import {
  type DocumentNode,
  getIntrospectionQuery,
  Kind,
  type OperationDefinitionNode,
  parse,
  print,
  separateOperations,
} from 'graphql';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { OPEN_VISITOR } from '../../src/domain/access.ts';
import { createAdmission, variablesRefusal } from '../../src/graphql/admission.ts';
import type { Context } from '../../src/graphql/context.ts';
import { costOf } from '../../src/graphql/cost.ts';
import { LIMITS } from '../../src/graphql/limits.ts';
import { schema } from '../../src/graphql/schema.ts';
import { type Api, startApi } from '../support/api.ts';
import { FakeClock } from '../support/fake-clock.ts';

const CLIENT = fileURLToPath(new URL('../../client/src', import.meta.url));
const GRAPHIQL = { descriptions: true, specifiedByUrl: true, directiveIsRepeatable: true, inputValueDeprecation: true };

/** Every operation of the client, each with the fragments it needs. */
function clientOperations(): [name: string, document: DocumentNode][] {
  const files = readdirSync(CLIENT, { recursive: true, encoding: 'utf8' }).filter((path) => path.endsWith('.graphql'));
  const all = parse(files.map((path) => readFileSync(join(CLIENT, path), 'utf8')).join('\n'));
  return Object.entries(separateOperations(all));
}

function tokensOf({ loc }: DocumentNode): number {
  let count = 0;
  for (let token = loc?.startToken.next; token?.next; token = token.next) count++;
  return count;
}

/** More than the pages of a large fleet ask for. */
const LARGEST = {
  keys: Array.from({ length: 40 }, (_, index) => `key_${index}`),
  quantities: Array.from({ length: 20 }, () => 'FLOW_TEMPERATURE'),
  heatpumpIds: ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'],
  maxPoints: 1_000,
  first: 100,
};
/** The server gives no more than 100,000 points at once. */
const MOST_POINTS = { keys: LARGEST.keys.slice(0, 8), quantities: LARGEST.quantities.slice(0, 4) };

let api: Api;
beforeAll(async () => {
  api = await startApi();
});
afterAll(() => api?.close());

describe('the own client', () => {
  const operations = clientOperations();

  it('is read as a whole', () => {
    expect(operations.length).toBeGreaterThan(50);
  });

  it.each(operations)('stays far below every limit with %s', async (name, document) => {
    const text = print(document);
    expect(tokensOf(parse(text))).toBeLessThan(LIMITS.maxTokens / 4);
    for (const heatpumps of [1, 40, 500]) {
      const max = LIMITS.maxCost + heatpumps * LIMITS.maxCostPerHeatpump;
      const variableValues = { ...LARGEST, ...(name === 'SeriesHistory' ? MOST_POINTS : {}) };
      expect(costOf({ schema, document, operationName: null, variableValues, heatpumps }), `${heatpumps}`).toBeLessThan(
        0.7 * max,
      );
    }
    const [{ operation } = { operation: '' }] = document.definitions.filter(
      (one): one is OperationDefinitionNode => one.kind === Kind.OPERATION_DEFINITION,
    );
    if (operation !== 'query') return;
    const { errors = [] } = await api.query(text, {});
    for (const { message } of errors) expect(message).toMatch(/^Variable "\$\w+" of required type/);
  });
});

describe('the introspection', () => {
  it('that GraphiQL sends is answered', async () => {
    const { data, errors } = await api.query(getIntrospectionQuery(GRAPHIQL));
    expect([errors, data.__schema.queryType.name]).toStrictEqual([undefined, 'Query']);
  });

  it('is refused where the playground is switched off, and nothing else', async () => {
    const closed = await startApi({ graphiql: false });
    for (const query of [getIntrospectionQuery(), '{ __type(name: "Query") { name } }']) {
      const { data, errors } = await closed.query(query);
      expect([data, errors?.[0]?.message]).toStrictEqual([undefined, expect.stringMatching(/introspection/)]);
    }
    expect(await closed.query('{ __typename heatpumps { __typename } }')).toStrictEqual({
      data: { __typename: 'Query', heatpumps: [] },
    });
    const page = await fetch(`${closed.url}/graphql`, { headers: { accept: 'text/html' } });
    expect([page.status, page.headers.get('content-type')]).not.toStrictEqual([200, expect.stringContaining('html')]);
    await closed.close();
  });
});

describe('the cost of an operation', () => {
  const cost = (query: string, heatpumps = 1, variableValues: object = {}) =>
    costOf({ schema, document: parse(query), operationName: null, variableValues: { ...variableValues }, heatpumps });

  it.each([
    // One field.
    ['{ __typename }', 1, 1],
    // The list, and two fields of each of three.
    ['{ heatpumps { id name } }', 3, 1 + 3 * 2],
    // The list, id and the list of readings, and two readings of two fields.
    ['{ heatpumps { id readings(keys: ["a", "b"]) { key value } } }', 3, 1 + 3 * (1 + 1 + 2 * 2)],
    ['{ heatpumps { readings { key } } }', 2, 1 + 2 * (1 + 250)],
    ['{ heatpump { status { state } } }', 5, 3],
    ['{ a: heatpump { id } b: heatpump { id } }', 5, 4],
    ['{ ...F ...F } fragment F on Query { heatpump { ...H } } fragment H on Heatpump { id name }', 5, 6],
    ['{ ... on Query { heatpumps { ... { id } } } }', 4, 5],
    ['{ writes(first: 30) { writes { id } } }', 1, 1 + 30 * 0 + 1 + 10],
    // Two series, each as much as one more for 200 points, with three fields of their own, and one of each point.
    [
      '{ history(keys: ["a", "b"], from: 0, to: 1, maxPoints: 200) { key unit points { at } } }',
      1,
      1 + 2 * 2 * (3 + 10),
    ],
    ['{ no_such_field { id } }', 1, 1],
    ['fragment F on Query { __typename }', 1, 0],
  ])('of %s', (query, heatpumps, expected) => {
    if (query.includes('points')) expect(cost(query, heatpumps)).toBeLessThan(2 * expected);
    else expect(cost(query, heatpumps)).toBe(expected);
  });

  it('counts what a variable chooses, and a fragment within itself but once', () => {
    expect(cost('query ($k: [String!]) { heatpumps { readings(keys: $k) { key } } }', 2, { k: ['a', 'b', 'c'] })).toBe(
      9,
    );
    expect(cost('{ ...F } fragment F on Query { heatpumps { id } ...F }')).toBe(2);
  });

  it('is worked out at once where fragments double at each step', () => {
    const steps = Array.from({ length: 60 }, (_, i) => `fragment F${i} on Query { ...F${i + 1} ...F${i + 1} }`);
    const query = `{ ...F0 } ${steps.join(' ')} fragment F60 on Query { __typename }`;
    const startedAt = performance.now();
    expect(cost(query)).toBe(2 ** 60);
    expect(performance.now() - startedAt).toBeLessThan(200);
  });
});

describe('variables', () => {
  const nested = (depth: number): unknown => (depth === 0 ? 1 : { a: nested(depth - 1) });

  it.each([
    ['none', undefined, true],
    ['null', null, true],
    ['sixteen levels', nested(16), true],
    ['seventeen levels', nested(17), false],
    ['a hundred thousand levels', JSON.parse(`${'['.repeat(100_000)}${']'.repeat(100_000)}`), false],
    ['4,998 values', { list: Array(4_998).fill(0) }, true],
    ['4,999 values', { list: Array(4_999).fill(0) }, false],
    ['a million values', { list: Array(1_000_000).fill(0) }, false],
  ])('of %s', (_, variables, isTaken) => {
    expect(variablesRefusal({ variables }) === null).toBe(isTaken);
  });
});

describe('the rate of operations', () => {
  const document = parse('{ __typename }');

  it('is a thousand a second for each user and token in the long run, and told with the time to wait', () => {
    const clock = new FakeClock();
    const { refusalOf } = createAdmission({ introspection: true, heatpumpCount: () => 1, clock });
    const run = (actor: string | null) =>
      refusalOf({ schema, document, contextValue: { visitor: { ...OPEN_VISITOR, actor } } as Context });
    const first = Array.from({ length: 60_000 }, () => run('user:eve')).filter((refusal) => refusal === null);
    expect(first).toHaveLength(60_000);
    expect(run('user:eve')?.extensions).toMatchObject({
      code: 'RATE_LIMITED',
      retryAfterMs: 1,
      http: { status: 429, headers: { 'Retry-After': '1' } },
    });
    expect([run('user:adam'), run(null)]).toStrictEqual([null, null]);
    clock.advance(1_000);
    const taken = Array.from({ length: 2_000 }, () => run('user:eve')).filter((refusal) => refusal === null);
    expect(taken).toHaveLength(1_000);
  });
});
