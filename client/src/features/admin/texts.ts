import { defineTexts } from '../../lib/i18n/feature-texts.tsx';

/** The texts of administration. */
export const adminTexts = defineTexts({
  EN: async () => (await import('./texts.en.ts')).en,
  DE: async () => (await import('./texts.de.ts')).de,
});

/** The language of this feature. */
export type AdminI18n = ReturnType<typeof adminTexts.use>;
