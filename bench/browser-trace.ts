import type { CDPSession, Page } from 'playwright-core';

/** An event of a trace, as Chromium tells it; times in microseconds. */
interface TraceEvent {
  readonly name: string;
  readonly ph: string;
  readonly pid: number;
  readonly tid: number;
  readonly ts: number;
  /** Duration, and the same in time of the thread's own CPU; `tts` is that CPU's clock. */
  readonly dur?: number;
  readonly tdur?: number;
  readonly tts?: number;
  readonly args: { readonly name?: string };
}

/** What the main thread of a page did in a while. */
export interface PageWork {
  /** Each task by time of day and by time of the CPU alone, which other programs do not lengthen. */
  readonly tasks: readonly { readonly ms: number; readonly cpuMs: number }[];
  /** Time of the CPU between pairs of marks `NAME begins` and `NAME ends`, by name. */
  readonly marked: readonly { readonly name: string; readonly cpuMs: number }[];
}

const CATEGORIES = ['toplevel', 'blink.user_timing'];

/** Runs something, and tells what the main thread of the page did meanwhile. */
export async function traceOf(page: Page, run: () => Promise<unknown>): Promise<PageWork> {
  const browser = page.context().browser();
  if (!browser) throw new Error('the page has no browser');
  const session = await browser.newBrowserCDPSession();
  const events: TraceEvent[] = [];
  session.on('Tracing.dataCollected', ({ value }) => void events.push(...(value as unknown as TraceEvent[])));
  await session.send('Tracing.start', {
    transferMode: 'ReportEvents',
    traceConfig: { includedCategories: CATEGORIES, recordMode: 'recordUntilFull' },
  });
  const beganAs = `trace of ${performance.now()}`;
  const mark = (name: string) => performance.mark(name).name;
  await page.evaluate(mark, beganAs);
  await run();
  await ended(session);
  return workOf(events, beganAs);
}

async function ended(session: CDPSession): Promise<void> {
  const complete = new Promise((resolve) => session.once('Tracing.tracingComplete', resolve));
  await session.send('Tracing.end');
  await complete;
  await session.detach();
}

/** The page that was traced is the one that has set the mark. */
function workOf(events: readonly TraceEvent[], markName: string): PageWork {
  const main = events.find(({ name }) => name === markName);
  if (!main) throw new Error('the trace does not show the page');
  const own = events.filter(({ pid, tid }) => pid === main.pid && tid === main.tid).sort((a, b) => a.ts - b.ts);
  const tasks = own
    .filter(({ name, ph }) => ph === 'X' && name === 'ThreadControllerImpl::RunTask')
    .map(({ dur = 0, tdur = 0 }) => ({ ms: dur / 1_000, cpuMs: tdur / 1_000 }));
  const begun = new Map<string, number>();
  const marked: { name: string; cpuMs: number }[] = [];
  for (const { name: mark, tts = 0 } of own) {
    const [, name, what] = /^(.*) (begins|ends)$/.exec(mark) ?? [];
    if (name === undefined) continue;
    if (what === 'begins') begun.set(name, tts);
    else marked.push({ name, cpuMs: (tts - (begun.get(name) ?? tts)) / 1_000 });
  }
  return { tasks, marked };
}
