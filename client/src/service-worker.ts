// Keeps the files of the client, so that it opens without the server too. It never keeps an answer of the API: without
// the server there are no values, and the client says so.

/** What the types of a page do not have. */
interface ExtendableEvent extends Event {
  waitUntil(promise: Promise<unknown>): void;
}
interface FetchEvent extends ExtendableEvent {
  readonly request: Request;
  respondWith(response: Promise<Response>): void;
}
interface WorkerScope {
  addEventListener(type: 'install' | 'activate', listener: (event: ExtendableEvent) => void): void;
  addEventListener(type: 'fetch', listener: (event: FetchEvent) => void): void;
}

/** The files of this build, and a name for just these; the build writes them here. */
declare const __FILES__: readonly string[];
declare const __BUILD__: string;

const CACHE = `thermograph ${__BUILD__}`;
const FILES: ReadonlySet<string> = new Set(__FILES__);
/** Pages of the server itself. */
const SERVER_PAGES = /^\/(graphql|metrics|health)(\/|$)/;
/** How long the server may take before the kept client is shown. */
const PATIENCE_MS = 4_000;

const worker = self as unknown as WorkerScope;

worker.addEventListener('install', (event) => event.waitUntil(keepFiles()));
worker.addEventListener('activate', (event) => event.waitUntil(dropOtherBuilds()));
worker.addEventListener('fetch', (event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  if (request.method !== 'GET' || origin !== location.origin || SERVER_PAGES.test(pathname)) return;
  if (request.mode === 'navigate') event.respondWith(newestPage(request));
  else if (FILES.has(pathname)) event.respondWith(kept(request));
});

async function keepFiles(): Promise<void> {
  const cache = await caches.open(CACHE);
  await cache.addAll([...FILES]);
}

async function dropOtherBuilds(): Promise<void> {
  const names = await caches.keys();
  await Promise.all(names.filter((name) => name !== CACHE).map((name) => caches.delete(name)));
}

/** The page as the server has it; the kept one if it does not answer. */
async function newestPage(request: Request): Promise<Response> {
  try {
    return await fetch(request, { signal: AbortSignal.timeout(PATIENCE_MS) });
  } catch (failure) {
    const page = await caches.match('/index.html');
    if (page) return page;
    throw failure;
  }
}

/** Files carry their content's hash in their name: what is kept is never out of date. */
async function kept(request: Request): Promise<Response> {
  return (await caches.match(request)) ?? fetch(request);
}
