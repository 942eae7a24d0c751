import { defineTexts } from '../lib/i18n/feature-texts.tsx';

/** The texts of what is shown on demand on any page, and where there is none. */
export const shellTexts = defineTexts({
  EN: async () => (await import('./texts.en.ts')).en,
  DE: async () => (await import('./texts.de.ts')).de,
});
