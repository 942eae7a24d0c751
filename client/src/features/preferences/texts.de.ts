import type { en } from './texts.en.ts';

/** The texts of the preferences, in German. */
export const de: typeof en = {
  preferences: {
    title: 'Einstellungen',
    language: 'Sprache',
    theme: 'Darstellung',
    system: 'Wie das Gerät',
    light: 'Hell',
    dark: 'Dunkel',
    kept: 'In diesem Browser gespeichert.',
  },
};
