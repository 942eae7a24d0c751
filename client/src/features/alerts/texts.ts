import { defineTexts } from '../../lib/i18n/feature-texts.tsx';

/** The texts of alerts. */
export const alertsTexts = defineTexts({
  EN: async () => (await import('./texts.en.ts')).en,
  DE: async () => (await import('./texts.de.ts')).de,
});

/** The language of this feature. */
export type AlertsI18n = ReturnType<typeof alertsTexts.use>;
