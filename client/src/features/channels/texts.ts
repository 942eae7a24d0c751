import { defineTexts } from '../../lib/i18n/feature-texts.tsx';

/** The texts of the channels that alerts are told over. */
export const channelsTexts = defineTexts({
  EN: async () => (await import('./texts.en.ts')).en,
  DE: async () => (await import('./texts.de.ts')).de,
});
