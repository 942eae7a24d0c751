import { readdirSync } from 'node:fs';
import { builtinModules } from 'node:module';
import { describe, expect, it } from 'vitest';
import { parseSource, readSources, type SourceFile } from './support/source.ts';

const EVERYTHING = ['src/'];

/**
 * Where imports may point, for each folder and file directly in `src/`: inward only. An entry is a folder or a single
 * file; a folder may always import from itself.
 */
const IMPORTS: Record<string, readonly string[]> = {
  domain: [],
  modbus: ['src/domain/'],
  // Drivers are data: of the line they know only the rules they set for it.
  drivers: ['src/domain/', 'src/modbus/line.ts', 'src/modbus/read-plan.ts'],
  // Not the codec, so that both cannot be wrong in the same way.
  simulator: ['src/domain/', 'src/drivers/'],
  heatpumps: ['src/domain/', 'src/input/', 'src/drivers/', 'src/modbus/'],
  db: ['src/domain/'],
  input: ['src/domain/'],
  access: ['src/domain/', 'src/input/'],
  dashboards: ['src/domain/', 'src/input/'],
  jobs: ['src/domain/', 'src/input/'],
  alerts: ['src/domain/', 'src/input/'],
  history: ['src/domain/'],
  metrics: ['src/domain/'],
  import: [
    'src/domain/',
    'src/config.ts',
    'src/drivers/',
    'src/heatpumps/',
    'src/dashboards/',
    'src/jobs/',
    'src/alerts/',
    'src/db/',
  ],
  graphql: [
    'src/domain/',
    'src/access/',
    'src/input/',
    'src/heatpumps/',
    'src/history/',
    'src/dashboards/',
    'src/jobs/',
    'src/alerts/',
    'src/operations/',
  ],
  // Backups are made on schedules like those of jobs, and of both databases.
  operations: [
    'src/domain/',
    'src/access/secret-file.ts',
    'src/config.ts',
    'src/db/',
    'src/heatpumps/',
    'src/history/history-file.ts',
    'src/jobs/schedule.ts',
  ],
  'config.ts': ['src/domain/', 'src/jobs/schedule.ts'],
  http: ['src/domain/', 'src/access/'],
  lifecycle: ['src/domain/'],
  'http.ts': [
    'src/domain/',
    'src/access/',
    'src/http/',
    'src/graphql/',
    'src/history/',
    'src/lifecycle/',
    'src/metrics/',
    'src/operations/',
  ],
  'server.ts': EVERYTHING,
  'restartable.ts': ['src/domain/', 'src/operations/', 'src/server.ts'],
  'main.ts': EVERYTHING,
  'demo.ts': EVERYTHING,
};

/** The only places each package may be used in. */
const PACKAGES: Record<string, readonly string[]> = {
  '@escape.tech/graphql-armor-max-aliases': ['src/graphql/'],
  '@escape.tech/graphql-armor-max-depth': ['src/graphql/'],
  '@escape.tech/graphql-armor-max-tokens': ['src/graphql/'],
  '@graphql-yoga/render-graphiql': ['src/graphql/'],
  '@pothos/core': ['src/graphql/'],
  '@prisma/adapter-better-sqlite3': ['src/db/'],
  // History has a file of its own: it is written in blocks by a thread of its own, which Prisma is not made for.
  'better-auth': ['src/access/'],
  'better-sqlite3': ['src/db/', 'src/history/', 'src/import/legacy-file.ts', 'src/operations/'],
  croner: ['src/jobs/'],
  graphql: ['src/graphql/'],
  'graphql-ws': ['src/graphql/'],
  'graphql-yoga': ['src/graphql/'],
  'modbus-serial': ['src/modbus/'],
  nodemailer: ['src/alerts/'],
  pino: ['src/operations/'],
  'prom-client': ['src/metrics/'],
  'rotating-file-stream': ['src/operations/'],
  sirv: ['src/http.ts'],
  ws: ['src/graphql/'],
  zod: [
    'src/access/',
    'src/alerts/',
    'src/config.ts',
    'src/dashboards/',
    'src/drivers/',
    'src/heatpumps/',
    'src/input/',
    'src/jobs/',
    'src/operations/',
  ],
};

/** The only places that may reach for what a test would want to hold in its hand: time, chance, the environment. */
const SURROUNDINGS: Record<string, readonly string[]> = {
  'Date.now': ['src/domain/clock.ts'],
  'new Date()': [],
  // The simulated line keeps real time, whatever the clock of the simulated house says.
  'performance.now': ['src/domain/clock.ts', 'src/simulator/modbus-server.ts'],
  'setTimeout()': ['src/domain/clock.ts', 'src/simulator/modbus-server.ts'],
  'setInterval()': [],
  'Math.random': ['src/main.ts', 'src/demo.ts'],
  'process.env': [
    'src/main.ts',
    'src/demo.ts',
    'src/import/main.ts',
    'src/operations/backup-command.ts',
    'src/operations/restore-command.ts',
  ],
  'console.log': [],
  'console.warn': [],
  'console.error': [],
};

/** Files of more than 300 lines that were given a second thought; the tables of drivers need none. */
const BIG_FILES = [
  // The one door for all commands.
  'src/heatpumps/manager.ts',
  // A table in all but name.
  'src/simulator/nibe-s-series.ts',
];

const sources = readSources('src');
const client = readSources('client/src');

/** The folder or file directly in `src/` that a path lies in. */
const unitOf = (path: string) => path.split('/')[1] ?? '';
const lies = (path: string, places: readonly string[]) => places.some((place) => path.startsWith(place));
const packageOf = (name: string) => name.split('/', name.startsWith('@') ? 2 : 1).join('/');
const isPackage = (name: string) => !name.startsWith('src/') && !name.startsWith('node:');

/** Every offence as `file: what`. */
function offences(files: readonly SourceFile[], find: (file: SourceFile) => readonly string[]): string[] {
  return files.flatMap((file) => find(file).map((what) => `${file.path}: ${what}`));
}

describe('the check', () => {
  it('finds what it looks for', () => {
    const code = [
      "import { a } from '../modbus/codec.ts';",
      "export { b } from 'zod';",
      "export const c = () => import('./d.ts');",
      'let e = Date.now() + Number(process.env.X);',
      'const f = new Map<string, number>();',
      'export function g() {',
      '  setTimeout(() => new Date(), 5);',
      '}',
    ].join('\n');
    expect(parseSource('src/domain/bad.ts', code)).toMatchObject({
      imports: ['src/modbus/codec.ts', 'zod', 'src/domain/d.ts'],
      globals: expect.arrayContaining(['Date.now', 'process.env', 'setTimeout()', 'new Date()']),
      moduleState: ['e', 'f'],
      undocumented: ['6: export function g() {'],
      functions: expect.arrayContaining([{ name: '6: function g() {', lines: 3 }]),
    });
  });
});

describe('the architecture', () => {
  it('is checked in every file, with a rule for every folder and package, and no rule to spare', () => {
    expect(sources.length).toBeGreaterThan(75);
    expect(client.length).toBeGreaterThan(0);
    expect([...new Set(sources.map(({ path }) => unitOf(path)))].sort()).toStrictEqual(Object.keys(IMPORTS).sort());
    const used = sources.flatMap(({ imports }) => imports.filter(isPackage).map(packageOf));
    expect([...new Set(used)].sort()).toStrictEqual(Object.keys(PACKAGES).sort());
    for (const [unit, places] of Object.entries(IMPORTS)) {
      const imports = sources.filter(({ path }) => unitOf(path) === unit).flatMap((file) => file.imports);
      for (const place of places)
        expect(
          imports.some((name) => name.startsWith(place)),
          `${unit}: ${place}`,
        ).toBe(true);
    }
    for (const [name, places] of Object.entries(SURROUNDINGS)) {
      const users = sources.filter(({ globals }) => globals.includes(name)).map(({ path }) => path);
      for (const place of places) expect(users, name).toContain(place);
    }
  });

  it('lets imports point inward only', () => {
    const outward = offences(sources, ({ path, imports }) => {
      const allowed = [`src/${unitOf(path)}/`, ...(IMPORTS[unitOf(path)] ?? [])];
      return imports.filter((name) => name.startsWith('src/') && !lies(name, allowed));
    });
    expect(outward).toStrictEqual([]);
  });

  it('keeps each package in its place', () => {
    const misplaced = offences(sources, ({ path, imports }) =>
      imports.filter((name) => isPackage(name) && !lies(path, PACKAGES[packageOf(name)] ?? [])),
    );
    expect(misplaced).toStrictEqual([]);
  });

  it('keeps domain and drivers free of input and output', () => {
    const pure = sources.filter(({ path }) => lies(path, ['src/domain/', 'src/drivers/']));
    expect(pure.length).toBeGreaterThan(15);
    expect(offences(pure, ({ imports }) => imports.filter((name) => name.startsWith('node:')))).toStrictEqual([]);
    const unprefixed = offences(sources, ({ imports }) => imports.filter((name) => builtinModules.includes(name)));
    expect(unprefixed).toStrictEqual([]);
  });

  it('passes in time, chance and environment', () => {
    const reaching = offences(sources, ({ path, globals }) =>
      globals.filter((name) => SURROUNDINGS[name] && !lies(path, SURROUNDINGS[name])),
    );
    expect(reaching).toStrictEqual([]);
  });

  it('has no state at module level', () => {
    expect(offences(sources, ({ moduleState }) => moduleState)).toStrictEqual([]);
  });

  it('has no import cycles', () => {
    const imports = new Map(sources.map((file) => [file.path, file.imports]));
    const finished = new Set<string>();
    const cycles: string[] = [];
    const follow = (path: string, trail: readonly string[]) => {
      if (!imports.has(path)) return;
      if (trail.includes(path)) cycles.push([...trail.slice(trail.indexOf(path)), path].join(' > '));
      if (trail.includes(path) || finished.has(path)) return;
      for (const next of imports.get(path) ?? []) follow(next, [...trail, path]);
      finished.add(path);
    };
    for (const path of imports.keys()) follow(path, []);
    expect(cycles).toStrictEqual([]);
    expect(finished.size).toBe(sources.length);
  });

  it('has short functions, and files that can be read in one go', () => {
    const functions = sources.flatMap((file) => file.functions);
    expect(functions.length).toBeGreaterThan(500);
    const long = offences(sources, (file) =>
      file.functions.filter(({ lines }) => lines > 70).map(({ name, lines }) => `${name} (${lines} lines)`),
    );
    expect(long).toStrictEqual([]);
    const isBig = ({ path, code }: SourceFile) => code.split('\n').length > 300 && !path.startsWith('src/drivers/');
    expect(sources.filter(isBig).map(({ path }) => path)).toStrictEqual(BIG_FILES);
  });

  it('explains every function, class and type that is exported', () => {
    expect(offences(sources, ({ undocumented }) => undocumented)).toStrictEqual([]);
  });

  it('names files in kebab case, after what they are', () => {
    const paths = [...sources, ...client].map(({ path }) => path);
    expect(paths.filter((path) => !/^([a-z0-9]+(-[a-z0-9]+)*[/.])+tsx?$/.test(path))).toStrictEqual([]);
    expect(paths.filter((path) => /\b(utils?|helpers?|misc|common)\b/.test(path))).toStrictEqual([]);
  });

  it('has a client that knows the server by its API alone', () => {
    const reaching = offences(client, ({ imports }) =>
      imports.filter((name) => name.startsWith('src/') || name.startsWith('node:') || name.startsWith('..')),
    );
    expect(reaching).toStrictEqual([]);
  });

  it('has tests beside no sources: they mirror src/ in test/', () => {
    const all = readdirSync(new URL('../src', import.meta.url), { recursive: true, encoding: 'utf8' });
    expect(all.filter((path) => /\.(test|spec)\./.test(path))).toStrictEqual([]);
  });
});
