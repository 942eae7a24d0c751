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

  it('tells how old all is, however often it is refused', { timeout: 40_000 }, async () => {
    const page = await house.open('about:blank', DESK);
    const sockets: WebSocketRoute[] = [];
    let cutAt: number | undefined;
    await page.routeWebSocket(/\/graphql$/, (socket) => {
      sockets.push(socket);
      if (cutAt !== undefined) void socket.close({ code: 1011 });
      else socket.connectToServer();
    });
    await page.goto(`${house.api.url}/heatpumps/${id}`);
    await page.locator('.shown-unit').first().waitFor();
    cutAt = Date.now();
    await sockets[0]?.close({ code: 1011 });
    await expect.poll(() => sockets.length, { timeout: 20_000 }).toBeGreaterThan(3);
    await page.waitForTimeout(Math.max(0, cutAt + 5_000 - Date.now()));
    const leastAge = Math.floor((Date.now() - cutAt) / 1_000) - 1;
    const [, age] =
      /What you see is (\d+)\u00a0s old/.exec((await page.locator('.server-banner').textContent()) ?? '') ?? [];
    expect(Number(age)).toBeGreaterThanOrEqual(leastAge);
  });

  it('goes on after a cut with what was missed, not from the beginning', async () => {
    const page = await house.open('about:blank', DESK);
    const sockets: WebSocketRoute[] = [];
    const asked: (number | null)[] = [];
    const told: { complete: boolean; revision: number }[] = [];
    let cut: WebSocketRoute | undefined;
    await page.routeWebSocket(/\/graphql$/, (socket) => {
      sockets.push(socket);
      const server = socket.connectToServer();
      socket.onMessage((text) => {
        const { type, payload } = JSON.parse(String(text));
        if (type === 'subscribe' && 'since' in payload.variables) asked.push(payload.variables.since);
        server.send(text);
      });
      server.onMessage((text) => {
        const event = JSON.parse(String(text)).payload?.data?.readings;
        if (socket === cut) return;
        if (event) told.push(event);
        socket.send(text);
      });
    });
    await page.goto(`${house.api.url}/heatpumps/${id}`);
    await expect.poll(() => told.length, { timeout: 10_000 }).toBeGreaterThan(2);
    cut = sockets[0];
    await cut?.close({ code: 1001 });
    const before = told.at(-1)?.revision ?? 0;
    await expect.poll(() => asked.length, { timeout: 10_000 }).toBe(2);
    await expect.poll(() => told.at(-1)?.revision, { timeout: 10_000 }).toBeGreaterThan(before + 3);
    expect(asked[0]).toBeNull();
    expect(asked[1]).toBeGreaterThanOrEqual(before);
    const [first, ...rest] = told;
    expect(first?.complete).toBe(true);
    expect(rest.map(({ complete }) => complete)).toStrictEqual(rest.map(() => false));
    expect(rest.map(({ revision }) => revision)).toStrictEqual(
      rest.map((_, index) => (first?.revision ?? 0) + 1 + index),
    );
  });
});
