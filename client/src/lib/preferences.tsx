import { type Accessor, createContext, createEffect, createSignal, type ParentProps, useContext } from 'solid-js';
import type { Language } from '../graphql/generated/types.ts';

/** How the pages are coloured; `system`: as the device is set. */
export type Theme = 'system' | 'light' | 'dark';

/** What a user has chosen for this browser. */
export interface Preferences {
  readonly language: Accessor<Language>;
  setLanguage(language: Language): void;
  readonly theme: Accessor<Theme>;
  setTheme(theme: Theme): void;
}

/** All themes, as they are offered. */
export const THEMES: readonly Theme[] = ['system', 'light', 'dark'];
/** All languages, as they are offered. */
export const LANGUAGES: readonly Language[] = ['EN', 'DE'];

const PreferencesContext = createContext<Preferences>();

/** Keeps the preferences in the browser, and the document in their language and theme. */
export function PreferencesProvider(props: ParentProps) {
  const [language, setLanguage] = createKept('language', LANGUAGES, browserLanguage());
  const [theme, setTheme] = createKept('theme', THEMES, 'system');
  createEffect(() => {
    document.documentElement.lang = language().toLowerCase();
  });
  createEffect(() => {
    document.documentElement.dataset.theme = theme();
  });
  const preferences = { language, setLanguage, theme, setTheme };
  return <PreferencesContext.Provider value={preferences}>{props.children}</PreferencesContext.Provider>;
}

/** The preferences. Throws outside a {@link PreferencesProvider}. */
export function usePreferences(): Preferences {
  const preferences = useContext(PreferencesContext);
  if (!preferences) throw new Error('no PreferencesProvider above this component');
  return preferences;
}

function browserLanguage(): Language {
  return navigator.language.toLowerCase().startsWith('de') ? 'DE' : 'EN';
}

/** A signal whose value outlives the page, where the browser allows it. */
function createKept<T extends string>(name: string, allowed: readonly T[], otherwise: T) {
  const key = `thermograph.${name}`;
  const [value, setValue] = createSignal<T>(allowed.find((choice) => choice === readKept(key)) ?? otherwise);
  const keep = (choice: T) => {
    setValue(() => choice);
    try {
      localStorage.setItem(key, choice);
    } catch {
      // A browser that keeps nothing still has the choice until the page is left.
    }
  };
  return [value, keep] as const;
}

function readKept(key: string): string | null {
  try {
    return localStorage.getItem(key);
  } catch {
    return null;
  }
}
