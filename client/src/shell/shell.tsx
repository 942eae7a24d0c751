import { useIsRouting, useLocation } from '@solidjs/router';
import { createEffect, ErrorBoundary, on, type ParentProps, Show, Suspense } from 'solid-js';
import { useViewer } from '../graphql/viewer.tsx';
import { isDoor } from '../lib/door.ts';
import { useI18n } from '../lib/i18n/i18n.tsx';
import { Loading } from '../ui/loading.tsx';
import { Notice } from '../ui/notice.tsx';
import { Navigation } from './navigation.tsx';
import { ServerBanner } from './server-banner.tsx';
import { Shortcuts } from './shortcuts.tsx';
import './shell.css';

const SCROLL_MEMORY_MS = 1_500;

/** What surrounds every page. */
export function Shell(props: ParentProps) {
  const { t } = useI18n();
  const { viewer } = useViewer();
  const isRouting = useIsRouting();
  const location = useLocation();
  const isAlone = () => isDoor(location.pathname);
  let main: HTMLElement | undefined;
  focusHeadingOnNavigation(() => main);
  // Not needed to see the first page.
  setTimeout(() => void import('./scroll-memory.ts').then(({ rememberScroll }) => rememberScroll()), SCROLL_MEMORY_MS);
  return (
    <div class="shell" classList={{ alone: isAlone() }}>
      <a class="skip-link" href="#main">
        {t('app.skip')}
      </a>
      <Show when={!isAlone()}>
        <Navigation />
      </Show>
      <main id="main" ref={main} tabIndex={-1} aria-busy={isRouting()}>
        <ServerBanner />
        <Show when={isRouting()}>
          <div class="progress" />
        </Show>
        <ErrorBoundary fallback={<Crashed />}>
          <Suspense fallback={<Loading />}>{props.children}</Suspense>
        </ErrorBoundary>
        <Show when={viewer()?.isOpen}>
          <p class="open-notice muted small">{t('app.open')}</p>
        </Show>
      </main>
      <Shortcuts />
    </div>
  );
}

/** After a page change, reading goes on at the top of the new page; unless what was used is still there, as a tab is. */
function focusHeadingOnNavigation(main: () => HTMLElement | undefined): void {
  const location = useLocation();
  const focus = () => {
    const used = document.activeElement;
    if (used !== main() && main()?.contains(used)) return;
    (main()?.querySelector('h1') ?? main())?.focus({ preventScroll: true });
  };
  createEffect(
    on(
      () => location.pathname,
      () => setTimeout(focus),
      { defer: true },
    ),
  );
}

function Crashed() {
  const { t } = useI18n();
  return (
    <Notice kind="bad" title={t('app.crashed')}>
      <p>{t('app.crashedHelp')}</p>
      <button type="button" onClick={() => location.reload()}>
        {t('app.reload')}
      </button>
    </Notice>
  );
}
