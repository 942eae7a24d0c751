import { type Component, lazy, type ParentProps } from 'solid-js';
import { lazyPage } from '../../lib/i18n/feature-texts.tsx';
import { operationsTexts } from '../operations/texts.ts';

/** One part of the administration. */
interface AdminSection {
  /** Below `/admin`; what follows belongs to the section. */
  readonly path: string;
  /** The key of its name in the texts of this feature, below `admin`; null: it has no tab. */
  readonly name: string | null;
  readonly component: Component<ParentProps>;
}

/** All parts, in the order of their tabs. */
export const ADMIN_SECTIONS = [
  { path: '', name: 'users', component: lazy(() => import('./users-section.tsx')) },
  { path: 'users', name: null, component: lazy(() => import('./user-form-section.tsx')) },
  { path: 'tokens', name: 'tokens', component: lazy(() => import('./tokens-section.tsx')) },
  { path: 'audit', name: 'audit', component: lazy(() => import('./audit-section.tsx')) },
  {
    path: 'backups',
    name: 'backups',
    component: lazyPage(operationsTexts, () => import('../operations/backups-section.tsx')),
  },
  { path: 'log', name: 'log', component: lazyPage(operationsTexts, () => import('../operations/log-section.tsx')) },
  {
    path: 'diagnostics',
    name: 'diagnostics',
    component: lazyPage(operationsTexts, () => import('../operations/diagnostics-section.tsx')),
  },
] as const satisfies readonly AdminSection[];
