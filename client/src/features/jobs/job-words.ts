import type { Flatten, Translator } from '@solid-primitives/i18n';
import type { Language } from '../../graphql/generated/types.ts';
import type { en } from './texts.en.ts';

/** What is needed to say times in words. */
export interface JobWords {
  readonly t: Translator<Flatten<typeof en>>;
  readonly language: () => Language;
}
