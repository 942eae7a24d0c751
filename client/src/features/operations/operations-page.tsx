import { PageTitle } from '../../ui/page-title.tsx';
import { BackupsPart } from './backups-part.tsx';
import { DiagnosticsPart } from './diagnostics-part.tsx';
import { LogPart } from './log-part.tsx';
import { operationsTexts } from './texts.ts';
import '../../ui/entry.css';
import '../../ui/form.css';
import './operations.css';

/** What running the server takes: backups, the log, and what a bug report needs. */
export default function OperationsPage() {
  const { t } = operationsTexts.use();
  return (
    <div class="page">
      <div>
        <PageTitle text={t('operations.title')} />
        <p class="muted">{t('operations.help')}</p>
      </div>
      <BackupsPart />
      <LogPart />
      <DiagnosticsPart />
    </div>
  );
}
