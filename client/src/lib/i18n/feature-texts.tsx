import { type BaseRecordDict, type Flatten, flatten } from '@solid-primitives/i18n';
import {
  type Component,
  createContext,
  createMemo,
  createResource,
  lazy,
  type ParentProps,
  Show,
  useContext,
} from 'solid-js';
import type { Language } from '../../graphql/generated/types.ts';
import { type CommonTexts, type I18n, textsIn, useI18n } from './i18n.tsx';

/** The language for one feature: its own texts beside the common ones. */
export type FeatureI18n<Own extends BaseRecordDict> = I18n<CommonTexts & Flatten<Own>>;

/** The texts of one feature; only the language in use is loaded, with the first page that needs it. */
export interface FeatureTexts<Own extends BaseRecordDict> {
  /** Gives the texts to everything below it; waits for them as for a lazy component. */
  readonly Provider: Component<ParentProps>;
  /** The language in use. Throws outside the provider. */
  use(): FeatureI18n<Own>;
}

/** Declares the texts of a feature. All languages have the same shape, so that a missing key does not compile. */
export function defineTexts<Own extends BaseRecordDict>(load: Record<Language, () => Promise<Own>>): FeatureTexts<Own> {
  const Context = createContext<FeatureI18n<Own>>();
  return {
    Provider: (props) => {
      const common = useI18n();
      const [own] = createResource(common.language, async (language) => flatten(await load[language]()));
      const all = createMemo(() => ({ ...common.texts(), ...(own.latest as Flatten<Own>) }));
      return (
        <Show when={own.latest}>
          <Context.Provider value={{ ...common, ...textsIn(all) }}>{props.children}</Context.Provider>
        </Show>
      );
    },
    use: () => {
      const i18n = useContext(Context);
      if (!i18n) throw new Error('no provider of the texts of this feature above this component');
      return i18n;
    },
  };
}

/** A page of a feature: its code and its texts are loaded together when it is first shown. */
export function lazyPage(
  { Provider }: Pick<FeatureTexts<BaseRecordDict>, 'Provider'>,
  load: () => Promise<{ default: Component<ParentProps> }>,
): Component<ParentProps> {
  const Page = lazy(load);
  const WithTexts = (props: ParentProps) => {
    void Page.preload();
    return (
      <Provider>
        <Page>{props.children}</Page>
      </Provider>
    );
  };
  return Object.assign(WithTexts, { preload: Page.preload });
}
