/** The languages of names, labels and instructions. */
export const LANGUAGES = ['EN', 'DE'] as const;
/** One of {@link LANGUAGES}. */
export type Language = (typeof LANGUAGES)[number];

/** The same text (or list of texts) in every language. */
export type Localized<T = string> = Readonly<Record<Language, T>>;
