import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

/** What is locked of one package. */
interface LockedPackage {
  readonly license?: string;
  readonly dev?: boolean;
  readonly hasInstallScript?: boolean;
  readonly integrity?: string;
  readonly resolved?: string;
}

const read = (name: string) => JSON.parse(readFileSync(new URL(`../${name}`, import.meta.url), 'utf8'));
const manifest = read('package.json') as {
  readonly allowScripts: Record<string, boolean>;
  readonly dependencies: Record<string, string>;
};
const { packages } = read('package-lock.json') as { readonly packages: Record<string, LockedPackage> };
const locked = Object.entries(packages).filter(([path]) => path !== '');
const nameOf = (path: string) => path.replace(/^.*node_modules\//, '');

/** Licences that ask for no more than to be named, so that whoever runs or passes on the server has no duties but that. */
const FREE =
  /^(MIT|MIT-0|ISC|0BSD|BSD-2-Clause|BSD-3-Clause|Apache-2\.0|BlueOak-1\.0\.0|Unlicense|MIT OR Apache-2\.0)$/;
/** Several in one expression that come to the same. */
const COMBINED = ['MIT and ISC', '(MIT OR WTFPL)', '(BSD-2-Clause OR MIT OR Apache-2.0)'];
/** What only builds or tests may also oblige those who change it. */
const FOR_DEVELOPMENT = ['MPL-2.0', 'EPL-2.0', 'CC-BY-4.0'];

describe('the packages', () => {
  it('are locked with a checksum each', () => {
    expect(locked.length).toBeGreaterThan(300);
    expect(locked.filter(([, { integrity }]) => !integrity?.startsWith('sha512-')).map(([path]) => path)).toEqual([]);
  });

  it('run no script at installation but those that are named, and all that would are named', () => {
    const withScript = locked.filter(([, { hasInstallScript }]) => hasInstallScript).map(([path]) => nameOf(path));
    expect([...new Set(withScript)].sort()).toEqual(Object.keys(manifest.allowScripts).sort());
    const allowed = Object.entries(manifest.allowScripts).filter(([, isAllowed]) => isAllowed);
    expect(allowed.map(([name]) => name).sort()).toEqual(['better-sqlite3', 'esbuild']);
  });

  it('have licences that fit what they are used for', () => {
    const isFine = ({ license = 'none', dev = false }: LockedPackage) =>
      FREE.test(license) || COMBINED.includes(license) || (dev && FOR_DEVELOPMENT.includes(license));
    expect(locked.filter(([, one]) => !isFine(one)).map(([path, one]) => `${path}: ${one.license}`)).toEqual([]);
  });

  it('bring no tool for development to a server', () => {
    const running = new Set(locked.filter(([, { dev }]) => !dev).map(([path]) => nameOf(path)));
    expect([...running]).toEqual(expect.arrayContaining(Object.keys(manifest.dependencies)));
    for (const tool of ['prisma', 'vite', 'vitest', 'typescript', 'tsx', 'esbuild', 'playwright-core']) {
      expect(running.has(tool), tool).toBe(false);
    }
  });
});
