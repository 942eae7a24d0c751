import { readdirSync, readFileSync } from 'node:fs';
import { defineConfig } from 'vitest/config';
import { BaseSequencer } from 'vitest/node';

const FOLDER = new URL('./test/', import.meta.url);
/** What starts the built server, or shows the built client in a browser. */
const NEEDS_BUILD = /\/support\/(server-program|browser|client-house)\.ts'/;
/** What measures how long something takes or what it costs, or hangs on short timeouts: two at once, as there are cores. */
const MEASURING = [
  'access/sessions.test.ts',
  'browser/fleet.test.ts',
  'browser/sensors.test.ts',
  'faults/fleet-faults.test.ts',
  'faults/line-faults.test.ts',
  'faults/lost-writes.test.ts',
  'faults/write-latency.test.ts',
  'graphql/fan-out.test.ts',
  'graphql/limits.test.ts',
  'graphql/websocket.test.ts',
  'heatpumps/pace-keeper.test.ts',
  'heatpumps/polling.test.ts',
  'jobs/jobs.test.ts',
  'modbus/line.test.ts',
  'operations/large-history.test.ts',
  'server.test.ts',
];
/** What takes a minute, whatever the length of its file says: last, it would keep all others waiting. */
const LONG =
  /\/(lifecycle\/kills|test\/killed|browser\/accessibility|hostile\/hostile|operations\/moving-house)\.test\.ts$/;

class LongFirst extends BaseSequencer {
  override async sort(files: Parameters<BaseSequencer['sort']>[0]) {
    const sorted = await super.sort(files);
    const isLong = ({ moduleId }: (typeof sorted)[number]) => LONG.test(moduleId);
    return [...sorted.filter(isLong), ...sorted.filter((file) => !isLong(file))];
  }
}

const all = readdirSync(FOLDER, { recursive: true, encoding: 'utf8' })
  .map((path) => path.replaceAll('\\', '/'))
  .filter((path) => path.endsWith('.test.ts'));
const others = all.filter((path) => !MEASURING.includes(path));
const needsBuild = (path: string) => NEEDS_BUILD.test(readFileSync(new URL(path, FOLDER), 'utf8'));
const asGlobs = (paths: readonly string[]) => paths.map((path) => `test/${path}`);

export default defineConfig({
  // Vite would take the ES modules of graphql where Node takes the CommonJS ones, and two of them do not mix.
  resolve: { alias: [{ find: /^graphql$/, replacement: 'graphql/index.js' }] },
  test: {
    testTimeout: 20_000,
    hookTimeout: 60_000,
    pool: 'forks',
    // Two workers leave two cores idle for a third of the time: most tests wait, for devices that take theirs.
    maxWorkers: 3,
    sequence: { sequencer: LongFirst },
    projects: [
      { extends: true, test: { name: 'sources', include: asGlobs(others.filter((path) => !needsBuild(path))) } },
      {
        extends: true,
        test: {
          name: 'programs',
          include: asGlobs(others.filter(needsBuild)),
          globalSetup: 'test/support/build.ts',
        },
      },
      {
        extends: true,
        test: {
          name: 'measuring',
          include: asGlobs(MEASURING),
          globalSetup: 'test/support/build.ts',
          maxWorkers: 2,
          sequence: { groupOrder: 1 },
        },
      },
    ],
  },
});
