import { A } from '@solidjs/router';
import { createSignal, lazy, Show, Suspense } from 'solid-js';
import { useI18n } from '../lib/i18n/i18n.tsx';
import { Icon, type IconName } from '../ui/icon.tsx';

const AlertCount = lazy(() => import('../features/alerts/alert-count.tsx'));

/** The places that are always there. */
export const NAVIGATION = [
  { href: '/', icon: 'overview', text: 'app.overview' },
  { href: '/alerts', icon: 'alerts', text: 'app.alerts' },
  { href: '/dashboards', icon: 'dashboards', text: 'app.dashboards' },
  { href: '/compare', icon: 'compare', text: 'app.compare' },
  { href: '/jobs', icon: 'jobs', text: 'app.jobs' },
  { href: '/heatpumps/new', icon: 'add', text: 'app.add' },
  { href: '/preferences', icon: 'preferences', text: 'app.preferences' },
] as const satisfies readonly { href: string; icon: IconName; text: string }[];

/** As many places as a bar has room for beside the button that shows the others; as in shell.css. */
const ON_THE_BAR = 4;

/** The places of the client: a rail on the left of wide screens; on narrow ones a bar at the bottom that can be opened. */
export function Navigation() {
  const { t } = useI18n();
  const [isOpen, setIsOpen] = createSignal(false);
  return (
    <nav class="navigation" classList={{ open: isOpen() }} aria-label={t('app.navigation')}>
      <p class="brand">Thermograph</p>
      <ul>
        {NAVIGATION.map(({ href, icon, text }, index) => (
          <li classList={{ beyond: index >= ON_THE_BAR }}>
            <A href={href} end onClick={() => setIsOpen(false)}>
              <Icon name={icon} />
              {t(text)}
              <Show when={icon === 'alerts'}>
                <Suspense>
                  <AlertCount />
                </Suspense>
              </Show>
            </A>
          </li>
        ))}
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
