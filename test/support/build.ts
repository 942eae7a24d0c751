import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));

/** What is built from what, by which program. */
const BUILDS = {
  server: { built: 'dist/main.js', source: 'src', command: ['typescript/bin/tsc', '-p', 'tsconfig.build.json'] },
  client: { built: 'dist/client/index.html', source: 'client', command: ['vite/bin/vite.js', 'build', 'client'] },
} as const;

/** Before the first of the tests that need them: builds the server and the client, unless they are newer than their sources. */
export function setup(): void {
  for (const [name, build] of Object.entries(BUILDS)) {
    if (isFresh(build)) continue;
    const [script, ...args] = build.command;
    const { status, stdout, stderr } = spawnSync(process.execPath, [join(ROOT, 'node_modules', script), ...args], {
      cwd: ROOT,
      encoding: 'utf8',
      env: { ...process.env, NODE_ENV: 'production' },
    });
    if (status !== 0) throw new Error(`the ${name} does not build:\n${stdout}${stderr}`);
  }
}

function isFresh({ built, source }: { readonly built: string; readonly source: string }): boolean {
  const file = join(ROOT, built);
  return existsSync(file) && statSync(file).mtimeMs >= newestMs(join(ROOT, source));
}

function newestMs(path: string): number {
  const status = statSync(path);
  if (!status.isDirectory()) return status.mtimeMs;
  return Math.max(status.mtimeMs, ...readdirSync(path).map((entry) => newestMs(join(path, entry))));
}
