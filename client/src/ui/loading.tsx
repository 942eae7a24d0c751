import { useI18n } from '../lib/i18n/i18n.tsx';
import './loading.css';

/** Says that something is on its way; appears only after a moment, so that what is quick does not flicker. */
export function Loading() {
  const { t } = useI18n();
  return (
    <p class="loading muted" role="status">
      {t('app.loading')}
    </p>
  );
}
