import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { systemClock } from '../../src/domain/clock.ts';
import { createDiagnostics } from '../../src/operations/diagnostics.ts';
import { LogBook } from '../../src/operations/log-book.ts';
import { type Api, addOnline, startApi } from '../support/api.ts';
import { rows } from '../support/data-folder.ts';
import { LogBook as Lines } from '../support/house.ts';
import { startTestSimulator } from '../support/simulator.ts';

const ADMIN = 'administrators-token-0123456789abcdef';
const PASSPHRASE = 'correct horse battery';
const BINARY = 'application/octet-stream';

let open: Api;
let guarded: Api;
let simulator: Awaited<ReturnType<typeof startTestSimulator>>;
let heatpumpId: string;

beforeAll(async () => {
  simulator = await startTestSimulator();
  open = await startApi({ backupAt: null, backupPassphrase: PASSPHRASE });
  heatpumpId = await addOnline(open, simulator.port, { name: 'Home' });
  const { adminTokenHash } = (await import('../../src/config.ts')).readConfig({ ADMIN_TOKEN: ADMIN });
  guarded = await startApi({ backupAt: null, adminTokenHash }, undefined, true);
}, 60_000);
afterAll(async () => {
  await Promise.all([open.close(), guarded.close()]);
  await simulator.close();
});

const bearer = (token: string) => ({ authorization: `Bearer ${token}` });
const upload = (url: string, body: Uint8Array<ArrayBuffer> | string, headers: Record<string, string> = {}) =>
  fetch(`${url}/backups/upload`, { method: 'POST', headers: { 'content-type': BINARY, ...headers }, body });
const files = async () => (await open.query('{ backups { files { name origin isSealed bytes } } }')).data.backups.files;
const make = (input: object) =>
  open.query(
    'mutation ($input: CreateBackupInput!) { createBackup(input: $input) { backup { name isSealed bytes } } }',
    {
      input,
    },
  );

/** A token of this role on the guarded server. */
async function tokenOf(role: string): Promise<string> {
  const query = 'mutation ($input: CreateApiTokenInput!) { createApiToken(input: $input) { token } }';
  const response = await fetch(`${guarded.url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...bearer(ADMIN) },
    body: JSON.stringify({ query, variables: { input: { name: role, role } } }),
  });
  const { data } = (await response.json()) as { data: { createApiToken: { token: string } } };
  return data.createApiToken.token;
}

describe('backups over the API', () => {
  it('are made, listed, moved, checked and deleted', async () => {
    const { data } = await make({});
    const { name, bytes } = data.createBackup.backup;
    expect(name).toMatch(/^thermograph-manual-\d{8}T\d{6}Z(-\d+)?\.tar\.gz\.sealed$/);
    expect(await files()).toContainEqual({ name, origin: 'MANUAL', isSealed: true, bytes });
    const metrics = await (await fetch(`${open.url}/metrics`)).text();
    const [, madeAt] = /^thermograph_last_backup_timestamp_seconds (\d+)$/m.exec(metrics) ?? [];
    expect(Math.abs(Number(madeAt) - Date.now() / 1_000)).toBeLessThan(60);
    const download = await fetch(`${open.url}/backups/download?name=${name}`);
    expect(download.headers.get('content-disposition')).toBe(`attachment; filename="${name}"`);
    expect(download.headers.get('cache-control')).toBe('no-store');
    const content = new Uint8Array(await download.arrayBuffer());
    expect(content.length).toBe(bytes);
    const uploaded = (await (await upload(open.url, content)).json()) as { name: string };
    const check = 'mutation ($input: CheckBackupInput!) { checkBackup(input: $input) { check { code hasHistory } } }';
    const checked = await open.query(check, { input: { name: uploaded.name } });
    expect(checked.data.checkBackup.check).toStrictEqual({ code: 'OK', hasHistory: true });
    for (const one of [name, uploaded.name]) {
      const deleted = await open.query('mutation ($n: String!) { deleteBackup(input: { name: $n }) { deletedName } }', {
        n: one,
      });
      expect(deleted.data.deleteBackup.deletedName).toBe(one);
    }
    expect(await files()).toStrictEqual([]);
  });

  it('are made one at a time, and of short passphrases none', async () => {
    const short = await make({ passphrase: 'eleven char' });
    expect(short.errors?.[0]).toMatchObject({
      extensions: { code: 'BAD_USER_INPUT', issues: [{ path: ['input', 'passphrase'] }] },
    });
    const outcomes = await Promise.all([make({}), make({}), make({})]);
    const codes = outcomes.map(
      ({ errors }) => (errors?.[0] as { extensions: { code: string } } | undefined)?.extensions.code ?? 'OK',
    );
    expect(codes.sort()).toStrictEqual(['CONFLICT', 'CONFLICT', 'OK']);
  });

  it.each([
    '',
    '.',
    '..',
    '../thermograph.db',
    '/etc/passwd',
    'thermograph.db',
    '%2e%2e%2fthermograph.db',
    'thermograph-manual-20260101T000000Z.tar.gz',
    'thermograph-manual-20260101T000000Z.tar.gz/../../thermograph.db',
    '.making-x',
  ])('do not exist under the name "%s"', async (name) => {
    writeFileSync(join(open.dataDir, 'backups', 'notes.txt'), 'x');
    const download = await fetch(`${open.url}/backups/download?name=${encodeURIComponent(name)}`);
    expect(download.status).toBe(404);
    expect(await download.json()).toMatchObject({ errors: [{ extensions: { code: 'NOT_FOUND' } }] });
    for (const [field, selection] of [
      ['deleteBackup', 'deletedName'],
      ['checkBackup', 'check { ok }'],
      ['restoreBackup', 'check { ok }'],
    ]) {
      const { errors } = await open.query(`mutation ($n: String!) { ${field}(input: { name: $n }) { ${selection} } }`, {
        n: name,
      });
      expect(errors?.[0], field).toMatchObject({ extensions: { code: 'NOT_FOUND' } });
    }
    const { errors } = await open.query('mutation ($n: String!) { undoRestore(input: { name: $n }) { restarts } }', {
      n: name,
    });
    expect(errors?.[0]).toMatchObject({ extensions: { code: 'NOT_FOUND' } });
  });

  it('are taken from no form, no other page, and in no other way', async () => {
    const before = await files();
    expect((await upload(open.url, 'x', { 'content-type': 'text/plain' })).status).toBe(415);
    expect((await upload(open.url, 'x', { 'content-type': 'multipart/form-data; boundary=x' })).status).toBe(415);
    expect((await upload(open.url, 'x', { origin: 'https://evil.example' })).status).toBe(403);
    expect((await upload(open.url, 'x', { origin: 'null' })).status).toBe(403);
    expect((await fetch(`${open.url}/backups/upload`)).status).toBe(405);
    expect((await fetch(`${open.url}/backups/download?name=x`, { method: 'POST' })).status).toBe(405);
    const foreign = await upload(open.url, 'this is no backup');
    expect(foreign.status).toBe(422);
    expect(await foreign.json()).toMatchObject({ errors: [{ extensions: { code: 'FOREIGN' } }] });
    expect((await upload(open.url, '')).status).toBe(422);
    expect(await files()).toStrictEqual(before);
  });

  it('that are cut off while they come leave nothing behind', async () => {
    const before = await files();
    const controller = new AbortController();
    const endless = new ReadableStream({
      pull: async (stream) => {
        stream.enqueue(new Uint8Array([0x1f, 0x8b, ...new Array(100_000).fill(0)]));
        await new Promise((resolve) => setTimeout(resolve, 10));
      },
    });
    const options = {
      method: 'POST',
      headers: { 'content-type': BINARY },
      body: endless,
      duplex: 'half',
      signal: controller.signal,
    };
    const sending = fetch(`${open.url}/backups/upload`, options as RequestInit);
    setTimeout(() => controller.abort(), 300);
    await expect(sending).rejects.toThrow();
    await expect.poll(async () => (await open.query('{ backups { running } }')).data.backups.running).toBeNull();
    expect(await files()).toStrictEqual(before);
  });
});

describe('what is for admins', () => {
  it.each(['VIEWER', 'OPERATOR'])('is not for a %s', async (role) => {
    const token = await tokenOf(role);
    for (const path of ['/backups/download?name=x', '/diagnostics']) {
      expect((await fetch(guarded.url + path, { headers: bearer(token) })).status, path).toBe(403);
    }
    expect((await upload(guarded.url, 'x', bearer(token))).status).toBe(403);
  });

  it('is for nobody who has not shown who they are', async () => {
    for (const path of ['/backups/download?name=x', '/diagnostics']) {
      expect((await fetch(guarded.url + path)).status, path).toBe(401);
    }
    expect((await upload(guarded.url, 'x')).status).toBe(401);
    expect((await fetch(`${guarded.url}/diagnostics`, { headers: bearer(ADMIN) })).status).toBe(200);
  });

  it('is noted in the audit', async () => {
    await upload(guarded.url, 'x', bearer(ADMIN));
    await fetch(`${guarded.url}/diagnostics`, { headers: bearer(ADMIN) });
    // It is noted when all is sent, which may be after it has come.
    const query = 'SELECT action, actor, outcome FROM AuditEntry ORDER BY id DESC LIMIT 2';
    await expect
      .poll(() => rows(join(guarded.dataDir, 'thermograph.db'), query))
      .toStrictEqual([
        ['downloadDiagnostics', 'ADMIN_TOKEN', 'OK'],
        ['uploadBackup', 'ADMIN_TOKEN', 'FOREIGN'],
      ]);
  });
});

describe('diagnostics', () => {
  const fetchReport = async (query = '') => {
    const response = await fetch(`${open.url}/diagnostics${query}`);
    expect(response.headers.get('content-disposition')).toContain('thermograph-diagnostics.json.gz');
    const text = gunzipSync(Buffer.from(await response.arrayBuffer())).toString('utf8');
    // biome-ignore lint/suspicious/noExplicitAny: the shape is the test's business
    return { text, report: JSON.parse(text) as any };
  };

  it('tell versions, settings and each heat pump with the words as they were read', async () => {
    const { report } = await fetchReport('?hosts=shown');
    const { version } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')) as {
      version: string;
    };
    expect(report.server).toMatchObject({ version, node: process.version });
    expect(report.computer).toMatchObject({ platform: process.platform, architecture: process.arch });
    const [pump] = report.heatpumps;
    expect(pump).toMatchObject({
      driver: 'idm/navigator_2_0',
      status: { state: 'ONLINE' },
      settings: { id: heatpumpId, connection: { host: '127.0.0.1' } },
    });
    expect(pump.counters.requests).toBeGreaterThan(0);
    expect(Array.isArray(pump.missingRegisters)).toBe(true);
    // The outdoor temperature is a float32 at 1000 on the wire, low word first.
    const block = pump.registers.find(
      ({ address, words }: { address: number; words: string }) =>
        address <= 1_000 && address + words.split(' ').length > 1_001,
    );
    const at = 1_000 - block.address;
    const [low, high] = block.words.split(' ').slice(at, at + 2);
    const value = Buffer.from(`${high}${low}`, 'hex').readFloatBE();
    const reading = pump.readings.find(([key]: [string]) => key === 'temp_outside');
    expect(Math.abs(value - reading[1])).toBeLessThan(1);
    expect(report.log.length).toBeGreaterThan(0);
    expect(report.backups.keep).toBe(7);
  });

  it('tell nothing of people', async () => {
    const clock = systemClock;
    const log = new LogBook({ output: new Lines(), clock, keepsDebug: false });
    log.warn({ actor: 'user:Ada', email: 'ada@example.org', count: 2 }, 'something');
    const sources = {
      version: '1',
      settings: { dataDir: open.dataDir },
      log,
      clock,
      history: { info: async () => ({}) },
    };
    const none = { list: () => [], report: () => ({ registers: [], missing: [] }) };
    const { backups } = (await open.query('{ backups { keep } }')).data;
    const diagnostics = createDiagnostics({ ...sources, heatpumps: none, backups: { status: backups } });
    const text = JSON.stringify(await diagnostics({ maskHosts: false }));
    expect(text).toContain('"fields":{"count":2}');
    expect(text).not.toMatch(/ada/i);
  });

  it('hold no secrets, and no addresses of heat pumps unless asked for', async () => {
    const { text, report } = await fetchReport();
    expect(text).not.toContain(PASSPHRASE);
    expect(text).not.toContain(ADMIN);
    expect(report.settings.backupPassphrase).toBe('(left out)');
    expect(report.heatpumps[0].settings.connection.host).toBe('host-1');
    expect(text).not.toContain('127.0.0.1');
  });
});

describe('the log over the API', () => {
  it('has the last lines by level, newest first, bounded', async () => {
    const lines = async (args: string) =>
      (await open.query(`{ logLines(${args}) { number at level message fields } }`)).data.logLines;
    const all = await lines('first: 1000, level: DEBUG');
    expect(all.some(({ message }: { message: string }) => message === 'heat pump connected')).toBe(true);
    const numbers = all.map(({ number }: { number: number }) => number);
    expect(numbers).toStrictEqual([...numbers].sort((a, b) => b - a));
    expect(await lines('first: 1')).toHaveLength(1);
    for (const first of [0, 1_001]) {
      const { errors } = await open.query(`{ logLines(first: ${first}) { number } }`);
      expect(errors?.[0]).toMatchObject({ extensions: { code: 'BAD_USER_INPUT' } });
    }
  });
});
