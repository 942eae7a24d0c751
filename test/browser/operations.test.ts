import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { readConfig } from '../../src/config.ts';
import { systemClock } from '../../src/domain/clock.ts';
import { DRIVERS } from '../../src/drivers/index.ts';
import { type RestartableServer, startRestartable } from '../../src/restartable.ts';
import { ADD, addInput } from '../support/api.ts';
import { DESK, launchBrowser, openPage, PHONE, type TestPage, type View } from '../support/browser.ts';
import { LogBook, makeTempDir } from '../support/house.ts';

const PASSPHRASE = 'correct horse battery';

let directory: ReturnType<typeof makeTempDir>;
let browser: Browser;
let server: RestartableServer;
let url: string;
let opened: TestPage | undefined;

beforeAll(async () => {
  directory = makeTempDir();
  browser = await launchBrowser();
  const config = { ...readConfig({ PORT: '0', DATA_DIR: directory.path }) };
  const deps = {
    config,
    drivers: DRIVERS,
    clock: systemClock,
    logger: new LogBook(),
    random: Math.random,
    access: 'open',
  } as const;
  server = await startRestartable(deps, { restarted: () => {}, lost: () => {} });
  url = server.first.url;
  await ask(ADD, addInput(1, { name: 'Main house', enabled: false }));
}, 120_000);
afterEach(async () => {
  await opened?.close();
  opened = undefined;
});
afterAll(async () => {
  await browser?.close();
  await server?.stop();
  directory?.remove();
});

// biome-ignore lint/suspicious/noExplicitAny: the shape is the test's business
async function ask(query: string, variables: object = {}): Promise<any> {
  const headers = { 'content-type': 'application/json' };
  const response = await fetch(`${url}/graphql`, {
    method: 'POST',
    headers,
    body: JSON.stringify({ query, variables }),
  });
  return ((await response.json()) as { data: object }).data;
}

async function open(path: string, view: View): Promise<Page> {
  opened = await openPage(browser, url + path, view);
  return opened.page;
}

const names = async () => (await ask('{ heatpumps { name } }')).heatpumps.map(({ name }: { name: string }) => name);

describe('backups in the web client', () => {
  it('are made, downloaded, checked and restored, and that is undone', async () => {
    const page = await open('/admin/backups', DESK);
    await page.getByText('No backup yet').waitFor();
    await page.getByText('Made at 03:15; the last 7 are kept.').waitFor();
    await page.getByLabel('Passphrase').fill('too short');
    await page.getByRole('button', { name: 'Make a backup' }).click();
    await page.getByText('must be 12 characters or more').first().waitFor();
    await page.getByLabel('Passphrase').fill(PASSPHRASE);
    await page.getByRole('button', { name: 'Make a backup' }).click();
    const card = page.getByRole('article').first();
    await card.getByText('Sealed').waitFor();

    const downloading = page.waitForEvent('download');
    await card.getByRole('link', { name: 'Download' }).click();
    const file = join(directory.path, 'downloaded.tar.gz.sealed');
    await (await downloading).saveAs(file);
    expect(readFileSync(file).subarray(0, 8).toString('latin1')).toBe('THGSEAL1');

    await card.getByRole('button', { name: 'Check' }).click();
    await card.getByText('It is sealed. Enter its passphrase.').waitFor();
    await card.getByLabel('Passphrase').fill('another passphrase');
    await card.getByRole('button', { name: 'Check' }).click();
    await card.getByText('It was sealed with another passphrase.').waitFor();
    await card.getByLabel('Passphrase').fill(PASSPHRASE);
    await card.getByRole('button', { name: 'Check' }).click();
    await card.getByText('It is whole and can be restored.').waitFor();
    await card.getByText('Settings, history and secrets').waitFor();

    const [{ id }] = (await ask('{ heatpumps { id } }')).heatpumps;
    await ask('mutation ($id: ID!) { removeHeatpump(input: { id: $id }) { removedId } }', { id });
    expect(await names()).toStrictEqual([]);
    await card.getByRole('button', { name: 'Restore …' }).click();
    const dialog = page.getByRole('dialog', { name: 'Restore this backup?' });
    await dialog.getByLabel('Passphrase').fill('another passphrase');
    await dialog.getByRole('button', { name: 'Restore' }).click();
    await dialog.getByText('It was sealed with another passphrase.').waitFor();
    await dialog.getByLabel('Passphrase').fill(PASSPHRASE);
    await dialog.getByRole('button', { name: 'Restore' }).click();
    await dialog.getByText('Restored. The server is starting anew …').waitFor();
    await dialog.getByRole('button', { name: 'Close' }).click();
    await expect.poll(() => names().catch(() => null), { timeout: 10_000 }).toStrictEqual(['Main house']);

    await page.getByText(/^As it was before /).waitFor();
    await page.getByRole('button', { name: 'Go back' }).click();
    const undo = page.getByRole('dialog', { name: 'Go back to what was there before?' });
    await undo.getByRole('button', { name: 'Go back' }).click();
    await undo.getByText('Restored. The server is starting anew …').waitFor();
    await expect.poll(() => names().catch(() => null), { timeout: 10_000 }).toStrictEqual([]);
  }, 60_000);

  it('are uploaded and deleted on a phone, in German', async () => {
    const page = await open('/admin/backups', PHONE);
    const foreign = join(directory.path, 'notes.gz');
    writeFileSync(foreign, 'no backup at all');
    await page.getByLabel('Sicherung hochladen').setInputFiles(foreign);
    await page.getByText('Das ist keine Sicherung von Thermograph.').waitFor();
    const before = await page.getByRole('article').count();
    await page.getByLabel('Sicherung hochladen').setInputFiles(join(directory.path, 'downloaded.tar.gz.sealed'));
    await page.getByText('Hochgeladen. Prüfen Sie sie, bevor Sie sie brauchen.').waitFor();
    await expect.poll(() => page.getByRole('article').count()).toBe(before + 1);
    const card = page.getByRole('article').filter({ hasText: 'Hochgeladen' }).first();
    await card.getByRole('button', { name: 'Löschen' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Endgültig löschen' }).click();
    await expect.poll(() => page.getByRole('article').count()).toBe(before);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
    expect(opened?.problems.filter((problem) => !problem.includes('422'))).toStrictEqual([]);
  }, 30_000);
});

describe('log and diagnostics in the web client', () => {
  it('show the last lines by level', async () => {
    const page = await open('/admin/log', DESK);
    await page.getByText('a backup is restored').first().or(page.getByText('a restore was undone').first()).waitFor();
    await page.getByLabel('Show').selectOption('ERROR');
    await page.getByText('Nothing since the server started.').waitFor();
    expect(opened?.problems).toStrictEqual([]);
  });

  it('give a bundle for a bug report', async () => {
    const page = await open('/admin/diagnostics', PHONE);
    const downloading = page.waitForEvent('download');
    await page.getByRole('link', { name: 'Herunterladen' }).click();
    const file = join(directory.path, 'diagnostics.json.gz');
    await (await downloading).saveAs(file);
    expect(statSync(file).size).toBeGreaterThan(500);
    expect(JSON.parse(gunzipSync(readFileSync(file)).toString('utf8'))).toHaveProperty('server.version');
    expect(opened?.problems).toStrictEqual([]);
  });
});
