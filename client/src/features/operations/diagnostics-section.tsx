import { createSignal } from 'solid-js';
import { CheckField } from '../../ui/check-field.tsx';
import { operationsTexts } from './texts.ts';
import '../../ui/form.css';
import './operations.css';

/** What a bug report needs, as a file. */
export default function DiagnosticsSection() {
  const { t } = operationsTexts.use();
  const [showsHosts, setShowsHosts] = createSignal(false);
  return (
    <div class="operations-part">
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
    </div>
  );
}
