/** The texts of the preferences, in English. */
export const en = {
  preferences: {
    title: 'Preferences',
    language: 'Language',
    theme: 'Appearance',
    system: 'As the device',
    light: 'Light',
    dark: 'Dark',
    kept: 'Kept in this browser.',
  },
};
