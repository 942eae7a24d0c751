import { fileURLToPath } from 'node:url';
import { ADMIN_TOKEN, BEARER, type Program, startProgram } from './program.ts';

/**
 * A module of the server as it is built, e.g. `main`, for Node to run: from its sources, through a loader, each start would take
 * half as much again. Before tests that import this file, the server is built; see `vitest.config.ts`.
 */
export function builtModule(name: string): string {
  return fileURLToPath(new URL(`../../dist/${name}.js`, import.meta.url));
}

/** Starts the server as `npm start` runs it, but on any free port, after crashes at once, and telling warnings only. */
export function startServerProgram(env: Record<string, string>): Program {
  const own = { ADMIN_TOKEN, PORT: '0', LOG_LEVEL: 'warn', CRASH_BACKOFF: 'off' };
  return startProgram(process.execPath, [builtModule('main')], { ...own, ...env });
}

/** Resolves with the address of a server as soon as it serves. */
export async function urlOf(server: Program): Promise<string> {
  const [, url = ''] = await server.until(/^Thermograph is at (http:\/\/127\.0\.0\.1:\d+)$/m);
  return url;
}

/** Posts an operation as the admin, and resolves with its data; rejects if there are errors. */
// biome-ignore lint/suspicious/noExplicitAny: the shape is the test's business
export async function askAsAdmin(url: string, query: string, variables: object = {}): Promise<any> {
  const response = await fetch(`${url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...BEARER },
    body: JSON.stringify({ query, variables }),
  });
  const { data, errors } = (await response.json()) as { data: object; errors?: object[] };
  if (errors) throw new Error(JSON.stringify(errors));
  return data;
}
