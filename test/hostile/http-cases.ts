/** What the server must do with bytes: answer with one of these statuses, and say nothing of this. */
export interface HttpCase {
  readonly name: string;
  readonly bytes: string | Buffer;
  readonly statuses: readonly number[];
}

const HOST = 'Host: thermograph\r\n';
const CLOSE = 'Connection: close\r\n';
const JSON_TYPE = 'Content-Type: application/json\r\n';

/** A request without a body. */
function get(path: string, headers = '', method = 'GET'): string {
  return `${method} ${path} HTTP/1.1\r\n${HOST}${CLOSE}${headers}\r\n`;
}

/** A request to the API with these headers, and a body that they may lie about. */
function post(headers: string, body = ''): string {
  return `POST /graphql HTTP/1.1\r\n${HOST}${CLOSE}${JSON_TYPE}${headers}\r\n${body}`;
}

const methods: HttpCase[] = [
  ['a method nobody knows', get('/', '', 'STEAL'), [400]],
  ['a method in small letters', get('/', '', 'get'), [400]],
  ['TRACE', get('/', '', 'TRACE'), [405]],
  ['OPTIONS of everything', get('*', '', 'OPTIONS'), [405]],
  ['PUT to the API', get('/graphql', '', 'PUT'), [405]],
  ['DELETE of the health', get('/health/live', '', 'DELETE'), [405]],
  ['PATCH of the metrics', get('/metrics', '', 'PATCH'), [405]],
  ['a tunnel', get('127.0.0.1:22', '', 'CONNECT'), [405]],
  ['POST to a page', get('/heatpumps', '', 'POST'), [405]],
].map(([name, bytes, statuses]) => ({ name, bytes, statuses }) as HttpCase);

/** Bytes that a proxy in front could take for something else than we do. */
const smuggling: HttpCase[] = [
  ['no host', `GET / HTTP/1.1\r\n${CLOSE}\r\n`, [400]],
  ['two hosts', get('/', 'Host: other\r\n'), [400]],
  ['an old version', 'GET /\r\n\r\n', [400]],
  ['a version to come', `GET / HTTP/9.9\r\n${HOST}\r\n`, [400]],
  ['the preface of HTTP/2', 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n', [400]],
  ['a greeting of TLS', Buffer.from('16030100c8010000c40303', 'hex'), [400]],
  ['length and chunks', post('Content-Length: 5\r\nTransfer-Encoding: chunked\r\n', '0\r\n\r\nX'), [400]],
  ['two lengths', post('Content-Length: 5\r\nContent-Length: 6\r\n', 'abcdef'), [400]],
  ['a length below zero', post('Content-Length: -5\r\n'), [400]],
  ['a length that is no number', post('Content-Length: 5, 5\r\n', 'abcde'), [400]],
  ['a length beyond all memory', post('Content-Length: 99999999999999\r\n', '{'), [413]],
  ['a coding nobody knows', post('Transfer-Encoding: xchunked\r\n', '0\r\n\r\n'), [400]],
  ['chunks that are not last', post('Transfer-Encoding: chunked, identity\r\n', '0\r\n\r\n'), [400]],
  ['a chunk of no size', post('Transfer-Encoding: chunked\r\n', 'zz\r\nabc\r\n0\r\n\r\n'), [400]],
  ['a chunk beyond all memory', post('Transfer-Encoding: chunked\r\n', 'ffffffffffffffffff\r\n'), [400]],
  ['line ends of Unix', 'GET / HTTP/1.1\nHost: thermograph\n\n', [400]],
  ['a header continued on the next line', get('/', 'X-Long: a\r\n b\r\n'), [400]],
  ['a header without a colon', get('/', 'Nonsense\r\n'), [400]],
  ['a header whose name has a space', get('/', 'X Y: 1\r\n'), [400]],
  ['a header with a NUL', get('/', 'X-Nul: a\u0000b\r\n'), [400]],
  ['a header with a bare carriage return', get('/', 'X-Cr: a\rSet-Cookie: b\r\n'), [400]],
].map(([name, bytes, statuses]) => ({ name, bytes, statuses }) as HttpCase);

const sizes: HttpCase[] = [
  ['headers of 64 kB', get('/', `X-Long: ${'x'.repeat(65_536)}\r\n`), [431]],
  ['150 headers', get('/', 'X-Many: 1\r\n'.repeat(150)), [431]],
  ['an address of 9 kB', get(`/${'x'.repeat(9_000)}`), [414]],
  ['an address of 64 kB', get(`/${'x'.repeat(65_536)}`), [431]],
  ['a query of 9 kB', get(`/graphql?query=${'%20'.repeat(3_000)}`), [414]],
  ['a wish nobody knows', get('/', 'Expect: miracles\r\n'), [417]],
  [
    'another protocol',
    get('/', 'Connection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\nHTTP2-Settings: AAMAAABk\r\n'),
    [404],
  ],
  ['another protocol for the API', get('/graphql', 'Connection: Upgrade\r\nUpgrade: h2c\r\n'), [400, 405, 426]],
  ['a bomb of gzip', post(`Content-Encoding: gzip\r\nContent-Length: 10\r\n`, '\x1f\x8b\x08aaaaaaa'), [400, 415]],
].map(([name, bytes, statuses]) => ({ name, bytes, statuses }) as HttpCase);

/** The client's page may be given for any address, but no other file. */
const traversal: HttpCase[] = [
  '/../package.json',
  '/..%2fpackage.json',
  '/%2e%2e/%2e%2e/package.json',
  '/%252e%252e%252fpackage.json',
  '/..\\..\\package.json',
  '/assets/..%5c..%5cpackage.json',
  '//etc/passwd',
  '/%c0%ae%c0%ae/package.json',
  '/package.json%00.html',
  '/%',
  '/.env',
  '/.git/config',
  '/data/thermograph.db',
  '/..%2fdata%2fhistory.db',
  'file:///etc/passwd',
  'http://169.254.169.254/latest/meta-data/',
].map((path) => ({ name: `the path ${path}`, bytes: get(path), statuses: [200, 400, 404] }));

/** Requests that are no requests, or not of what they seem. */
export const HTTP_CASES: readonly HttpCase[] = [...methods, ...smuggling, ...sizes, ...traversal];
