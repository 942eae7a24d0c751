import { PageTitle } from '../../ui/page-title.tsx';
import { DashboardGroups } from './dashboard-groups.tsx';
import { dashboardTexts } from './texts.ts';

/** All dashboards: those about several heat pumps, and those of each. */
export default function DashboardsPage() {
  const { t } = dashboardTexts.use();
  return (
    <div class="page">
      <PageTitle text={t('dashboard.title')} />
      <DashboardGroups />
    </div>
  );
}
