import { createMemo, createSignal, For, Show } from 'solid-js';
import { SettingsLogDocument, UndoWriteDocument } from '../../graphql/generated/settings-history.ts';
import type { SettingRefusalPartsFragment, SettingsLogQuery } from '../../graphql/generated/types.ts';
import { createMutation } from '../../graphql/mutation.ts';
import { createPageQuery, type PageQuery } from '../../graphql/page-query.ts';
import { createSensorBook, type NamedSensor } from '../../graphql/sensor-book.ts';
import { useViewer } from '../../graphql/viewer.tsx';
import { useNow } from '../../lib/now.tsx';
import { Notice } from '../../ui/notice.tsx';
import { QueryState } from '../../ui/query-state.tsx';
import { Told } from '../../ui/told.tsx';
import { useHeatpump } from '../heatpump/heatpump-view.tsx';
import { type Change, changesIn } from './changes.ts';
import { settingText } from './setting-text.ts';
import { settingsHistoryTexts } from './texts.ts';

/** As many as are shown at first, and more with each asking; the server gives no more at once than the last. */
const [FEW, MOST] = [15, 200];

/** The last changes of a heat pump. */
export interface ChangeLogState extends PageQuery<SettingsLogQuery> {
  /** Shows older ones, too. */
  showMore(): void;
}

/** Asks for the last changes; more of them whenever that is wished. */
export function createChangeLog(id: string): ChangeLogState {
  const [first, setFirst] = createSignal(FEW);
  const query = createPageQuery(SettingsLogDocument, () => ({ id, first: first() }));
  return { ...query, showMore: () => setFirst(Math.min(MOST, first() * 4)) };
}

/** Who has changed what, newest first, with the way back of what was changed here. */
export function ChangeLog(props: { log: ChangeLogState }) {
  const { t, language } = settingsHistoryTexts.use();
  const { id, state } = useHeatpump();
  const { may } = useViewer();
  const undo = createMutation(UndoWriteDocument);
  const [refusal, setRefusal] = createSignal<SettingRefusalPartsFragment | null>(null);
  const changes = createMemo(() => changesIn(props.log.data()));
  const sensors = createSensorBook(() => changes().items.map(({ key }) => key), language);
  const takeBack = async (writeId: string) => {
    setRefusal(null);
    const answer = await undo.run({ input: { id: writeId } });
    setRefusal(answer?.undoWrite.refusal ?? null);
    props.log.refetch();
  };
  return (
    <section class="card settings-card" aria-labelledby="settings-changes-title">
      <h2 id="settings-changes-title">{t('settings.changes')}</h2>
      <Told deleted={undefined} error={undo.error()} onUndo={async () => {}} />
      <div role="alert">
        <Show when={refusal()}>
          {(why) => (
            <Notice kind="warning" title={t('settings.undoRefused')}>
              <p>{t(`obstacle.${why().obstacle}`)}</p>
            </Notice>
          )}
        </Show>
      </div>
      <QueryState query={props.log}>
        {() => (
          <>
            <ol class="settings-changes">
              <For each={changes().items} fallback={<li class="muted">{t('settings.noChanges')}</li>}>
                {(change) => (
                  <ChangeRow
                    change={change}
                    sensor={sensors.find(id, change.key)}
                    isBusy={undo.isRunning()}
                    onUndo={may('OPERATOR') && !state().readOnly && change.canBeUndone ? takeBack : undefined}
                  />
                )}
              </For>
            </ol>
            <Show when={changes().hasMore}>
              <button type="button" class="quiet" onClick={() => props.log.showMore()}>
                {t('settings.older')}
              </button>
            </Show>
          </>
        )}
      </QueryState>
    </section>
  );
}

function ChangeRow(props: {
  change: Change;
  sensor: NamedSensor | undefined;
  isBusy: boolean;
  onUndo: ((writeId: string) => Promise<void>) | undefined;
}) {
  const i18n = settingsHistoryTexts.use();
  const { t, format } = i18n;
  const now = useNow();
  const name = () => props.sensor?.name ?? props.change.key;
  const text = (value: number | null) => settingText(props.sensor, value, i18n);
  return (
    <li>
      <div class="settings-change">
        <span class="settings-change-name">{name()}</span>
        <span class="settings-change-values">
          {t('settings.from', text(props.change.before), text(props.change.after))}
        </span>
        <span class="small muted">
          <time dateTime={props.change.at}>{format().time(props.change.at, now())}</time>
          {' · '}
          <span
            classList={{ 'settings-foreign': props.change.by === 'atUnit' }}
            title={props.change.by === 'atUnit' ? t('settings.atUnitHelp') : undefined}
          >
            {t(`settings.${props.change.by}`)}
          </span>
          <Show when={props.change.state}>{(state) => <> · {t(`writeState.${state()}`)}</>}</Show>
        </span>
      </div>
      <Show when={props.onUndo}>
        {(onUndo) => (
          <button
            type="button"
            class="quiet"
            disabled={props.isBusy}
            aria-label={t('settings.undoOf', name())}
            onClick={() => void onUndo()(props.change.id)}
          >
            {t('settings.undo')}
          </button>
        )}
      </Show>
    </li>
  );
}
