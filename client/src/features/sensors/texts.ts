import { defineTexts } from '../../lib/i18n/feature-texts.tsx';

/** The texts of the sensors of a heat pump and of changing them. */
export const sensorsTexts = defineTexts({
  EN: async () => (await import('./texts.en.ts')).en,
  DE: async () => (await import('./texts.de.ts')).de,
});

/** The language of this feature. */
export type SensorsI18n = ReturnType<typeof sensorsTexts.use>;
