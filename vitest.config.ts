import { defineConfig } from 'vitest/config';

export default defineConfig({
  // Vite would take the ES modules of graphql where Node takes the CommonJS ones, and two of them do not mix.
  resolve: { alias: [{ find: /^graphql$/, replacement: 'graphql/index.js' }] },
  test: {
    include: ['test/**/*.test.ts'],
    testTimeout: 20_000,
    hookTimeout: 60_000,
    pool: 'forks',
    maxWorkers: 2,
  },
});
