/** An operation that must be refused, or answered without harm. */
export interface GraphqlCase {
  readonly name: string;
  readonly body: string;
  readonly headers?: Record<string, string>;
  readonly status: number | readonly number[];
  /** In the code or the message of the first error; null: it is answered. */
  readonly error: RegExp | null;
}

const times = (count: number, make: (index: number) => string) =>
  Array.from({ length: count }, (_, index) => make(index)).join(' ');
const asked = (query: string, variables: unknown = {}) => JSON.stringify({ query, variables });
const deep = (depth: number, open: string, close: string) => `${open.repeat(depth)}${close.repeat(depth)}`;

const DOUBLING = `{ ...F0 } ${times(50, (i) => `fragment F${i} on Query { ...F${i + 1} ...F${i + 1} }`)} fragment F50 on Query { heatpumps { id } }`;
const DOUBLING_FIELDS = `{ heatpumps { ...F0 } } ${times(9, (i) => `fragment F${i} on Heatpump { a${i}: dashboards { heatpump { ...F${i + 1} } } b${i}: dashboards { heatpump { ...F${i + 1} } } }`)} fragment F9 on Heatpump { id }`;

/** Small documents, or nearly so, that would take very long. */
const bombs: GraphqlCase[] = [
  [
    'very deep fields',
    asked(`{ heatpumps { ${'dashboards { heatpump { '.repeat(60)} id ${'} } '.repeat(60)} } }`),
    400,
    /./,
  ],
  ['sixty aliases', asked(`{ ${times(60, (i) => `a${i}: heatpumps { id }`)} }`), 400, /[Aa]lias/],
  ['ten thousand aliases', asked(`{ ${times(10_000, (i) => `a${i}: __typename`)} }`), 400, /oken|[Aa]lias/],
  ['the same field a thousand times', asked(`{ ${times(1_100, () => 'heatpumps{id}')} }`), 400, /oken/],
  ['a fragment within itself', asked('{ ...A } fragment A on Query { ...A }'), 400, /itself/],
  [
    'fragments within each other',
    asked('{ ...A } fragment A on Query { ...B } fragment B on Query { ...A }'),
    400,
    /itself/,
  ],
  ['fragments that double at each step', asked(DOUBLING), [200, 400], null],
  ['fields that double at each step', asked(DOUBLING_FIELDS), 400, /./],
  ['five hundred directives', asked(`{ __typename ${times(200, () => '@include(if: true)')} }`), 400, /./],
  ['sixty directives', asked(`{ ${times(60, (i) => `__typename @skip(if: ${i > 70})`)} }`), 400, /directives/],
  ['a thousand unknown directives', asked(`{ __typename ${times(400, () => '@x')} }`), 400, /./],
  [
    'eleven operations',
    JSON.stringify({ query: times(11, (i) => `query Q${i} { __typename }`), operationName: 'Q1' }),
    400,
    /operations/,
  ],
  [
    'an answer of a million fields',
    asked(`{ ${times(40, (i) => `a${i}: heatpumps { sensors { key name unit source } }`)} }`),
    400,
    /fields in its answer/,
  ],
  [
    'all points of all history',
    asked(
      '{ a: history(keys: [], quantities: [FLOW_TEMPERATURE], from: "1970-01-01T00:00:00Z", to: "2100-01-01T00:00:00Z", maxPoints: 2000000000) { points { at } } }',
    ),
    [200, 400],
    /BAD_USER_INPUT|fields/,
  ],
  [
    'a page of two billion',
    asked('{ writes(first: 2147483647) { writes { id } } }'),
    [200, 400],
    /BAD_USER_INPUT|fields/,
  ],
  ['a very deep list', asked(`{ heatpump(id: ${deep(400, '[', ']')}) { id } }`), 400, /./],
  [
    'a very deep object',
    asked(
      `{ model(manufacturer: "idm", model: "navigator_2_0") { capabilities(config: ${deep(200, '{a:', '}').replace('{a:}', '{a:1}')}) { circuits } } }`,
    ),
    200,
    /./,
  ],
  ['a text of 200 kB', asked(`{ heatpump(id: "${'x'.repeat(200_000)}") { id } }`), 200, null],
  ['a block text of 100 kB', asked(`{ heatpump(id: """${'\\n'.repeat(50_000)}""") { id } }`), 200, null],
  ['a comment of 200 kB', asked(`{ __typename } #${'x'.repeat(200_000)}`), 200, null],
  [
    'an introspection of the introspection',
    asked(
      `{ __schema { types { ${deep(12, 'fields { type {', '} }').replace('{}', '{ name }').replace('{ type { }', '{ type { name }')} } } }`,
    ),
    400,
    /./,
  ],
  ['four hundred variables', asked(`query (${times(240, (i) => `$v${i}: Int`)}) { __typename }`), 400, /./],
].map(([name, body, status, error]) => ({ name, body, status, error }) as GraphqlCase);

/** Bodies that are no requests. */
const bodies: GraphqlCase[] = [
  ['no body', '', 400, /./],
  ['half of JSON', '{"query": "{ __typename', 400, /JSON/],
  ['null', 'null', 400, /./],
  ['a number', '5', 400, /./],
  ['a text', '"{ __typename }"', 400, /./],
  ['a list', '[]', 400, /./],
  ['several at once', '[{"query":"{ __typename }"},{"query":"{ __typename }"}]', 400, /[Bb]atch/],
  ['no query', '{"variables":{}}', 400, /query/],
  ['a query that is a number', '{"query":5}', 400, /./],
  ['a query that is a list', '{"query":["{ __typename }"]}', 400, /./],
  ['an empty query', '{"query":""}', 400, /./],
  ['variables that are a text', '{"query":"{ __typename }","variables":"x"}', 400, /./],
  ['variables that are a list', '{"query":"{ __typename }","variables":[1]}', 400, /./],
  ['extensions that are a text', '{"query":"{ __typename }","extensions":"x"}', 400, /./],
  ['an operation that is not there', '{"query":"query A { __typename }","operationName":"B"}', 400, /operation/],
  ['a parameter nobody knows', '{"query":"{ __typename }","admin":true}', 400, /admin/],
  ['NaN', '{"query":"{ __typename }","variables":{"a":NaN}}', 400, /JSON/],
  [
    'JSON of a hundred thousand levels',
    `{"query":"{ __typename }","variables":{"a":${deep(100_000, '[', ']')}}}`,
    400,
    /deeper/,
  ],
  [
    'a list of a hundred thousand',
    `{"query":"{ __typename }","variables":{"a":[${'0,'.repeat(99_999)}0]}}`,
    400,
    /values/,
  ],
  ['300 kB', JSON.stringify({ query: `{ __typename } #${'x'.repeat(300_000)}` }), 413, /./],
  ['a hash of a query that is not kept', '{"extensions":{"persistedQuery":{"version":1,"sha256Hash":"00"}}}', 400, /./],
  ['NULs in the query', '{"query":"{ __type\\u0000name }"}', 400, /Syntax/],
  ['half a character in the query', '{"query":"{ __typename } \\ud800"}', 400, /Syntax/],
  [
    'a key of the prototype',
    '{"query":"{ __typename }","__proto__":{"query":"{ heatpumps { id } }"}}',
    [200, 400],
    null,
  ],
  ['an alias of the prototype', '{"query":"{ __proto__: __typename constructor: __typename }"}', 200, null],
  ['a field of the prototype', '{"query":"{ constructor }"}', 400, /constructor/],
].map(([name, body, status, error]) => ({ name, body, status, error }) as GraphqlCase);

const QUERY = asked('{ __typename }');
/** Forms that a foreign page can send without being asked. */
const types: GraphqlCase[] = [
  ['a form', 'application/x-www-form-urlencoded', 'query=%7B__typename%7D'],
  [
    'a form with files',
    'multipart/form-data; boundary=x',
    '--x\r\nContent-Disposition: form-data; name="operations"\r\n\r\n{}\r\n--x--',
  ],
  ['plain text', 'text/plain', QUERY],
  ['text that claims to be JSON', 'text/plain; application/json', QUERY],
  ['JSON of another kind', 'application/jsonp', QUERY],
  ['XML', 'application/xml', '<query/>'],
].map(([name, type, body]) => ({
  name: `${name} to the API`,
  body: body ?? '',
  headers: { 'content-type': type ?? '' },
  status: 415,
  error: /./,
}));

/** Operations that are to be refused whoever asks, or do no harm. */
export const GRAPHQL_CASES: readonly GraphqlCase[] = [...bombs, ...bodies, ...types];

const MANY = 'x'.repeat(60_000);
/** Values that no field of any input expects, as JSON. */
export const HOSTILE_VALUES: readonly (readonly [name: string, json: string])[] = [
  ['a number beyond all numbers', '1e999'],
  ['a very small number', '-1e308'],
  ['zero below zero', '-0'],
  ['an empty text', '""'],
  ['control characters', '"a\\u0000\\u0007\\u001b[31m\\r\\nSet-Cookie: x"'],
  ['half a character', '"\\ud800"'],
  ['text that turns round', '"\\u202egnp.exe\\u202c"'],
  ['60,000 characters', `"${MANY}"`],
  ['keys of the prototype', '{"__proto__":{"role":"ADMIN"},"constructor":{"prototype":{"isAdmin":true}}}'],
  ['a deep object', `${deep(10, '{"a":', '}').replace(':}', ':1}')}`],
  ['a list of lists', '[[[[[1]]]]]'],
  ['true', 'true'],
  ['null', 'null'],
  ['words of SQL', '"\'; DROP TABLE Heatpump; --"'],
  ['a template', '"{{constructor.constructor(\\"return process\\")()}}"'],
];

/** Hosts that must not be reached, and with what they are refused. */
export const HOST_CASES: readonly (readonly [host: string, code: 'BAD_USER_INPUT' | 'NOT_ALLOWED' | 'DNS_FAILED'])[] = [
  ['127.1', 'BAD_USER_INPUT'],
  ['0x7f000001', 'BAD_USER_INPUT'],
  ['017700000001', 'BAD_USER_INPUT'],
  ['2130706433', 'BAD_USER_INPUT'],
  ['0177.0.0.1', 'BAD_USER_INPUT'],
  ['0x7f.1', 'BAD_USER_INPUT'],
  ['127.0.0.1.', 'BAD_USER_INPUT'],
  ['fe80::1%lo', 'BAD_USER_INPUT'],
  ['[::1]', 'BAD_USER_INPUT'],
  ['127.0.0.1:502', 'BAD_USER_INPUT'],
  ['http://127.0.0.1', 'BAD_USER_INPUT'],
  ['127.0.0.1/8', 'BAD_USER_INPUT'],
  ['user@127.0.0.1', 'BAD_USER_INPUT'],
  ['127.0.0.1\n10.0.0.1', 'BAD_USER_INPUT'],
  ['127.0.0.1\u0000', 'BAD_USER_INPUT'],
  ['１２７.0.0.1', 'BAD_USER_INPUT'],
  ['ⓛocalhost', 'BAD_USER_INPUT'],
  ['-rf', 'BAD_USER_INPUT'],
  ['', 'BAD_USER_INPUT'],
  ['a'.repeat(300), 'BAD_USER_INPUT'],
  ['0.0.0.0', 'NOT_ALLOWED'],
  ['::', 'NOT_ALLOWED'],
  ['255.255.255.255', 'NOT_ALLOWED'],
  ['224.0.0.1', 'NOT_ALLOWED'],
  ['169.254.169.254', 'NOT_ALLOWED'],
  ['::ffff:169.254.169.254', 'NOT_ALLOWED'],
  ['::ffff:a9fe:a9fe', 'NOT_ALLOWED'],
  ['64:ff9b::a9fe:a9fe', 'NOT_ALLOWED'],
  ['fd00:ec2::254', 'NOT_ALLOWED'],
  ['100.100.100.200', 'NOT_ALLOWED'],
  ['8.8.8.8', 'NOT_ALLOWED'],
  ['2606:4700::1111', 'NOT_ALLOWED'],
];
