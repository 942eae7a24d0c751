import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT, tsxCommand } from './steps.ts';

/** Folders and files that `npm run generate` writes. */
const GENERATED = ['src/db/generated', 'src/graphql/schema.graphql', 'client/src/graphql/generated', 'docs/sensors'];

// Generates everything anew and fails if that changes a file: what is committed must be what the sources say.
const before = contents();
const [program, ...args] = tsxCommand('scripts/generate.ts');
const { status, stdout, stderr } = spawnSync(program, args, { cwd: ROOT, encoding: 'utf8' });
if (status !== 0) throw new Error(`generating failed:\n${stdout}${stderr}`);
const after = contents();
const stale = [...new Set([...before.keys(), ...after.keys()])].filter((file) => before.get(file) !== after.get(file));
if (stale.length > 0) {
  process.stderr.write(`These files were not as generated, and are now; commit them:\n  ${stale.join('\n  ')}\n`);
  process.exit(1);
}

function contents(): Map<string, string> {
  const files = GENERATED.flatMap((path) => filesOf(path));
  return new Map(files.map((file) => [file, readFileSync(join(ROOT, file), 'utf8')]));
}

function filesOf(path: string): string[] {
  if (/\.\w+$/.test(path)) return [path];
  return readdirSync(join(ROOT, path), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(ROOT.length));
}
