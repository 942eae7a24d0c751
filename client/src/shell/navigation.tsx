import { A } from '@solidjs/router';
import { createSignal, For, lazy, Show, Suspense } from 'solid-js';
import type { Role } from '../graphql/generated/types.ts';
import { useViewer, type ViewerAccess } from '../graphql/viewer.tsx';
import { useI18n } from '../lib/i18n/i18n.tsx';
import { Icon, type IconName } from '../ui/icon.tsx';

const AlertCount = lazy(() => import('../features/alerts/alert-count.tsx'));

/** Somewhere to go. */
interface NavigationPlace {
  readonly href: string;
  readonly icon: IconName;
  readonly text: string;
  /** Only for those who may do at least this; left out: for all. */
  readonly needs?: Role;
}

/** The places in the order in which they are offered. */
const NAVIGATION = [
  { href: '/', icon: 'overview', text: 'app.overview' },
  { href: '/alerts', icon: 'alerts', text: 'app.alerts' },
  { href: '/dashboards', icon: 'dashboards', text: 'app.dashboards' },
  { href: '/compare', icon: 'compare', text: 'app.compare' },
  { href: '/jobs', icon: 'jobs', text: 'app.jobs' },
  { href: '/heatpumps/new', icon: 'add', text: 'app.add', needs: 'ADMIN' },
  { href: '/preferences', icon: 'preferences', text: 'app.preferences' },
  { href: '/account', icon: 'account', text: 'app.account' },
  { href: '/admin', icon: 'admin', text: 'app.admin', needs: 'ADMIN' },
] as const satisfies readonly NavigationPlace[];

/** The places that whoever looks may go to; on an open server, nobody has an account. */
export function placesFor({ viewer, may }: ViewerAccess) {
  return NAVIGATION.filter((place) =>
    place.href === '/account' ? viewer()?.isOpen === false : !('needs' in place) || may(place.needs),
  );
}

/** As many places as a bar has room for beside the button that shows the others; as in shell.css. */
const ON_THE_BAR = 4;

/** The places of the client: a rail on the left of wide screens; on narrow ones a bar at the bottom that can be opened. */
export function Navigation() {
  const { t } = useI18n();
  const access = useViewer();
  const [isOpen, setIsOpen] = createSignal(false);
  return (
    <nav class="navigation" classList={{ open: isOpen() }} aria-label={t('app.navigation')}>
      <p class="brand">Thermograph</p>
      <ul>
        <For each={placesFor(access)}>
          {({ href, icon, text }, index) => (
            <li classList={{ beyond: index() >= ON_THE_BAR }}>
              <A href={href} end={href === '/'} onClick={() => setIsOpen(false)}>
                <Icon name={icon} />
                {t(text)}
                <Show when={icon === 'alerts'}>
                  <Suspense>
                    <AlertCount />
                  </Suspense>
                </Show>
              </A>
            </li>
          )}
        </For>
        <li class="navigation-more">
          <button type="button" aria-expanded={isOpen()} onClick={() => setIsOpen(!isOpen())}>
            <Icon name="more" />
            {t('app.more')}
          </button>
        </li>
      </ul>
    </nav>
  );
}
