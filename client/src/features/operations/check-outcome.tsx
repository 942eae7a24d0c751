import { Show } from 'solid-js';
import type { BackupCheckPartsFragment } from '../../graphql/generated/types.ts';
import { useNow } from '../../lib/now.tsx';
import { Notice } from '../../ui/notice.tsx';
import { operationsTexts } from './texts.ts';

/** What came of looking into a backup. */
export function CheckOutcome(props: { check: BackupCheckPartsFragment }) {
  const { t, format } = operationsTexts.use();
  const now = useNow();
  const content = () => {
    if (!props.check.hasHistory) return t('backups.settingsOnly');
    return t(props.check.hasSecrets ? 'backups.everything' : 'backups.withoutSecrets');
  };
  return (
    <Notice kind={props.check.ok ? 'good' : 'bad'} title={t(`backupCode.${props.check.code}`)}>
      <Show when={props.check.createdAt}>
        {(at) => (
          <p>
            {format().time(at(), now())} · {content()} · {t('backups.version')} {props.check.version}
          </p>
        )}
      </Show>
    </Notice>
  );
}
