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
  const kind = () => {
    if (props.check.ok) return 'good';
    return props.check.code === 'PASSPHRASE_NEEDED' ? 'info' : 'bad';
  };
  return (
    <Notice kind={kind()} title={t(`backupCode.${props.check.code}`)}>
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
