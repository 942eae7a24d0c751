import { defineTexts } from '../../lib/i18n/feature-texts.tsx';

/** The texts of dashboards. */
export const dashboardTexts = defineTexts({
  EN: async () => (await import('./texts.en.ts')).en,
  DE: async () => (await import('./texts.de.ts')).de,
});

/** The language of dashboards. */
export type DashboardI18n = ReturnType<typeof dashboardTexts.use>;
