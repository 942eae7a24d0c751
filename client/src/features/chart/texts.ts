import { defineTexts } from '../../lib/i18n/feature-texts.tsx';

/** The texts of charts and of all that stands on a time axis. */
export const chartTexts = defineTexts({
  EN: async () => (await import('./texts.en.ts')).en,
  DE: async () => (await import('./texts.de.ts')).de,
});

/** The language of charts. */
export type ChartI18n = ReturnType<typeof chartTexts.use>;
