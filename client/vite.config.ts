import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import { defineConfig, type Plugin } from 'vite';
import solid from 'vite-plugin-solid';

const CLIENT = fileURLToPath(new URL('.', import.meta.url));
const SERVICE_WORKER = 'service-worker.js';
/** What the client needs to open besides its assets. */
const OTHER_FILES = ['/index.html', '/icon.svg', '/manifest.webmanifest'];
const OUT_DIR = fileURLToPath(new URL('../dist/client', import.meta.url));
/** The overview, and the libraries and parts of our own that it and most other pages need; no dictionaries. */
const SHARED = [
  /node_modules\/(solid-js|@solidjs|@solid-primitives|@urql|wonka|graphql-ws|@0no-co)\//,
  /client\/src\/ui\/(activity|age|icon|loading|notice|page|quantity|query|shown|state)/,
  /client\/src\/lib\/([a-z-]+|i18n\/(i18n|feature-texts))\.tsx?/,
  /client\/src\/graphql\/(client|error-text|live|page-query|reading-map|server-link|shown|signal-map|trigger|viewer|generated\/(live|fleet|viewer))\.tsx?/,
  /client\/src\/features\/(alerts\/alert-count|fleet\/(fleet(?!-toolbar)|fault|alerts)[a-z-]*)\.tsx?/,
];
/** The texts of the overview come with those that all pages need, for what is asked for one by one takes longer. */
const FIRST_TEXTS = (language: string) => ({
  name: language,
  test: new RegExp(`client/src/(lib/i18n/|features/fleet/texts\\.)${language}\\.ts`),
});
/** The server behind the development server. */
const SERVER = process.env.SERVER_URL ?? 'http://127.0.0.1:4000';

/** Puts a .br and a .gz file beside each text file, which the server sends to browsers that take them. */
const compressFiles: Plugin = {
  name: 'compress-files',
  apply: 'build',
  writeBundle({ dir = OUT_DIR }) {
    for (const path of readdirSync(dir, { recursive: true, encoding: 'utf8' })) {
      if (!/\.(js|css|html|svg)$/.test(path)) continue;
      const file = join(dir, path);
      const text = readFileSync(file);
      writeFileSync(`${file}.gz`, gzipSync(text, { level: 9 }));
      writeFileSync(`${file}.br`, brotliCompressSync(text));
    }
  },
};

/** Tells the service worker which files there are, once they are written: some are dropped till then. */
const fileList: Plugin = {
  name: 'file-list',
  apply: 'build',
  writeBundle({ dir = OUT_DIR }) {
    const assets = readdirSync(join(dir, 'assets')).map((file) => `/assets/${file}`);
    const list = JSON.stringify([...assets.sort(), ...OTHER_FILES]);
    const build = createHash('sha256').update(list).digest('hex').slice(0, 12);
    const worker = join(dir, SERVICE_WORKER);
    const code = readFileSync(worker, 'utf8').replace('__FILES__', list).replace('__BUILD__', JSON.stringify(build));
    writeFileSync(worker, code);
  },
};

export default defineConfig({
  root: CLIENT,
  plugins: [solid(), fileList, compressFiles],
  build: {
    outDir: OUT_DIR,
    emptyOutDir: true,
    // The first versions with light-dark(), which the colours are written in.
    target: ['chrome123', 'firefox120', 'safari17.5'],
    // Small files would become data: URLs, which the content security policy does not allow for scripts and styles.
    assetsInlineLimit: 0,
    modulePreload: {
      polyfill: false,
      // With the lists of all that each later part needs, the first load would be a fiftieth larger; the parts name it themselves.
      resolveDependencies: (_, files, { hostType }) => (hostType === 'html' ? files : []),
    },
    rolldownOptions: {
      input: { index: join(CLIENT, 'index.html'), 'service-worker': join(CLIENT, 'src/service-worker.ts') },
      output: {
        // A service worker has a name that stays, and serves the folder it lies in.
        entryFileNames: ({ name }) => (name === 'service-worker' ? SERVICE_WORKER : 'assets/[name]-[hash].js'),
        // In one piece, for many small files compress badly and are asked for one by one.
        codeSplitting: {
          groups: [
            { name: 'shared', test: (id) => SHARED.some((part) => part.test(id)) },
            FIRST_TEXTS('en'),
            FIRST_TEXTS('de'),
          ],
        },
      },
    },
  },
  server: {
    proxy: {
      '/graphql': { target: SERVER, ws: true },
      '/auth': SERVER,
      '/metrics': SERVER,
      '/health': SERVER,
    },
  },
});
