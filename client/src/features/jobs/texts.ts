import { defineTexts } from '../../lib/i18n/feature-texts.tsx';

/** The texts of jobs. */
export const jobsTexts = defineTexts({
  EN: async () => (await import('./texts.en.ts')).en,
  DE: async () => (await import('./texts.de.ts')).de,
});

/** The language of this feature. */
export type JobsI18n = ReturnType<typeof jobsTexts.use>;
