import type { Language, Localized } from '../domain/localized.ts';
import { builder, enumType } from './builder.ts';

export const LanguageType = enumType<Language>('Language', 'The languages of names, labels and instructions.', {
  EN: 'English.',
  DE: 'German.',
});

/** The argument of every field whose text depends on the language. */
export const LANGUAGE_ARGS = builder.args((t) => ({
  language: t.field({ type: LanguageType, defaultValue: 'EN', description: 'The language of the text.' }),
}));

/** The text in the language asked for; English if null was. */
export function localize<T>(text: Localized<T>, { language }: { language?: Language | null | undefined }): T {
  return text[language ?? 'EN'];
}
