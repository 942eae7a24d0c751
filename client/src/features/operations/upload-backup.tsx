import { createSignal, Show } from 'solid-js';
import { Field } from '../../ui/field.tsx';
import { Notice } from '../../ui/notice.tsx';
import { operationsTexts } from './texts.ts';
import { type UploadOutcome, upload } from './upload.ts';

/** Brings a backup here from the computer of whoever looks at the page. */
export function UploadBackup(props: { onUploaded: () => void }) {
  const { t, textOr } = operationsTexts.use();
  const [progress, setProgress] = createSignal<number>();
  const [outcome, setOutcome] = createSignal<UploadOutcome>();
  const send = async (input: HTMLInputElement) => {
    const [file] = input.files ?? [];
    if (!file) return;
    setOutcome(undefined);
    setProgress(0);
    setOutcome(await upload('/backups/upload', file, setProgress));
    setProgress(undefined);
    input.value = '';
    props.onUploaded();
  };
  const failure = () => {
    const result = outcome();
    return result?.ok === false
      ? textOr(`backupCode.${result.code}`, textOr(`error.${result.code}`, t('error.other')))
      : null;
  };
  return (
    <div class="card form-part">
      <Field label={t('backups.upload')}>
        {(control) => (
          <input
            {...control()}
            type="file"
            accept=".gz,.sealed"
            disabled={progress() !== undefined}
            onChange={(event) => void send(event.currentTarget)}
          />
        )}
      </Field>
      <div role="status">
        <Show when={progress() !== undefined}>
          <p>{t('backups.uploading', String(Math.floor((progress() ?? 0) * 100)))}</p>
        </Show>
        <Show when={outcome()?.ok}>
          <Notice kind="good" title={t('backups.uploaded')} />
        </Show>
        <Show when={failure()}>{(text) => <Notice kind="bad" title={text()} />}</Show>
      </div>
    </div>
  );
}
