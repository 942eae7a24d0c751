import { createSignal, lazy, Match, onCleanup, onMount, Show, Suspense, Switch } from 'solid-js';
import { isTyping } from '../lib/keyboard.ts';
import { shellTexts } from './texts.ts';

const GoTo = lazy(() => import('./go-to.tsx'));
const ShortcutHelp = lazy(() => import('./shortcut-help.tsx'));

/** The keys that work on every page; what they open is loaded when first needed. */
export function Shortcuts() {
  const [opened, setOpened] = createSignal<'GO_TO' | 'HELP'>();
  const close = () => setOpened(undefined);
  onMount(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.key === '?' && !isTyping(event)) setOpened('HELP');
      if (event.key !== 'k' || !(event.ctrlKey || event.metaKey)) return;
      event.preventDefault();
      setOpened('GO_TO');
    };
    document.addEventListener('keydown', onKey);
    onCleanup(() => document.removeEventListener('keydown', onKey));
  });
  return (
    <Suspense>
      <Show when={opened()}>
        <shellTexts.Provider>
          <Switch>
            <Match when={opened() === 'GO_TO'}>
              <GoTo onClose={close} />
            </Match>
            <Match when={opened() === 'HELP'}>
              <ShortcutHelp onClose={close} />
            </Match>
          </Switch>
        </shellTexts.Provider>
      </Show>
    </Suspense>
  );
}
