import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { LEFT_OUT, withoutSecrets } from '../../src/domain/redaction.ts';
import { LogBook } from '../../src/operations/log-book.ts';
import { FakeClock } from '../support/fake-clock.ts';
import { LogBook as Lines, makeTempDir } from '../support/house.ts';
import { builtModule, startServerProgram } from '../support/server-program.ts';

describe('what is logged', () => {
  it.each([
    [{ password: 'p' }, { password: LEFT_OUT }],
    [
      { newPassword: 'p', currentPassword: 'q' },
      { newPassword: LEFT_OUT, currentPassword: LEFT_OUT },
    ],
    [{ BACKUP_PASSPHRASE: 'p' }, { BACKUP_PASSPHRASE: LEFT_OUT }],
    [{ backupPassphrase: 'p' }, { backupPassphrase: LEFT_OUT }],
    [{ passphrase: null }, { passphrase: null }],
    [
      { secret: 's', clientSecret: 's' },
      { secret: LEFT_OUT, clientSecret: LEFT_OUT },
    ],
    [
      { token: 't', adminToken: 't', ADMIN_TOKEN: 't' },
      { token: LEFT_OUT, adminToken: LEFT_OUT, ADMIN_TOKEN: LEFT_OUT },
    ],
    [
      { apiKey: 'k', api_key: 'k' },
      { apiKey: LEFT_OUT, api_key: LEFT_OUT },
    ],
    [
      { hash: 'h', passwordHash: 'h' },
      { hash: LEFT_OUT, passwordHash: LEFT_OUT },
    ],
    [
      { headers: { Authorization: 'Bearer abc', Cookie: 'session=1', 'Set-Cookie': 'x' } },
      { headers: { Authorization: LEFT_OUT, Cookie: LEFT_OUT, 'Set-Cookie': LEFT_OUT } },
    ],
    [
      { setUpCode: '1234', setup_code: '1234' },
      { setUpCode: LEFT_OUT, setup_code: LEFT_OUT },
    ],
    [{ webhookUrl: 'https://x' }, { webhookUrl: LEFT_OUT }],
    [{ deep: [{ list: [{ password: 'p' }] }] }, { deep: [{ list: [{ password: LEFT_OUT }] }] }],
    [
      { error: 'cannot reach https://ada:pw@mail.example/x' },
      { error: `cannot reach https://${LEFT_OUT}@mail.example/x` },
    ],
    [
      { error: 'sent Authorization: Bearer abc.def-1 twice' },
      { error: `sent Authorization: Bearer ${LEFT_OUT} twice` },
    ],
    [
      { heatpumpId: 'hp-1', key: 'temp_outside', at: 5, ok: true, none: null },
      { heatpumpId: 'hp-1', key: 'temp_outside', at: 5, ok: true, none: null },
    ],
  ])('%j is kept as %j', (given, kept) => {
    expect(withoutSecrets(given)).toStrictEqual(kept);
  });

  it('leaves out what is nested without end', () => {
    const circle: Record<string, unknown> = {};
    circle.circle = circle;
    expect(JSON.stringify(withoutSecrets(circle))).toContain(LEFT_OUT);
  });
});

describe('the log book', () => {
  it('passes lines on without secrets, and keeps the last thousand to be read by level', () => {
    const output: unknown[] = [];
    const note = (level: string) => (fields: object, message: string) => void output.push([level, fields, message]);
    const sink = { debug: note('debug'), info: note('info'), warn: note('warn'), error: note('error') };
    const clock = new FakeClock();
    const book = new LogBook({ output: sink, clock, keepsDebug: false });
    book.debug({ token: 'x' }, 'fine');
    book.info({ password: 'x' }, 'first');
    book.warn({ count: 1 }, 'second');
    book.error({}, 'third');
    expect(output).toStrictEqual([
      ['debug', { token: LEFT_OUT }, 'fine'],
      ['info', { password: LEFT_OUT }, 'first'],
      ['warn', { count: 1 }, 'second'],
      ['error', {}, 'third'],
    ]);
    const at = clock.now();
    expect(book.last(2)).toStrictEqual([
      { number: 3, at, level: 'ERROR', message: 'third', fields: {} },
      { number: 2, at, level: 'WARN', message: 'second', fields: { count: 1 } },
    ]);
    expect(book.last(10, 'WARN').map(({ message }) => message)).toStrictEqual(['third', 'second']);
    for (let count = 0; count < 2_500; count++) book.info({ count }, 'more');
    expect(book.last(5_000)).toHaveLength(1_000);
    expect(book.last(1)[0]).toMatchObject({ number: 2_503, fields: { count: 2_499 } });
  });

  it('keeps debug lines where they are wanted, and cuts what is long', () => {
    const book = new LogBook({ output: new Lines(), clock: new FakeClock(), keepsDebug: true });
    book.debug({ text: 'x'.repeat(100_000) }, 'long');
    const [line] = book.last(1);
    expect(line).toMatchObject({ level: 'DEBUG', message: 'long' });
    expect(JSON.stringify(line).length).toBeLessThan(5_000);
  });
});

describe('a log file', () => {
  let directory: ReturnType<typeof makeTempDir>;
  beforeEach(() => {
    directory = makeTempDir();
  });
  afterEach(() => directory.remove());

  it('is renewed at its size, and five old ones are kept', async () => {
    const logFile = join(directory.path, 'thermograph.log');
    const script = `
      const { createLogOutput } = await import(${JSON.stringify(pathToFileURL(builtModule('operations/log-output')).href)});
      const { logger, close } = createLogOutput({ logLevel: 'info', logFile: ${JSON.stringify(logFile)} }, '10K');
      for (let count = 0; count < 1_200; count++) {
        logger.info({ count, filling: 'x'.repeat(50) }, 'a line');
        if (count % 20 === 0) await new Promise((resolve) => setTimeout(resolve, 5));
      }
      await close();
    `;
    // In a process of its own, for lines go to standard error, too.
    const args = ['--input-type=module', '-e', script];
    const { status, stderr } = spawnSync(process.execPath, args, { encoding: 'utf8' });
    expect(status).toBe(0);
    expect(stderr.match(/"a line"/g)).toHaveLength(1_200);
    const files = readdirSync(directory.path).sort();
    const old = [1, 2, 3, 4, 5].map((number) => `thermograph.log.${number}`);
    expect(files).toStrictEqual(['thermograph.log', ...old]);
    expect(statSync(logFile).mode & 0o777).toBe(0o600);
    const newest = readFileSync(join(directory.path, 'thermograph.log.1'), 'utf8')
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(newest.length).toBeGreaterThan(50);
    expect(statSync(join(directory.path, 'thermograph.log.1')).size).toBeLessThan(15_000);
  });

  it('that cannot be written is told, and the server goes on', async () => {
    const env = { DATA_DIR: directory.path, LOG_LEVEL: 'info', LOG_FILE: 'blocked/x.log' };
    writeFileSync(join(directory.path, 'blocked'), 'a file where a folder would have to be');
    const server = startServerProgram(env);
    await server.until(/Thermograph is at/);
    await server.until(/no log file/);
    expect(await server.end()).toBe(0);
  });

  it('gets what goes to standard error', async () => {
    const env = { DATA_DIR: directory.path, LOG_LEVEL: 'info', LOG_FILE: 'thermograph.log' };
    const server = startServerProgram(env);
    await server.until(/Thermograph is at/);
    await server.end();
    const lines = readFileSync(join(directory.path, 'thermograph.log'), 'utf8').trim().split('\n');
    expect(lines).toStrictEqual(server.stderr.trim().split('\n'));
    expect(lines.at(-1)).toContain('"stopped"');
  });
});
