import type { IncomingMessage, ServerResponse } from 'node:http';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import { GRAPHQL_PATH } from './yoga.ts';

/** What the playground opens with. */
const FIRST_QUERY = `# All heat pumps with their state and two of their values.
query {
  heatpumps {
    id
    name
    status { state lastReadAt }
    readings(keys: ["temp_outside", "temp_heat_pump_flow"]) { key value quality }
  }
}
`;

/** The page brings everything along as inline scripts and workers made from blobs. */
const POLICY = [
  "default-src 'none'",
  "connect-src 'self'",
  "font-src 'self' data:",
  "img-src 'self' data:",
  "script-src 'self' 'unsafe-inline' 'unsafe-eval' blob:",
  "style-src 'self' 'unsafe-inline'",
  'worker-src blob:',
  "frame-ancestors 'none'",
].join('; ');

/** Renders the page, 9 MB of HTML. Its module takes 40 MB of memory, so it is loaded only once somebody wants the page. */
async function render(): Promise<string> {
  const { renderGraphiQL } = await import('@graphql-yoga/render-graphiql');
  return renderGraphiQL({ title: 'Thermograph', endpoint: GRAPHQL_PATH, defaultQuery: FIRST_QUERY });
}

/** Serves the playground, which needs no internet; compressed once. */
export function createGraphiql(): (request: IncomingMessage, response: ServerResponse) => Promise<void> {
  let compressed: Promise<Buffer> | null = null;
  return async (request, response) => {
    const headers = {
      'Content-Type': 'text/html; charset=utf-8',
      'Content-Security-Policy': POLICY,
      Vary: 'Accept-Encoding',
    };
    if (!/\bgzip\b/.test(request.headers['accept-encoding'] ?? '')) {
      response.writeHead(200, headers).end(await render());
      return;
    }
    compressed ??= render().then((page) => promisify(gzip)(page));
    response.writeHead(200, { ...headers, 'Content-Encoding': 'gzip' }).end(await compressed);
  };
}

/** True for a browser that opens the API's address as a page. */
export function wantsPage({ method, headers }: IncomingMessage): boolean {
  return method === 'GET' && /\btext\/html\b/.test(headers.accept ?? '');
}
