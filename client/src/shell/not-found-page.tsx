import { A } from '@solidjs/router';
import { useI18n } from '../lib/i18n/i18n.tsx';
import { PageTitle } from '../ui/page-title.tsx';

/** The page of every address that has none. */
export default function NotFoundPage() {
  const { t } = useI18n();
  return (
    <div class="page">
      <PageTitle text={t('app.notFound')} />
      <p class="muted">{t('app.notFoundHelp')}</p>
      <p>
        <A class="button" href="/">
          {t('app.toOverview')}
        </A>
      </p>
    </div>
  );
}
