import { accessTexts } from './texts.ts';

/** Says that this server asks nobody who they are. */
export default function OpenNotice() {
  return (
    <accessTexts.Provider>
      <Words />
    </accessTexts.Provider>
  );
}

function Words() {
  const { t } = accessTexts.use();
  return <p class="open-notice muted small">{t('open')}</p>;
}
