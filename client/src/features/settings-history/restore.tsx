import { createMemo, For, Match, Show, Switch, untrack } from 'solid-js';
import { errorText } from '../../graphql/error-text.ts';
import type { WriteState } from '../../graphql/generated/types.ts';
import type { IconName } from '../../ui/icon.tsx';
import { Loading } from '../../ui/loading.tsx';
import { Mark, type MarkKind } from '../../ui/mark.tsx';
import { Notice } from '../../ui/notice.tsx';
import { createRestore, isRestored, type RestoreState, type Step } from './create-restore.ts';
import { settingText } from './setting-text.ts';
import { settingsHistoryTexts } from './texts.ts';

const STATE_MARKS: Readonly<Record<WriteState, { readonly kind: MarkKind; readonly icon: IconName }>> = {
  PENDING: { kind: 'neutral', icon: 'CONNECTING' },
  CONFIRMED: { kind: 'good', icon: 'ONLINE' },
  CLAMPED: { kind: 'warning', icon: 'DEGRADED' },
  REJECTED: { kind: 'bad', icon: 'OFFLINE' },
  UNKNOWN: { kind: 'warning', icon: 'DEGRADED' },
};

/** Restores settings: what would be written, to be chosen from; then what becomes of each. */
export function Restore(props: { snapshotId: string; onClose: () => void }) {
  const i18n = settingsHistoryTexts.use();
  const { t } = i18n;
  const restore = createRestore(untrack(() => props.snapshotId));
  const writable = createMemo(() =>
    restore.steps().filter(({ key, refusal }) => !refusal || restore.chosen().has(key)),
  );
  const barred = createMemo(() => restore.steps().filter((step) => !writable().includes(step)));
  const isWorn = () => restore.steps().some(({ sensor }) => sensor?.writeHazard === 'EEPROM');
  return (
    <div class="settings-restore">
      <h3 tabIndex={-1} ref={(title) => queueMicrotask(() => title.focus())}>
        {t('restore.title')}
      </h3>
      <p class="small muted">
        {t('restore.help')} <Show when={isWorn()}>{t('restore.hazard')}</Show>
      </p>
      <Show when={restore.phase() !== 'LOADING'} fallback={<Loading />}>
        <Show when={writable().length > 0} fallback={<p>{t('restore.nothing')}</p>}>
          <ul class="settings-steps">
            <For each={writable()}>{(step) => <StepRow step={step} restore={restore} />}</For>
          </ul>
        </Show>
        <Show when={barred().length > 0}>
          <details class="settings-others">
            <summary>
              {t('restore.notWritten')} ({barred().length})
            </summary>
            <ul class="settings-steps">
              <For each={barred()}>{(step) => <StepRow step={step} restore={restore} />}</For>
            </ul>
          </details>
        </Show>
        <div role="alert">
          <Show when={restore.error()}>{(error) => <Notice kind="bad" title={errorText(i18n, error())} />}</Show>
        </div>
        <RestoreActions restore={restore} onClose={props.onClose} />
      </Show>
    </div>
  );
}

function StepRow(props: { step: Step; restore: RestoreState }) {
  const i18n = settingsHistoryTexts.use();
  const { t } = i18n;
  const name = () => props.step.sensor?.name ?? props.step.key;
  const text = (value: number | null) => settingText(props.step.sensor, value, i18n);
  const isChosen = () => props.restore.chosen().has(props.step.key);
  const outcome = () => {
    const { write } = props.step;
    if (write) return { ...STATE_MARKS[write.state], text: t(`writeState.${write.state}`) };
    return isRestored(props.step) ? { ...STATE_MARKS.CONFIRMED, text: t('writeState.CONFIRMED') } : undefined;
  };
  return (
    <li>
      <label class="check">
        <Show when={props.restore.phase() === 'PREVIEW' && !props.step.refusal}>
          <input
            type="checkbox"
            checked={isChosen()}
            aria-label={t('restore.choose', name())}
            onChange={(event) => props.restore.choose(props.step.key, event.currentTarget.checked)}
          />
        </Show>
        <span>{name()}</span>
      </label>
      <span class="settings-change-values">{t('settings.from', text(props.step.present), text(props.step.kept))}</span>
      <Switch>
        <Match when={outcome()}>{(mark) => <Mark {...mark()} />}</Match>
        <Match when={props.step.refusal}>
          {(refusal) => <span class="small muted">{t(`obstacle.${refusal().obstacle}`)}</span>}
        </Match>
      </Switch>
    </li>
  );
}

function RestoreActions(props: { restore: RestoreState; onClose: () => void }) {
  const { t } = settingsHistoryTexts.use();
  const count = () => props.restore.chosen().size;
  const isWriting = () => props.restore.phase() === 'WRITING' || props.restore.phase() === 'STOPPING';
  const isComplete = () => props.restore.restored() >= count();
  return (
    <>
      <div role="status">
        <Switch>
          <Match when={isWriting()}>
            {/* Until the first step is done, nobody knows how long one takes. */}
            <Show when={props.restore.done() > 0} fallback={<progress aria-label={t('restore.title')} />}>
              <progress max={count()} value={props.restore.done()} aria-label={t('restore.title')} />
            </Show>
            <p>
              {props.restore.phase() === 'STOPPING'
                ? t('restore.stopping')
                : t('restore.progress', props.restore.done(), count())}
            </p>
          </Match>
          <Match when={props.restore.phase() === 'DONE' && isComplete()}>
            <Notice kind="good" title={t('restore.done', props.restore.restored())} />
          </Match>
          <Match when={props.restore.phase() === 'DONE'}>
            <Notice kind="warning" title={t('restore.incomplete', props.restore.restored(), count())}>
              <p>{t('restore.incompleteHelp')}</p>
            </Notice>
          </Match>
        </Switch>
      </div>
      <div class="settings-actions">
        <Switch>
          <Match when={props.restore.phase() === 'PREVIEW'}>
            <button type="button" class="primary" disabled={count() === 0} onClick={() => void props.restore.run()}>
              {t('restore.write', count())}
            </button>
            <button type="button" onClick={() => props.onClose()}>
              {t('app.cancel')}
            </button>
          </Match>
          <Match when={isWriting()}>
            <button type="button" disabled={props.restore.phase() === 'STOPPING'} onClick={() => props.restore.stop()}>
              {t('restore.stop')}
            </button>
          </Match>
          <Match when={props.restore.phase() === 'DONE'}>
            <button type="button" onClick={() => props.onClose()}>
              {t('app.close')}
            </button>
          </Match>
        </Switch>
      </div>
    </>
  );
}
