import { defineTexts } from '../../lib/i18n/feature-texts.tsx';

/** The texts of signing in, one's own account and an open server. */
export const accessTexts = defineTexts({
  EN: async () => (await import('./texts.en.ts')).en,
  DE: async () => (await import('./texts.de.ts')).de,
});
