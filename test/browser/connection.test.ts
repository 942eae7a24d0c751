import type { WebSocketRoute } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { addOnline } from '../support/api.ts';
import { DESK } from '../support/browser.ts';
import { useClientHouse } from '../support/client-house.ts';

let id: string;
const house = useClientHouse({
  setUp: async ({ api, simulator }) => {
    id = await addOnline(api, simulator.port);
  },
});

describe('the connection to the server', () => {
  // 4500, 4400: the protocol holds them to be final. 1011: so does its client. 1001: not final.
  it.each([4500, 4400, 1011, 1001])('comes back after a close with %i, and so do the values', async (code) => {
    const page = await house.open('about:blank', DESK);
    const sockets: WebSocketRoute[] = [];
    let isRefusing = false;
    await page.routeWebSocket(/\/graphql$/, (socket) => {
      sockets.push(socket);
      if (isRefusing) void socket.close({ code });
      else socket.connectToServer();
    });
    await page.goto(`${house.api.url}/heatpumps/${id}`);
    const outdoor = page.locator('.quantity-value', { has: page.getByText('Outdoor', { exact: true }) }).locator('dd');
    await outdoor.locator('.shown-unit').waitFor();
    isRefusing = true;
    await sockets[0]?.close({ code });
    await page.getByText('No connection to the server.').waitFor();
    await outdoor.locator('.stale').waitFor();
    await expect.poll(() => sockets.length, { timeout: 10_000 }).toBeGreaterThan(3);
    isRefusing = false;
    await page.getByText('No connection to the server.').waitFor({ state: 'detached' });
    house.simulator.device.force('temp_outside', code / 1_000);
    await expect.poll(() => outdoor.textContent(), { timeout: 10_000 }).toBe(`${(code / 1_000).toFixed(1)}\u00a0°C`);
  });
});
