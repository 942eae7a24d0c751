import { PageTitle } from '../../ui/page-title.tsx';
import { AlertList } from './alert-list.tsx';
import { alertsTexts } from './texts.ts';

/** All alerts. */
export default function AlertsPage() {
  const { t } = alertsTexts.use();
  return (
    <div class="page">
      <PageTitle text={t('alerts.title')} />
      <AlertList />
    </div>
  );
}
