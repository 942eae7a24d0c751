import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';
import { makeTempDir } from './support/house.ts';

const SLIM = fileURLToPath(new URL('../scripts/slim.mjs', import.meta.url));
const directory = makeTempDir();
afterAll(() => directory.remove());

/** Whether a server reads it. */
const FILES: readonly (readonly [path: string, isKept: boolean])[] = [
  ['better-sqlite3/build/Release/better_sqlite3.node', true],
  ['better-sqlite3/build/Release/test_extension.node', false],
  ['better-sqlite3/build/Release/obj/gen/sqlite3/sqlite3.c', false],
  ['better-sqlite3/build/Makefile', false],
  ['better-sqlite3/deps/sqlite3/sqlite3.c', false],
  ['better-sqlite3/lib/index.js', true],
  ['better-sqlite3/package.json', true],
  ['better-sqlite3/LICENSE', true],
  ['@prisma/client/runtime/query_compiler_fast_bg.sqlite.mjs', true],
  ['@prisma/client/runtime/query_compiler_fast_bg.sqlite.wasm-base64.mjs', true],
  ['@prisma/client/runtime/query_compiler_fast_bg.postgresql.mjs', false],
  ['@prisma/client/runtime/query_compiler_small_bg.sqlite.mjs', false],
  ['@prisma/client/runtime/client.mjs', true],
  ['@prisma/client/runtime/client.mjs.map', false],
  ['graphql/index.d.ts', false],
  ['graphql/index.mjs', true],
  ['a/node_modules/b/index.d.cts', false],
  ['a/node_modules/b/index.cjs', true],
];

describe('the packages of the image', () => {
  it('are without what no server reads, and with all that one does', () => {
    for (const [path] of FILES) {
      mkdirSync(dirname(join(directory.path, path)), { recursive: true });
      writeFileSync(join(directory.path, path), 'x');
    }
    const { status, stdout } = spawnSync(process.execPath, [SLIM, directory.path], { encoding: 'utf8' });
    expect([status, stdout]).toStrictEqual([0, expect.stringMatching(/^0\.0 MB removed from /)]);
    for (const [path, isKept] of FILES) expect([path, existsSync(join(directory.path, path))]).toEqual([path, isKept]);
  });
});
