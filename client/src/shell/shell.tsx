import { useIsRouting, useLocation } from '@solidjs/router';
import { createEffect, ErrorBoundary, on, type ParentProps, Show, Suspense } from 'solid-js';
import { useI18n } from '../lib/i18n/i18n.tsx';
import { Loading } from '../ui/loading.tsx';
import { Notice } from '../ui/notice.tsx';
import { Navigation } from './navigation.tsx';
import { rememberScroll } from './scroll-memory.ts';
import { ServerBanner } from './server-banner.tsx';
import { Shortcuts } from './shortcuts.tsx';
import './shell.css';

/** What surrounds every page. */
export function Shell(props: ParentProps) {
  const { t } = useI18n();
  const isRouting = useIsRouting();
  let main: HTMLElement | undefined;
  focusHeadingOnNavigation(() => main);
  rememberScroll();
  return (
    <div class="shell">
      <a class="skip-link" href="#main">
        {t('app.skip')}
      </a>
      <Navigation />
      <main id="main" ref={main} tabIndex={-1} aria-busy={isRouting()}>
        <ServerBanner />
        <Show when={isRouting()}>
          <div class="progress" />
        </Show>
        <ErrorBoundary fallback={<Crashed />}>
          <Suspense fallback={<Loading />}>{props.children}</Suspense>
        </ErrorBoundary>
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
