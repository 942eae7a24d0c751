import { defineTexts } from '../../lib/i18n/feature-texts.tsx';

/** The texts of the preferences. */
export const preferencesTexts = defineTexts({
  EN: async () => (await import('./texts.en.ts')).en,
  DE: async () => (await import('./texts.de.ts')).de,
});
