import { A } from '@solidjs/router';
import { useI18n } from '../lib/i18n/i18n.tsx';
import { Icon, type IconName } from '../ui/icon.tsx';

/** The places that are always there. */
export const NAVIGATION = [
  { href: '/', icon: 'overview', text: 'app.overview' },
  { href: '/heatpumps/new', icon: 'add', text: 'app.add' },
  { href: '/preferences', icon: 'preferences', text: 'app.preferences' },
] as const satisfies readonly { href: string; icon: IconName; text: string }[];

/** The places of the client: a rail on the left of wide screens, a bar at the bottom of narrow ones. */
export function Navigation() {
  const { t } = useI18n();
  return (
    <nav class="navigation" aria-label={t('app.navigation')}>
      <p class="brand">Thermograph</p>
      <ul>
        {NAVIGATION.map(({ href, icon, text }) => (
          <li>
            <A href={href} end>
              <Icon name={icon} />
              {t(text)}
            </A>
          </li>
        ))}
      </ul>
    </nav>
  );
}
