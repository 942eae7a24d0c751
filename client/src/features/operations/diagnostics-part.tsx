import { createSignal } from 'solid-js';
import { CheckField } from '../../ui/check-field.tsx';
import { operationsTexts } from './texts.ts';

/** What a bug report needs, as a file. */
export function DiagnosticsPart() {
  const { t } = operationsTexts.use();
  const [showsHosts, setShowsHosts] = createSignal(false);
  return (
    <section class="operations-part" aria-labelledby="diagnostics-title">
      <h2 id="diagnostics-title">{t('diagnostics.title')}</h2>
      <div class="card form-part">
        <p>{t('diagnostics.help')}</p>
        <CheckField
          label={t('diagnostics.hosts')}
          help={t('diagnostics.hostsHelp')}
          checked={showsHosts()}
          onChange={setShowsHosts}
        />
        <a class="button form-submit" href={`/diagnostics?hosts=${showsHosts() ? 'shown' : 'masked'}`} download="">
          {t('diagnostics.download')}
        </a>
      </div>
    </section>
  );
}
