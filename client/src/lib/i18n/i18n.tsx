import { type Flatten, flatten, type Translator, translator } from '@solid-primitives/i18n';
import { type Accessor, createContext, createMemo, createResource, type ParentProps, Show, useContext } from 'solid-js';
import type { Language } from '../../graphql/generated/types.ts';
import { createFormat, type Format } from '../format.ts';
import type { en } from './en.ts';

/** The texts of one language: the same keys, and functions of the same arguments, in each. */
export type Dictionary = typeof en;
type Texts = Flatten<Dictionary>;

/** The text of a key, e.g. `t('fleet.read', '3 s')`. */
export type Translate = Translator<Texts>;

/** Texts, numbers and times in the chosen language; all track it. */
export interface I18n {
  readonly language: Accessor<Language>;
  readonly t: Translate;
  /** The text of a key that is made of a word from the server; `otherwise` if there is no such text. */
  textOr(key: string, otherwise: string): string;
  readonly format: Accessor<Format>;
}

interface Loaded {
  readonly language: Language;
  readonly texts: Texts;
}

/** Only the language in use is loaded. */
const DICTIONARIES: Record<Language, () => Promise<Dictionary>> = {
  EN: async () => (await import('./en.ts')).en,
  DE: async () => (await import('./de.ts')).de,
};

/** The languages' own names. */
export const LANGUAGE_NAMES: Record<Language, string> = { EN: 'English', DE: 'Deutsch' };

const I18nContext = createContext<I18n>();

/** Gives everything below it the language; another one takes over once it is loaded. */
export function I18nProvider(props: ParentProps<{ language: Language }>) {
  const [loaded] = createResource(
    () => props.language,
    async (language): Promise<Loaded> => ({ language, texts: flatten(await DICTIONARIES[language]()) }),
  );
  return (
    <Show when={loaded.latest}>
      {(current) => <I18nContext.Provider value={createI18n(current)}>{props.children}</I18nContext.Provider>}
    </Show>
  );
}

/** The language in use. Throws outside an {@link I18nProvider}. */
export function useI18n(): I18n {
  const i18n = useContext(I18nContext);
  if (!i18n) throw new Error('no I18nProvider above this component');
  return i18n;
}

function createI18n(loaded: Accessor<Loaded>): I18n {
  const language = () => loaded().language;
  const texts: Accessor<Readonly<Record<string, unknown>>> = () => loaded().texts;
  return {
    language,
    t: translator(() => loaded().texts),
    textOr: (key, otherwise) => {
      const text = texts()[key];
      return typeof text === 'string' ? text : otherwise;
    },
    format: createMemo(() => createFormat(language())),
  };
}
