import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { addInput } from '../support/api.ts';
import { DESK, PHONE } from '../support/browser.ts';
import { until, useClientHouse } from '../support/client-house.ts';
import { type Furniture, furnish, pathsOf } from '../support/client-paths.ts';

const ADMIN = { name: 'Anna', email: 'anna@example.org', password: 'correct horse battery' };
const VIEWER = { name: 'Viktor', email: 'viktor@example.org', password: 'looks at everything' };

const house = useClientHouse({ isGuarded: true, isAnewForEach: true });

async function addHeatpump(): Promise<string> {
  const { input } = addInput(house.simulator.port, { name: 'Main house' });
  return (await house.api.server.heatpumps.add(input)).settings.id;
}

/** Somebody at the API, as programs and scripts are: by the cookie of their session. */
async function signInByApi({ email, password }: typeof ADMIN) {
  const headers = { 'content-type': 'application/json', origin: house.api.url };
  const body = JSON.stringify({ email, password });
  const answer = await fetch(`${house.api.url}/auth/sign-in/email`, { method: 'POST', headers, body });
  const cookie = answer.headers
    .getSetCookie()
    .map((one) => one.split(';')[0])
    .join('; ');
  return async (query: string, variables: object = {}) => {
    const asked = { method: 'POST', headers: { ...headers, cookie }, body: JSON.stringify({ query, variables }) };
    const { data, errors } = await (await fetch(`${house.api.url}/graphql`, asked)).json();
    if (errors) throw new Error(JSON.stringify(errors));
    return data;
  };
}

/** Makes the first user without a browser, and lets them act. */
async function setUpByApi() {
  const input = { ...ADMIN, code: house.api.server.setUpCode };
  const { errors } = await house.api.query('mutation ($input: SetUpInput!) { setUp(input: $input) { user { id } } }', {
    input,
  });
  expect(errors).toBeUndefined();
  return signInByApi(ADMIN);
}

async function signIn(page: Page, { email, password }: typeof ADMIN): Promise<void> {
  await page.getByLabel('E-mail address').fill(email);
  await page.getByLabel('Password', { exact: true }).fill(password);
  await page.getByRole('button', { name: 'Sign in' }).click();
}

/** What can be pressed on a page, apart from its navigation. */
const buttonsOf = (page: Page) =>
  page
    .locator('main :is(button, a.button, .file-button, input[type=file])')
    .evaluateAll((found) => found.map((one) => one.getAttribute('aria-label') ?? one.textContent?.trim() ?? ''));

describe('a server that asks who you are', () => {
  it('is set up with the code of its log, and shows a second user only what they may do', {
    timeout: 60_000,
  }, async () => {
    const heatpump = await addHeatpump();
    const page = await house.open('/jobs', DESK);
    await page.getByRole('heading', { level: 1, name: 'Welcome to Thermograph' }).waitFor();
    expect(await page.getByRole('navigation').count()).toBe(0);
    await page.getByLabel('Set-up code').fill('AAAA-BBBB-CCCC-DDDD');
    await page.getByLabel('Your name').fill(ADMIN.name);
    await page.getByLabel('E-mail address').fill(ADMIN.email);
    await page.getByLabel('Password', { exact: true }).fill('short');
    await page.getByRole('button', { name: 'Begin' }).click();
    await page.getByText('This is not the code in the log of the server.').waitFor();
    await page.getByLabel('Set-up code').fill(house.api.server.setUpCode ?? '');
    await page.getByRole('button', { name: 'Begin' }).click();
    await page.getByText('must be 10 to 128 characters').waitFor();
    await page.getByLabel('Password', { exact: true }).fill(ADMIN.password);
    await page.getByRole('button', { name: 'Begin' }).click();
    await page.getByRole('heading', { level: 1, name: 'Jobs' }).waitFor();
    expect(new URL(page.url()).pathname).toBe('/jobs');

    await page.getByRole('link', { name: 'Administration' }).click();
    await page.getByRole('link', { name: 'Add a user' }).click();
    await page.getByLabel('Name', { exact: true }).fill(VIEWER.name);
    await page.getByLabel('E-mail address').fill(VIEWER.email);
    await page.getByLabel('First password').fill(VIEWER.password);
    expect(await page.getByLabel('Role').inputValue()).toBe('VIEWER');
    await page.getByRole('button', { name: 'Save' }).click();
    const card = page.getByRole('article', { name: VIEWER.name });
    await card.getByText('Viewer', { exact: true }).waitFor();
    await card.getByText('all heat pumps').waitFor();
    await card.getByRole('link', { name: 'Edit' }).click();
    await page.getByLabel('Only these').check();
    await page.getByLabel('Main house').check();
    await page.getByRole('button', { name: 'Save' }).click();
    await card.getByText('Main house').waitFor();
    await page.getByRole('link', { name: 'Account' }).click();
    await page.getByRole('button', { name: 'Sign out' }).click();
    await page.getByRole('heading', { level: 1, name: 'Sign in' }).waitFor();

    await page.goto(`${house.api.url}/heatpumps/${heatpump}/sensors`);
    await page.getByRole('heading', { level: 1, name: 'Sign in' }).waitFor();
    await signIn(page, { ...VIEWER, password: 'not that at all' });
    await page.getByText('E-mail address and password do not go together.').waitFor();
    await signIn(page, VIEWER);
    await page.getByRole('heading', { level: 1, name: 'Main house' }).waitFor();
    expect(new URL(page.url()).pathname).toBe(`/heatpumps/${heatpump}/sensors`);
  });

  it('offers a viewer nothing that would fail, on no page', { timeout: 90_000 }, async () => {
    const heatpump = await addHeatpump();
    const asAdmin = await setUpByApi();
    await asAdmin('mutation ($input: CreateUserInput!) { createUser(input: $input) { user { id } } }', {
      input: { ...VIEWER, role: 'VIEWER' },
    });
    const furniture = await furnishFor(asAdmin, heatpump);
    const page = await house.open('/', DESK);
    const refused: string[] = [];
    await page.getByRole('heading', { level: 1, name: 'Sign in' }).waitFor();
    await signIn(page, VIEWER);
    await page.getByRole('heading', { level: 1, name: 'Heat pumps' }).waitFor();
    page.on('response', async (response) => {
      if (!response.url().endsWith('/graphql')) return;
      const text = await response.text().catch(() => '');
      if (text.includes('"errors"')) refused.push(`${page.url()}: ${text.slice(0, 200)}`);
    });
    const offered = new Set<string>();
    for (const path of pathsOf(furniture).filter((one) => !/^\/(sign-in|welcome)/.test(one))) {
      await page.goto(`${house.api.url}${path}`);
      await page.locator('main :is(h1, .notice)').first().waitFor();
      await page.waitForLoadState('networkidle');
      if (/new|edit|channels|admin|jobs\/.|alerts\/./.test(path)) {
        const isTold = await page.getByText('You may not do this.').count();
        expect([path, isTold + (path.startsWith('/dashboards/') ? 1 : 0)]).toStrictEqual([path, 1]);
      }
      for (const button of await buttonsOf(page)) offered.add(button.replace(/Night|Overview$/, '…'));
    }
    const isOfLooking = (name: string) => name === 'Save as file' || /^Remove (?!for good)./.test(name);
    const changing = [...offered].filter(
      (name) =>
        /add|new|edit|delet|remov|enabl|disabl|run|acknowl|send|import|save|test|undo|restor|take/i.test(name) &&
        !isOfLooking(name),
    );
    // Lines are taken out of a chart, and a dashboard is saved as a file, without changing anything here.
    expect(changing).toStrictEqual([]);
    expect(offered.size).toBeGreaterThan(10);
    expect(refused).toStrictEqual([]);
    expect(await page.getByRole('link', { name: 'Administration' }).count()).toBe(0);
    // What the page does not offer, the server refuses all the same.
    const code = await page.evaluate(async (id) => {
      const query = `mutation { writeSensor(input: { heatpumpId: "${id}", key: "temp_water_target", value: 50 }) { write { id } } }`;
      const headers = { 'content-type': 'application/json' };
      const answer = await fetch('/graphql', { method: 'POST', headers, body: JSON.stringify({ query }) });
      return (await answer.json()).errors[0].extensions.code;
    }, heatpump);
    expect(code).toBe('FORBIDDEN');
    expect(house.opened.problems).toStrictEqual([]);
  });

  it('leads to the sign-in when a session ends, and back to where one was', { timeout: 40_000 }, async () => {
    const heatpump = await addHeatpump();
    const asAdmin = await setUpByApi();
    const page = await house.open(`/heatpumps/${heatpump}/history?range=6h`, DESK);
    await signIn(page, ADMIN);
    await page.getByRole('heading', { level: 1, name: 'Main house' }).waitFor();
    const { sessions } = await asAdmin('{ sessions { id isCurrent } }');
    const [other] = sessions.filter(({ isCurrent }: { isCurrent: boolean }) => !isCurrent);
    await asAdmin('mutation ($input: RevokeSessionInput!) { revokeSession(input: $input) { revokedId } }', {
      input: { id: other.id },
    });
    await page.getByRole('heading', { level: 1, name: 'Sign in' }).waitFor();
    await signIn(page, ADMIN);
    await page.getByRole('heading', { level: 1, name: 'Main house' }).waitFor();
    const { pathname, search } = new URL(page.url());
    expect(`${pathname}${search}`).toBe(`/heatpumps/${heatpump}/history?range=6h`);
    await page.goto(`${house.api.url}/sign-in?to=https://elsewhere.example/`);
    await signIn(page, ADMIN);
    await page.getByRole('heading', { level: 1, name: 'Heat pumps' }).waitFor();
    expect(new URL(page.url()).origin).toBe(house.api.url);
  });

  it('leads in and out where WebSockets are refused, too', { timeout: 40_000 }, async () => {
    const heatpump = await addHeatpump();
    const asAdmin = await setUpByApi();
    const page = await house.open('about:blank', DESK);
    await page.routeWebSocket(/\/graphql$/, (socket) => void socket.close({ code: 1011 }));
    await page.goto(`${house.api.url}/heatpumps/${heatpump}/jobs`);
    await page.getByRole('heading', { level: 1, name: 'Sign in' }).waitFor();
    await signIn(page, ADMIN);
    await page.getByRole('heading', { level: 1, name: 'Main house' }).waitFor();
    await page.getByText('No connection to the server.').waitFor();
    const { sessions } = await asAdmin('{ sessions { id isCurrent } }');
    const [other] = sessions.filter(({ isCurrent }: { isCurrent: boolean }) => !isCurrent);
    await asAdmin('mutation ($input: RevokeSessionInput!) { revokeSession(input: $input) { revokedId } }', {
      input: { id: other.id },
    });
    await page.getByRole('link', { name: 'Alerts', exact: true }).last().click();
    await page.getByRole('heading', { level: 1, name: 'Sign in' }).waitFor();
    await signIn(page, ADMIN);
    await page.getByRole('heading', { level: 1, name: 'Main house' }).waitFor();
    expect(new URL(page.url()).pathname).toBe(`/heatpumps/${heatpump}/alerts`);
  });

  it('makes tokens that are shown once, and tells admins who has done what', { timeout: 40_000 }, async () => {
    await setUpByApi();
    const page = await house.open('/admin/tokens', DESK);
    await signIn(page, ADMIN);
    await page.getByRole('button', { name: 'Make a token' }).click();
    await page.getByRole('button', { name: 'Make the token' }).click();
    await page.getByText('must be 1 to 100 characters, without line breaks').waitFor();
    await page.getByLabel('Name', { exact: true }).fill('Prometheus');
    await page.getByRole('button', { name: 'Make the token' }).click();
    await page.getByText('The token “Prometheus” was made.').waitFor();
    const token = await page.getByRole('textbox', { name: 'Prometheus' }).inputValue();
    const role = async () => {
      const headers = { 'content-type': 'application/json', authorization: `Bearer ${token}` };
      const body = JSON.stringify({ query: '{ viewer { role } }' });
      const answer = await fetch(`${house.api.url}/graphql`, { method: 'POST', headers, body });
      return (await answer.json()).data?.viewer.role ?? null;
    };
    expect(await role()).toBe('VIEWER');
    await page.reload();
    const card = page.getByRole('article', { name: 'Prometheus' });
    await card.waitFor();
    expect(await page.content()).not.toContain(token);
    await card.getByRole('button', { name: 'Revoke' }).click();
    await page.getByText('“Prometheus” was revoked.').waitFor();
    await card.waitFor({ state: 'detached' });
    expect(await role()).toBeNull();
    await page.getByRole('link', { name: 'Audit' }).click();
    const rows = page.locator('.audit-what');
    await until(
      async () => (await rows.allTextContents()).slice(0, 2),
      ['Anna · token Prometheus: revoked', 'Anna · token Prometheus: added'],
    );
    await page.getByLabel('Action').selectOption('signed in');
    await until(async () => new Set(await rows.allTextContents()).size, 1);
    expect(await rows.first().textContent()).toMatch(/signed in$/);
    expect(house.opened.problems).toStrictEqual([]);
  });

  it('is signed in to in German on a phone, where the password is changed and other browsers are signed out', async () => {
    await setUpByApi();
    const page = await house.open('/account', PHONE);
    await page.getByRole('heading', { level: 1, name: 'Anmelden' }).waitFor();
    const width = () => page.evaluate(() => document.documentElement.scrollWidth);
    expect(await width()).toBeLessThanOrEqual(PHONE.width);
    await page.getByLabel('E-Mail-Adresse').fill(ADMIN.email);
    await page.getByLabel('Passwort', { exact: true }).fill(ADMIN.password);
    await page.getByRole('button', { name: 'Anmelden' }).click();
    await page.getByRole('heading', { level: 1, name: 'Konto' }).waitFor();
    await until(() => page.locator('.sessions li').count(), 2);
    await page.getByRole('button', { name: 'Dort abmelden' }).click();
    await until(() => page.locator('.sessions li').count(), 1);
    await page.getByLabel('Bisheriges Passwort').fill('not that at all');
    await page.getByLabel('Neues Passwort').fill('correct horse battery staple');
    await page.getByRole('button', { name: 'Ändern' }).click();
    await page.getByText('Ihr bisheriges Passwort stimmt nicht.').waitFor();
    await page.getByLabel('Bisheriges Passwort').fill(ADMIN.password);
    await page.getByRole('button', { name: 'Ändern' }).click();
    await page.getByText('Ihr Passwort wurde geändert.').waitFor();
    expect(await width()).toBeLessThanOrEqual(PHONE.width);
    await signInByApi({ ...ADMIN, password: 'correct horse battery staple' });
    await page.goto(`${house.api.url}/admin`);
    await page.getByRole('heading', { level: 1, name: 'Verwaltung' }).waitFor();
    expect(await width()).toBeLessThanOrEqual(PHONE.width);
  });
});

async function furnishFor(asAdmin: Awaited<ReturnType<typeof setUpByApi>>, heatpump: string): Promise<Furniture> {
  const query = async (text: string, variables?: object) => ({ data: await asAdmin(text, variables) });
  return furnish({ ...house.api, query }, heatpump, 'Night');
}
