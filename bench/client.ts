import { spawnSync } from 'node:child_process';
import { cpSync, rmSync } from 'node:fs';
import type { Browser, CDPSession, Page } from 'playwright-core';
import { launchBrowser } from '../test/support/browser.ts';
import { type PageWork, traceOf } from './browser-trace.ts';
import type { ClientHouseAddress, ForcedValues } from './client-server.ts';
import { DEVICE_CORE, messageOf, ROOT, start } from './processes.ts';
import { median, print } from './table.ts';

const VIEW = { viewport: { width: 1_440, height: 900 }, locale: 'en-GB' };
const SLOWER = 4;
const LOADS = 9;
const EVENTS = 20;
const READINGS = 100;
const MINUTE_MS = 60_000;
const HEAP_MINUTES = 3;
/** The values of the charts, and how often they change: between any two polls. */
const CHART_KEYS = ['temp_outside', 'temp_heat_pump_flow'];
const FORCE_MS = 500;
/** Charts of an hour ask anew for what was recorded every 72 seconds. */
const CHARTS_MS = 75_000;
const SCROLL_STEP_PX = 120;
/** A frame that came this late has been waited for in vain at least once. */
const LATE_FRAME_MS = 25;

/** What it costs a browser to show the pages; `minutes`: how long to watch the heap. */
export async function measureClient(minutes: string | number = HEAP_MINUTES): Promise<void> {
  buildClient();
  const server = start('client-server', DEVICE_CORE);
  const browser = await launchBrowser();
  try {
    const house = await messageOf<ClientHouseAddress>(server);
    const open = async (path: string, ...scripts: readonly (() => void)[]) => {
      const page = await (await browser.newContext(VIEW)).newPage();
      for (const script of scripts) await page.addInitScript(script);
      await page.goto(`${house.url}${path}`);
      await page.locator('.shown-text, .chart-legend-value').first().waitFor();
      await page.waitForTimeout(3_000);
      return page;
    };
    const force = (forced: ForcedValues) => void server.send(forced);
    const sensors = `/heatpumps/${house.largestId}/sensors`;
    const charts = `/dashboards/${house.dashboardId}`;
    await printLoads(browser, house.url);
    await printOverviewEvents(await open('/', markMessages));
    await printSensorEvents(await open(sensors, markMessages), force);
    await printMinute('50 cards, each heat pump read once a second', await open('/'));
    await printChartMinute(await open(charts, markMessages, countDrawings), force);
    await printScrolling(await open(sensors));
    await closePages(browser);
    const leftOpen = { overview: '/', sensors, charts, history: `/heatpumps/${house.largestId}/history` };
    const pages: Record<string, Page> = {};
    for (const [name, path] of Object.entries(leftOpen)) pages[name] = await open(path);
    await printHeap(pages, minutes);
  } finally {
    await browser.close();
    server.kill();
  }
}

/** The compiled server looks for the client beside itself. */
function buildClient(): void {
  const { status } = spawnSync(
    process.execPath,
    ['node_modules/vite/bin/vite.js', 'build', 'client', '--logLevel', 'warn'],
    {
      ...{ cwd: ROOT, stdio: 'inherit', env: { ...process.env, NODE_ENV: 'production' } },
    },
  );
  if (status !== 0) throw new Error('the client does not build');
  rmSync(`${ROOT}dist/bench/dist/client`, { recursive: true, force: true });
  cpSync(`${ROOT}dist/client`, `${ROOT}dist/bench/dist/client`, { recursive: true });
}

async function closePages(browser: Browser): Promise<void> {
  for (const context of browser.contexts()) await context.close();
}

/** Runs in the page: marks the beginning and the end of the work on each message of the WebSocket. */
function markMessages(): void {
  const setter = Object.getOwnPropertyDescriptor(WebSocket.prototype, 'onmessage')?.set;
  Object.defineProperty(WebSocket.prototype, 'onmessage', {
    set(this: WebSocket, handle: (event: MessageEvent) => void) {
      setter?.call(this, (event: MessageEvent) => {
        const readings = JSON.parse(event.data).payload?.data?.readings?.readings.length ?? 0;
        performance.mark(`${readings} readings begins`);
        handle(event);
        performance.mark(`${readings} readings ends`);
      });
    },
  });
}

/** Runs in the page: counts how often a chart is drawn, for which each clears its own canvas once. */
function countDrawings(): void {
  const counter = { drawings: 0 };
  Object.assign(window, { counter });
  const { clearRect } = CanvasRenderingContext2D.prototype;
  CanvasRenderingContext2D.prototype.clearRect = function (...place) {
    counter.drawings++;
    clearRect.apply(this, place);
  };
}

/** Runs in the page: notes when each card shows a fresh value for the first time. */
function noteCards(): void {
  const times = { first: 0, all: 0 };
  Object.assign(window, { times });
  const look = () => {
    const cards = [...document.querySelectorAll('.fleet-card')];
    const shown = cards.filter((card) => card.querySelector('.shown-value:not(.stale) .shown-text'));
    if (shown.length > 0) times.first ||= performance.now();
    if (shown.length === cards.length && shown.length > 0) times.all ||= performance.now();
  };
  new MutationObserver(look).observe(document, { childList: true, subtree: true, attributes: true });
}

/** The first load with nothing cached, by a computer a quarter as quick. */
async function printLoads(browser: Browser, url: string): Promise<void> {
  const loads: { first: number; all: number }[] = [];
  for (let load = 0; load < LOADS; load++) {
    const context = await browser.newContext({ ...VIEW, serviceWorkers: 'block' });
    const page = await context.newPage();
    await (await context.newCDPSession(page)).send('Emulation.setCPUThrottlingRate', { rate: SLOWER });
    await page.addInitScript(noteCards);
    await page.goto(url);
    const times = () => page.evaluate(() => (window as unknown as { times: { first: number; all: number } }).times);
    while ((await times()).all === 0) await page.waitForTimeout(200);
    loads.push(await times());
    await context.close();
  }
  print(`First load of the overview, CPU slowed down ${SLOWER} times (median of ${LOADS})`, [
    ['first card with a value', `${median(loads.map(({ first }) => first)).toFixed(0)} ms`],
    ['all 50 cards with values', `${median(loads.map(({ all }) => all)).toFixed(0)} ms`],
  ]);
}

async function printOverviewEvents(page: Page): Promise<void> {
  const { marked } = await traceOf(page, () => page.waitForTimeout(10_000));
  print('Scripting of an event on the overview, of one of 50 heat pumps (CPU)', [
    ['median', `${median(marked.map(({ cpuMs }) => cpuMs)).toFixed(2)} ms of ${marked.length} events`],
  ]);
}

async function printSensorEvents(page: Page, force: (values: ForcedValues) => void): Promise<void> {
  const keys = await page.locator('.sensor-row').evaluateAll((rows) => rows.map((row) => row.getAttribute('data-key')));
  const temperatures = keys.flatMap((key) => (key?.startsWith('temp_') ? [key] : []));
  const spread = temperatures.filter((_, index) => index % Math.floor(temperatures.length / READINGS) === 0);
  const costOf = async (chosen: readonly string[]) => {
    const { marked } = await traceOf(page, async () => {
      for (let event = 0; event < EVENTS; event++) {
        force({ keys: chosen, value: 20 + (event % 2) * 10 + event / 10 });
        await page.waitForTimeout(1_500);
      }
    });
    const perHundred = marked.flatMap(({ name, cpuMs }) => {
      const readings = Number.parseInt(name, 10);
      return readings >= READINGS / 2 ? [(cpuMs * 100) / readings] : [];
    });
    return `${median(perHundred).toFixed(2)} ms for each 100 (${perHundred.length} events)`;
  };
  print(`Scripting of an event of ${READINGS} readings in the list of ${keys.length} sensors (CPU, median)`, [
    ['changes spread over the list', await costOf(spread.slice(0, READINGS))],
    ['changes at the top, where the screen is', await costOf(temperatures.slice(0, READINGS))],
    ['changes at the far end', await costOf(temperatures.slice(-READINGS))],
  ]);
}

function taskRows({ tasks }: PageWork): [string, string][] {
  type Task = PageWork['tasks'][number];
  const longest = (of: (task: Task) => number) => Math.max(0, ...tasks.map(of)).toFixed(1);
  const count = (is: (task: Task) => boolean) => tasks.filter(is).length;
  return [
    ['longest task', `${longest(({ ms }) => ms)} ms, ${longest(({ cpuMs }) => cpuMs)} ms of CPU`],
    ['tasks over 50 ms, of them by CPU', `${count(({ ms }) => ms > 50)}, ${count(({ cpuMs }) => cpuMs > 50)}`],
    ['main thread', `${(tasks.reduce((sum, { cpuMs }) => sum + cpuMs, 0) / 1_000).toFixed(1)} s of CPU`],
  ];
}

async function printMinute(what: string, page: Page): Promise<void> {
  const work = await traceOf(page, () => page.waitForTimeout(MINUTE_MS));
  print(`A minute of ${what}`, taskRows(work));
}

/** All charts show an hour that was recorded each second, and go on with values that change before each poll. */
async function printChartMinute(page: Page, force: (values: ForcedValues) => void): Promise<void> {
  const drawings = () => page.evaluate(() => (window as unknown as { counter: { drawings: number } }).counter.drawings);
  const [before, charts] = [await drawings(), await page.locator('.plot').count()];
  let value = 20;
  const forcing = setInterval(() => {
    value = value < 30 ? value + 0.1 : 20;
    force({ keys: CHART_KEYS, value });
  }, FORCE_MS);
  const work = await traceOf(page, () => page.waitForTimeout(CHARTS_MS));
  clearInterval(forcing);
  const events = work.marked.filter(({ name }) => name !== '0 readings');
  print(
    `${CHARTS_MS / 1_000} seconds of ${charts} live charts, each of two values and the operating state, an hour full`,
    [
      ['events with new values', String(events.length)],
      ['drawings of each chart', (((await drawings()) - before) / charts).toFixed(1)],
      ['scripting of an event before anything is drawn', `${median(events.map(({ cpuMs }) => cpuMs)).toFixed(2)} ms`],
      ...taskRows(work),
    ],
  );
}

async function printScrolling(page: Page): Promise<void> {
  let frames: number[] = [];
  const work = await traceOf(page, async () => {
    frames = await page.evaluate(async (step) => {
      const gaps: number[] = [];
      let last = performance.now();
      for (let y = 0; y + innerHeight < document.documentElement.scrollHeight; y += step) {
        scrollTo(0, y);
        const now = await new Promise<number>(requestAnimationFrame);
        gaps.push(now - last);
        last = now;
      }
      return gaps;
    }, SCROLL_STEP_PX);
  });
  const late = frames.filter((ms) => ms > LATE_FRAME_MS).length;
  print(`Scrolling through the sensors, ${SCROLL_STEP_PX} pixels a frame`, [
    ['frames, of them late', `${frames.length}, ${late}`],
    ...taskRows(work),
  ]);
}

async function printHeap(pages: Readonly<Record<string, Page>>, minutes: string | number): Promise<void> {
  const sessions = await Promise.all(Object.values(pages).map((page) => page.context().newCDPSession(page)));
  for (const session of sessions) await session.send('Performance.enable');
  const samples = [await Promise.all(sessions.map(heapOf))];
  for (let minute = 0; minute < Number(minutes); minute++) {
    await new Promise((resolve) => setTimeout(resolve, MINUTE_MS));
    samples.push(await Promise.all(sessions.map(heapOf)));
  }
  const series = (page: number) => samples.map((sample) => sample[page]?.megabytes.toFixed(1)).join(' ');
  const ends = (page: number, of: 'nodes' | 'listeners') =>
    `${samples[0]?.[page]?.[of]} to ${samples.at(-1)?.[page]?.[of]}`;
  const rows = Object.keys(pages).flatMap((name, page): [string, string][] => [
    [`${name}: MB of heap, minute by minute`, series(page)],
    [`${name}: DOM nodes, at first and at last`, ends(page, 'nodes')],
    [`${name}: listeners, at first and at last`, ends(page, 'listeners')],
  ]);
  print(`Pages left open for ${minutes} minutes, after a garbage collection`, rows);
}

/** What a page holds after a garbage collection. */
interface Held {
  readonly megabytes: number;
  readonly nodes: number;
  readonly listeners: number;
}

async function heapOf(session: CDPSession): Promise<Held> {
  for (let time = 0; time < 3; time++) await session.send('HeapProfiler.collectGarbage');
  const { metrics } = await session.send('Performance.getMetrics');
  const of = (wanted: string) => metrics.find(({ name }) => name === wanted)?.value ?? 0;
  return { megabytes: of('JSHeapUsedSize') / 1e6, nodes: of('Nodes'), listeners: of('JSEventListeners') };
}
