import { type Component, lazy, type ParentProps } from 'solid-js';
import type { Role } from '../../graphql/generated/types.ts';
import { lazyPage } from '../../lib/i18n/feature-texts.tsx';
import { onlyFor } from '../../ui/only-for.tsx';
import { alertsTexts } from '../alerts/texts.ts';
import { chartTexts } from '../chart/texts.ts';
import { dashboardTexts } from '../dashboards/texts.ts';
import { jobsTexts } from '../jobs/texts.ts';
import { sensorsTexts } from '../sensors/texts.ts';
import { settingsHistoryTexts } from '../settings-history/texts.ts';
import { setupTexts } from '../setup/texts.ts';

/** One section of the page of a heat pump. */
interface Section {
  /** Below the address of the heat pump; empty: the first one. */
  readonly path: string;
  /** The key of its name in the texts of this feature, below `section`. */
  readonly name: string;
  readonly component: Component<ParentProps>;
  /** Only for those who may do at least this; left out: for all. */
  readonly needs?: Role;
}

/** All sections, in the order of their tabs; a section finds its heat pump by `useHeatpump()`. */
export const SECTIONS = [
  { path: '', name: 'overview', component: lazy(() => import('./overview-section.tsx')) },
  {
    path: 'sensors',
    name: 'sensors',
    component: lazyPage(sensorsTexts, () => import('../sensors/sensors-section.tsx')),
  },
  {
    path: 'dashboards',
    name: 'dashboards',
    component: lazyPage(dashboardTexts, () => import('../dashboards/dashboards-section.tsx')),
  },
  { path: 'history', name: 'history', component: lazyPage(chartTexts, () => import('../chart/history-section.tsx')) },
  {
    path: 'changes',
    name: 'settingsHistory',
    component: lazyPage(settingsHistoryTexts, () => import('../settings-history/settings-history-section.tsx')),
  },
  { path: 'jobs', name: 'jobs', component: lazyPage(jobsTexts, () => import('../jobs/jobs-section.tsx')) },
  { path: 'alerts', name: 'alerts', component: lazyPage(alertsTexts, () => import('../alerts/alerts-section.tsx')) },
  {
    path: 'edit',
    name: 'settings',
    needs: 'ADMIN',
    component: onlyFor(
      'ADMIN',
      lazyPage(setupTexts, () => import('../setup/settings-section.tsx')),
    ),
  },
] as const satisfies readonly Section[];
