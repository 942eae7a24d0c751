import { defineTexts } from '../../lib/i18n/feature-texts.tsx';

/** The texts of running the server: backups, log, diagnostics. */
export const operationsTexts = defineTexts({
  EN: async () => (await import('./texts.en.ts')).en,
  DE: async () => (await import('./texts.de.ts')).de,
});
