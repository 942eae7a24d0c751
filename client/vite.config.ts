import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { defineConfig, type Plugin } from 'vite';
import solid from 'vite-plugin-solid';

const OUT_DIR = fileURLToPath(new URL('../dist/client', import.meta.url));
/** Libraries and parts of our own that the overview needs and most other pages too; neither dictionaries nor documents. */
const SHARED = [
  /node_modules\/(solid-js|@solidjs|@solid-primitives|@urql|wonka|graphql-ws|@0no-co)\//,
  /client\/src\/ui\/(activity|age|icon|loading|notice|page|quantity|query|shown|state)/,
  /client\/src\/lib\/([a-z-]+|i18n\/(i18n|feature-texts))\.tsx?/,
  /client\/src\/graphql\/(client|error-text|live|page-query|server-link|shown|signal-map|generated\/live)\.tsx?/,
];
/** The server behind the development server. */
const SERVER = process.env.SERVER_URL ?? 'http://127.0.0.1:4000';

/** Puts a .gz file beside each text file, which the server sends to browsers that take it. */
const gzipFiles: Plugin = {
  name: 'gzip-files',
  apply: 'build',
  writeBundle() {
    for (const path of readdirSync(OUT_DIR, { recursive: true, encoding: 'utf8' })) {
      if (!/\.(js|css|html|svg)$/.test(path)) continue;
      const file = join(OUT_DIR, path);
      writeFileSync(`${file}.gz`, gzipSync(readFileSync(file), { level: 9 }));
    }
  },
};

export default defineConfig({
  root: fileURLToPath(new URL('.', import.meta.url)),
  plugins: [solid(), gzipFiles],
  build: {
    outDir: OUT_DIR,
    emptyOutDir: true,
    // The first versions with light-dark(), which the colours are written in.
    target: ['chrome123', 'firefox120', 'safari17.5'],
    // Small files would become data: URLs, which the content security policy does not allow for scripts and styles.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    rolldownOptions: {
      output: {
        // In one piece, for many small files compress badly and are asked for one by one.
        codeSplitting: { groups: [{ name: 'shared', test: (id) => SHARED.some((part) => part.test(id)) }] },
      },
    },
  },
  server: {
    proxy: {
      '/graphql': { target: SERVER, ws: true },
      '/metrics': SERVER,
      '/health': SERVER,
    },
  },
});
