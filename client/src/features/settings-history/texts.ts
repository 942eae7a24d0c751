import { defineTexts } from '../../lib/i18n/feature-texts.tsx';

/** The texts of the history of settings. */
export const settingsHistoryTexts = defineTexts({
  EN: async () => (await import('./texts.en.ts')).en,
  DE: async () => (await import('./texts.de.ts')).de,
});

/** The language of this feature. */
export type SettingsI18n = ReturnType<typeof settingsHistoryTexts.use>;
