import type { Page, WebSocketRoute } from 'playwright-core';

// What is done on a page before its picture is taken.

/** Opens a dialog by its key. */
export async function press(page: Page, key: string): Promise<void> {
  await page.keyboard.press(key);
  await page.getByRole('dialog').waitFor();
}

/** Opens the places that have no room on the bar of a phone. */
export async function openMore(page: Page): Promise<void> {
  await page.locator('.navigation-more button').click();
}

/** Shows how the target of the hot water is changed. */
export async function openControl(page: Page): Promise<void> {
  const row = page.locator('.sensor-row[data-key="temp_water_target"]');
  const isGerman = (await page.locator('html').getAttribute('lang')) === 'de';
  await page.getByRole('searchbox').fill(isGerman ? 'warmwasser soll' : 'hot water target');
  await row.locator('summary').click();
  await row.getByRole('spinbutton').waitFor();
}

/** Shows what a restore would write. */
export async function openRestore(page: Page): Promise<void> {
  await page.getByRole('button', { name: /^(Restore|Wiederherstellen) …$/ }).click();
  await page.getByRole('checkbox').first().waitFor();
}

/** Opens the first widget of a dashboard that is edited. */
export async function openWidget(page: Page): Promise<void> {
  await page
    .getByRole('button', { name: /^Edit / })
    .first()
    .click();
  await page.getByRole('dialog').waitFor();
}

/** Tests a connection to this computer. */
export async function testConnection(page: Page, port: string): Promise<void> {
  await page.getByLabel('Name', { exact: true }).fill('Kellergasse 4');
  await page.locator('input[name="host"]').fill('127.0.0.1');
  await page.locator('input[name="port"]').fill(port);
  await page.getByRole('button', { name: 'Verbindung testen' }).click();
  await page.locator('.notice').waitFor();
}

/** Cuts the connection, and lets none come to be again. */
export async function loseServer(page: Page): Promise<void> {
  const sockets: WebSocketRoute[] = [];
  let isLost = false;
  await page.routeWebSocket(/\/graphql$/, (socket) => {
    sockets.push(socket);
    if (isLost) void socket.close({ code: 1001 });
    else socket.connectToServer();
  });
  await page.reload();
  await page.locator('.shown-unit').first().waitFor();
  isLost = true;
  for (const socket of [...sockets]) await socket.close({ code: 1001 });
  await page.locator('.shown-value.stale').first().waitFor();
}
