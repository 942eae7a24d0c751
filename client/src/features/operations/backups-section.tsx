import { createMemo, For, onCleanup, Show } from 'solid-js';
import { BackupsDocument } from '../../graphql/generated/operations.ts';
import type { BackupsQuery } from '../../graphql/generated/types.ts';
import { createPageQuery } from '../../graphql/page-query.ts';
import { useNow } from '../../lib/now.tsx';
import { Notice } from '../../ui/notice.tsx';
import { QueryState } from '../../ui/query-state.tsx';
import { BackupCard } from './backup-card.tsx';
import { MakeBackup } from './make-backup.tsx';
import { operationsTexts } from './texts.ts';
import { UploadBackup } from './upload-backup.tsx';
import { WaysBack } from './ways-back.tsx';
import '../../ui/entry.css';
import '../../ui/form.css';
import './operations.css';

type Overview = BackupsQuery['backups'];

/** What is being done elsewhere shows after so long. */
const REFRESH_MS = 5_000;

/** The backups: how they are made, those that are here, and what was there before restores. */
export default function BackupsSection() {
  const query = createPageQuery(BackupsDocument, () => ({}));
  const byName = createMemo(() => new Map(query.data()?.backups.files.map((file) => [file.name, file])));
  const timer = setInterval(() => query.refetch(), REFRESH_MS);
  onCleanup(() => clearInterval(timer));
  return (
    <div class="operations-part">
      <QueryState query={query}>
        {(data) => (
          <>
            <Plan overview={data().backups} />
            <div class="backup-tools">
              <MakeBackup onMade={query.refetch} />
              <UploadBackup onUploaded={query.refetch} />
            </div>
            <Show when={byName().size > 0} fallback={<NoBackups />}>
              <div class="entries">
                <For each={[...byName().keys()]}>
                  {(name) => (
                    <Show when={byName().get(name)}>
                      {(file) => (
                        <BackupCard backup={file()} canRestart={data().backups.canRestart} onChanged={query.refetch} />
                      )}
                    </Show>
                  )}
                </For>
              </div>
            </Show>
            <WaysBack names={data().backups.waysBack} onChanged={query.refetch} />
          </>
        )}
      </QueryState>
    </div>
  );
}

/** When backups are made by themselves, and what went wrong with that. */
function Plan(props: { overview: Overview }) {
  const { t, format } = operationsTexts.use();
  const now = useNow();
  return (
    <>
      <p>
        <Show when={props.overview.schedule} fallback={t('backups.unscheduled')}>
          {(schedule) => <>{t('backups.scheduled', schedule(), String(props.overview.keep))} </>}
        </Show>
        <Show when={props.overview.nextAt}>{(at) => <>{t('backups.next', format().time(at(), now()))}</>}</Show>
        <span class="muted"> {t(props.overview.isSealed ? 'backups.sealed' : 'backups.open')}</span>
      </p>
      <div role="status">
        <Show when={props.overview.problem}>
          {(problem) => (
            <Notice kind="bad" title={t('backups.failed')}>
              <p lang="en">{problem()}</p>
            </Notice>
          )}
        </Show>
        <Show when={props.overview.isRestorePending}>
          <Notice kind="warning" title={t('backups.pending')} />
        </Show>
      </div>
    </>
  );
}

function NoBackups() {
  const { t } = operationsTexts.use();
  return (
    <div class="card entries-empty">
      <div>
        <h2>{t('backups.none')}</h2>
        <p class="muted">{t('backups.noneHelp')}</p>
      </div>
    </div>
  );
}
