import { type BaseRecordDict, type Flatten, flatten, type Translator, translator } from '@solid-primitives/i18n';
import { type Accessor, createContext, createMemo, createResource, type ParentProps, Show, useContext } from 'solid-js';
import type { Language } from '../../graphql/generated/types.ts';
import { createFormat, type Format } from '../format.ts';
import type { en } from './en.ts';

/** The texts of the shell and of the parts shared by all pages; those of a feature are declared by `defineTexts`. */
export type CommonTexts = Flatten<typeof en>;

/** The text of a key, e.g. `t('time.seconds', 3)`. */
export type Translate = Translator<CommonTexts>;

/** Texts, numbers and times in the chosen language; all track it. */
export interface I18n<Texts extends BaseRecordDict = CommonTexts> {
  readonly language: Accessor<Language>;
  readonly texts: Accessor<Texts>;
  readonly t: Translator<Texts>;
  /** The text of a key that is made of a word from the server; `otherwise` if there is no such text. */
  textOr(key: string, otherwise: string): string;
  readonly format: Accessor<Format>;
}

interface Loaded {
  readonly language: Language;
  readonly texts: CommonTexts;
}

/** Only the language in use is loaded. */
const DICTIONARIES: Record<Language, () => Promise<typeof en>> = {
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
      {(current) => <I18nContext.Provider value={commonI18n(current)}>{props.children}</I18nContext.Provider>}
    </Show>
  );
}

/** The language in use, with the common texts. Throws outside an {@link I18nProvider}. */
export function useI18n(): I18n {
  const i18n = useContext(I18nContext);
  if (!i18n) throw new Error('no I18nProvider above this component');
  return i18n;
}

function commonI18n(loaded: Accessor<Loaded>): I18n {
  const language = () => loaded().language;
  return { ...textsIn(() => loaded().texts), language, format: createMemo(() => createFormat(language())) };
}

/** The ways to look up texts. */
export function textsIn<Texts extends BaseRecordDict>(
  texts: Accessor<Texts>,
): Pick<I18n<Texts>, 'texts' | 't' | 'textOr'> {
  const textOr = (key: string, otherwise: string) => {
    const text = (texts() as BaseRecordDict)[key];
    return typeof text === 'string' ? text : otherwise;
  };
  return { texts, t: translator(texts) as Translator<Texts>, textOr };
}
