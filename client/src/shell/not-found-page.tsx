import { A } from '@solidjs/router';
import { PageTitle } from '../ui/page-title.tsx';
import { shellTexts } from './texts.ts';

/** The page of every address that has none. */
export default function NotFoundPage() {
  const { t } = shellTexts.use();
  return (
    <div class="page">
      <PageTitle text={t('notFound.title')} />
      <p class="muted">{t('notFound.help')}</p>
      <p>
        <A class="button" href="/">
          {t('notFound.toOverview')}
        </A>
      </p>
    </div>
  );
}
