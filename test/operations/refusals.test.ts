import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { BackupError } from '../../src/operations/backup-error.ts';
import { makeBackup } from '../../src/operations/make-backup.ts';
import { prepareRestore } from '../../src/operations/restore.ts';
import { change, fingerprint, makeData } from '../support/data-folder.ts';
import { makeTempDir } from '../support/house.ts';

const PASSPHRASE = 'correct horse battery';
const NOW = Date.parse('2026-03-08T12:00:00Z');

let directory: ReturnType<typeof makeTempDir>;
let plain: Buffer;
let sealed: Buffer;
let target: string;
let untouched: Record<string, string>;

beforeAll(async () => {
  directory = makeTempDir();
  const places = makeData(join(directory.path, 'source'));
  const make = async (name: string, passphrase: string | null) => {
    const file = join(directory.path, name);
    await makeBackup({ places, file, passphrase, version: '1.2.3', now: NOW });
    return readFileSync(file);
  };
  plain = await make('plain', null);
  sealed = await make('sealed', PASSPHRASE);
  target = makeData(join(directory.path, 'target'), ['Mine']).dataDir;
  untouched = fingerprint(target);
}, 60_000);
afterAll(() => directory.remove());

/** What becomes of restoring these bytes: a code, or OK; in the first case nothing may have changed. */
async function codeOf(
  content: Buffer,
  passphrase: string | null = null,
  extent: 'CHECK' | 'ALL' = 'ALL',
): Promise<string> {
  const file = join(directory.path, 'tried');
  writeFileSync(file, content);
  try {
    await prepareRestore({ dataDir: target, file, passphrase, extent });
    return 'OK';
  } catch (thrown) {
    if (!(thrown instanceof BackupError)) throw thrown;
    expect(fingerprint(target)).toStrictEqual(untouched);
    return thrown.code;
  }
}

/** An archive of other files, made by tar itself. */
function tarOf(files: Record<string, string | Buffer>, ...options: string[]): Buffer {
  const folder = join(directory.path, 'packed');
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder);
  for (const [name, content] of Object.entries(files)) writeFileSync(join(folder, name), content);
  const args = ['--format=ustar', ...options, '-czf', '-', '-C', folder, ...Object.keys(files)];
  const { stdout, status } = spawnSync('tar', args, { maxBuffer: 1e9 });
  expect(status).toBe(0);
  return stdout;
}

/** The files of the backup without a passphrase. */
function unpacked(): Record<string, Buffer> {
  const folder = join(directory.path, 'unpacked');
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder);
  expect(spawnSync('tar', ['-xzf', join(directory.path, 'plain'), '-C', folder]).status).toBe(0);
  const names = ['manifest.json', 'thermograph.db', 'history.db'];
  return Object.fromEntries(names.map((name) => [name, readFileSync(join(folder, name))]));
}

/** The same files with one of them changed by SQL, and a manifest that says the truth about it. */
function withSql(name: 'thermograph.db' | 'history.db', sql: string): Buffer {
  const files = unpacked();
  const path = join(directory.path, 'changed.db');
  writeFileSync(path, files[name] as Buffer);
  change(path, sql);
  change(path, 'PRAGMA journal_mode = DELETE');
  return repacked({ ...files, [name]: readFileSync(path) });
}

/** Packs files with a manifest that fits them, changed as wanted. */
function repacked(files: Record<string, Buffer>, more: object = {}): Buffer {
  const manifest = JSON.parse(String(files['manifest.json']));
  const parts = Object.keys(files)
    .filter((name) => name !== 'manifest.json')
    .map((name) => {
      const content = files[name] as Buffer;
      return { name, bytes: content.length, sha256: createHash('sha256').update(content).digest('hex') };
    });
  return tarOf({ ...files, 'manifest.json': JSON.stringify({ ...manifest, parts, ...more }) });
}

const flipped = (content: Buffer, at: number) => {
  const copy = Buffer.from(content);
  copy[at] = (copy[at] ?? 0) ^ (1 << (at % 8));
  return copy;
};

describe('a backup that is whole', () => {
  it.each([
    ['plain', null],
    ['sealed', PASSPHRASE],
  ] as const)('is taken: %s', async (name, passphrase) => {
    expect(await codeOf(name === 'plain' ? plain : sealed, passphrase, 'CHECK')).toBe('OK');
    expect(fingerprint(target)).toStrictEqual(untouched);
  });

  it('is taken when tar has packed it again', async () => {
    expect(await codeOf(repacked(unpacked()), null, 'CHECK')).toBe('OK');
  });
});

describe('a damaged backup', () => {
  it('that is cut off anywhere is refused', async () => {
    const cuts = (size: number) => [
      0,
      1,
      2,
      7,
      8,
      39,
      40,
      41,
      ...Array.from({ length: 14 }, (_, n) => Math.floor((size * (n + 1)) / 15)),
      size - 16,
      size - 1,
    ];
    for (const cut of cuts(plain.length)) {
      expect(['FOREIGN', 'DAMAGED'], `plain at ${cut}`).toContain(await codeOf(plain.subarray(0, cut)));
    }
    for (const cut of cuts(sealed.length)) {
      const code = await codeOf(sealed.subarray(0, cut), PASSPHRASE);
      expect(cut < 8 ? ['FOREIGN', 'DAMAGED'] : ['DAMAGED'], `sealed at ${cut}`).toContain(code);
    }
  }, 120_000);

  it('with a bit changed anywhere is refused, unless the bit says nothing of the content', async () => {
    // The time, level and system in the header of gzip: whoever unpacks it passes them over.
    const meaningless = [4, 5, 6, 7, 8, 9];
    const spread = (size: number, count: number) =>
      Array.from({ length: count }, (_, n) => Math.floor((size * (n + 0.5)) / count));
    const start = Array.from({ length: 45 }, (_, at) => at);
    for (const at of [...start, ...spread(plain.length, 30), plain.length - 8, plain.length - 1]) {
      const expected = meaningless.includes(at) ? ['OK'] : ['FOREIGN', 'DAMAGED'];
      expect(expected, `plain at ${at}`).toContain(await codeOf(flipped(plain, at), null, 'CHECK'));
    }
    // Each costs as much as guessing a passphrase does, so a few of each part have to do.
    const ofEach = [0, 6, 7, 8, 23, 24, 39, 40, 41];
    for (const at of [...ofEach, ...spread(sealed.length, 10), sealed.length - 17, sealed.length - 1]) {
      const expected = at < 7 ? 'FOREIGN' : at === 7 ? 'NEWER' : at < 40 ? 'WRONG_PASSPHRASE' : 'DAMAGED';
      expect(await codeOf(flipped(sealed, at), PASSPHRASE, 'CHECK'), `sealed at ${at}`).toBe(expected);
    }
  }, 120_000);

  it('with frames exchanged, repeated or added is refused', async () => {
    const big = Buffer.from(sealed);
    const frame = 65_536 + 16;
    const [head, first, second] = [
      big.subarray(0, 40),
      big.subarray(40, 40 + frame),
      big.subarray(40 + frame, 40 + 2 * frame),
    ];
    const rest = big.subarray(40 + 2 * frame);
    expect(rest.length).toBeGreaterThan(0);
    expect(await codeOf(Buffer.concat([head, second, first, rest]), PASSPHRASE)).toBe('DAMAGED');
    expect(await codeOf(Buffer.concat([head, first, first, second, rest]), PASSPHRASE)).toBe('DAMAGED');
    expect(await codeOf(Buffer.concat([head, first, rest]), PASSPHRASE)).toBe('DAMAGED');
    expect(await codeOf(Buffer.concat([big, Buffer.alloc(100)]), PASSPHRASE)).toBe('DAMAGED');
    expect(await codeOf(Buffer.concat([plain, Buffer.from('more')]))).toBe('DAMAGED');
    expect(await codeOf(Buffer.concat([plain, plain]))).toBe('DAMAGED');
  });
});

describe('a sealed backup', () => {
  it('needs its passphrase', async () => {
    expect(await codeOf(sealed)).toBe('PASSPHRASE_NEEDED');
    expect(await codeOf(sealed, 'another one, of good length')).toBe('WRONG_PASSPHRASE');
    expect(await codeOf(sealed, `${PASSPHRASE} `)).toBe('WRONG_PASSPHRASE');
  });
});

describe('what is no backup', () => {
  const foreign: [string, () => Buffer][] = [
    ['nothing', () => Buffer.alloc(0)],
    ['text', () => Buffer.from('Hello, this is a text.')],
    ['a zip archive', () => Buffer.concat([Buffer.from('PK\u0003\u0004'), Buffer.alloc(500)])],
    ['a database', () => readFileSync(join(target, 'thermograph.db'))],
    ['gzip of something else', () => gzipSync('x'.repeat(10_000))],
    ['an archive of something else', () => tarOf({ 'notes.txt': 'milk, eggs' })],
    ['an archive without a manifest', () => tarOf({ 'thermograph.db': unpacked()['thermograph.db'] as Buffer })],
    ['an archive with another order', () => tarOf({ 'thermograph.db': 'x', 'manifest.json': '{}' })],
    ['an empty manifest', () => tarOf({ 'manifest.json': '' })],
    ['a manifest that is no object', () => tarOf({ 'manifest.json': '[]' })],
    ['a manifest of 70 kB', () => tarOf({ 'manifest.json': `{"x":"${'y'.repeat(70_000)}"}` })],
    ['another product', () => repacked(unpacked(), { product: 'other' })],
    ['no parts', () => repacked(unpacked(), { parts: [] })],
    [
      'a name that leads elsewhere',
      () => repacked(unpacked(), { parts: [{ name: '../../evil', bytes: 1, sha256: 'a'.repeat(64) }] }),
    ],
    [
      'a part that is in it twice',
      () => {
        const part = { name: 'thermograph.db', bytes: 1, sha256: 'a'.repeat(64) };
        return repacked(unpacked(), { parts: [part, part] });
      },
    ],
    ['a file too many', () => tarOf({ ...unpacked(), 'evil.sh': 'rm' })],
    ['names that lead elsewhere in the archive', () => tarOf(unpacked(), '--transform=s,^,../../../,')],
    [
      'links in place of files',
      () => {
        const files = unpacked();
        const archive = gunzipSync(tarOf(files));
        // The type of the first entry: 2 is a symbolic link. The checksum follows suit.
        archive[156] = '2'.charCodeAt(0);
        return gzipSync(archive);
      },
    ],
    [
      'a trigger',
      () => withSql('thermograph.db', 'CREATE TRIGGER evil AFTER INSERT ON Write BEGIN DELETE FROM Heatpump; END'),
    ],
    ['a view', () => withSql('thermograph.db', 'CREATE VIEW evil AS SELECT 1')],
    ['a table too many', () => withSql('thermograph.db', 'CREATE TABLE evil (x)')],
    ['a table too few', () => withSql('thermograph.db', 'DROP TABLE Delivery')],
    ['the database of something else', () => withSql('thermograph.db', 'DROP TABLE _prisma_migrations')],
    [
      'a trigger in the history',
      () => withSql('history.db', 'CREATE TRIGGER evil AFTER INSERT ON raw BEGIN DELETE FROM raw; END'),
    ],
  ];

  it.each(foreign)('is refused: %s', async (_, make) => {
    expect(await codeOf(make())).toBe('FOREIGN');
  });

  it.each([
    ['a newer format', () => repacked(unpacked(), { format: 2, whatever: true })],
    [
      'a newer database',
      () =>
        withSql(
          'thermograph.db',
          "INSERT INTO _prisma_migrations (id, checksum, migration_name) VALUES ('n', 'x', '20990101000000_future')",
        ),
    ],
    ['a newer history', () => withSql('history.db', 'PRAGMA user_version = 2')],
  ] as [string, () => Buffer][])('is refused as such: %s', async (_, make) => {
    expect(await codeOf(make())).toBe('NEWER');
  });

  it.each([
    [
      'a part that is not what the manifest says',
      () => tarOf({ ...unpacked(), 'history.db': Buffer.alloc((unpacked()['history.db'] as Buffer).length) }),
    ],
    ['a part of another size', () => tarOf({ ...unpacked(), 'history.db': Buffer.alloc(512) })],
    ['a database of zeros', () => repacked({ ...unpacked(), 'thermograph.db': Buffer.alloc(8_192) })],
    [
      'a database with a page overwritten',
      () => {
        const files = unpacked();
        const database = Buffer.from(files['thermograph.db'] as Buffer);
        database.fill(0xff, 4_096 * 3, 4_096 * 5);
        return repacked({ ...files, 'thermograph.db': database });
      },
    ],
  ] as [string, () => Buffer][])('is refused as damaged: %s', async (_, make) => {
    expect(await codeOf(make())).toBe('DAMAGED');
  });

  it.each([
    [
      'of a part',
      () =>
        tarOf({
          'manifest.json': JSON.stringify({
            ...JSON.parse(String(unpacked()['manifest.json'])),
            parts: [{ name: 'thermograph.db', bytes: 9_000_000_000_000_000, sha256: 'a'.repeat(64) }],
          }),
        }),
    ],
  ] as [string, () => Buffer][])('cannot fill the disk by the size %s', async (_, make) => {
    expect(await codeOf(make())).toBe('NO_SPACE');
  });

  it('cannot fill the disk by zeros without end', async () => {
    const manifest = JSON.parse(String(unpacked()['manifest.json']));
    manifest.parts = [{ name: 'thermograph.db', bytes: 1_000_000, sha256: 'a'.repeat(64) }];
    const start = gunzipSync(tarOf({ 'manifest.json': JSON.stringify(manifest) })).subarray(0, 1_536);
    const file = join(directory.path, 'zeros');
    writeFileSync(file, '');
    truncateSync(file, 300_000_000);
    const bomb = Buffer.concat([gzipSync(start), gzipSync(readFileSync(file))]);
    expect(bomb.length).toBeLessThan(400_000);
    rmSync(file);
    expect(await codeOf(bomb)).toBe('DAMAGED');
    expect(statSync(join(directory.path, 'tried')).size).toBe(bomb.length);
  });
});
