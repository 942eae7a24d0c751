import { createEffect, createMemo, createSignal, For, on, Show } from 'solid-js';
import { SettingsDifferenceDocument } from '../../graphql/generated/settings-history.ts';
import type { SettingsDifferenceQuery } from '../../graphql/generated/types.ts';
import { createPageQuery } from '../../graphql/page-query.ts';
import { useViewer } from '../../graphql/viewer.tsx';
import { QueryState } from '../../ui/query-state.tsx';
import { useHeatpump } from '../heatpump/heatpump-view.tsx';
import { Restore } from './restore.tsx';
import { settingText } from './setting-text.ts';
import { settingsHistoryTexts } from './texts.ts';

/** How often the present is looked at again while it is shown. */
const REFRESH_MS = 2_000;

type Row = SettingsDifferenceQuery['settingsDifference']['differences'][number];
type Side = Row['before'];

/** What differs between a snapshot and another one, or now; from a difference to now, the way back. */
export function Difference(props: { from: string; to: string | null }) {
  const { t, language } = settingsHistoryTexts.use();
  const { state } = useHeatpump();
  const { may } = useViewer();
  const [isRestoring, setIsRestoring] = createSignal(false);
  const query = createPageQuery(SettingsDifferenceDocument, () => ({
    from: props.from,
    to: props.to,
    language: language(),
  }));
  // Now is whatever was read last, and settings are not read with every poll.
  const readAt = () => Date.parse(state().status.lastReadAt ?? '');
  let askedAt = readAt();
  createEffect(
    on(
      readAt,
      (at) => {
        if (props.to !== null || isRestoring() || at - askedAt < REFRESH_MS) return;
        askedAt = at;
        query.refetch();
      },
      { defer: true },
    ),
  );
  const rows = createMemo(() => query.data()?.settingsDifference.differences ?? []);
  const settings = createMemo(() => rows().filter(isOfSettings));
  const others = createMemo(() => rows().filter((row) => !isOfSettings(row)));
  const close = () => {
    setIsRestoring(false);
    query.refetch();
  };
  return (
    <QueryState query={query}>
      {() => (
        <Show when={isRestoring()} fallback={<Rows rows={settings()} others={others()} isNow={props.to === null} />}>
          <Restore snapshotId={props.from} onClose={close} />
        </Show>
      )}
    </QueryState>
  );

  function Rows(shown: { rows: readonly Row[]; others: readonly Row[]; isNow: boolean }) {
    return (
      <>
        <Show when={shown.rows.length > 0} fallback={<p>{t('difference.none')}</p>}>
          <DifferenceTable rows={shown.rows} caption={t('difference.caption', shown.rows.length)} isNow={shown.isNow} />
          <Show when={shown.isNow && may('OPERATOR')}>
            <Show when={!state().readOnly} fallback={<p class="small muted">{t('restore.locked')}</p>}>
              <button type="button" class="settings-start" onClick={() => setIsRestoring(true)}>
                {t('restore.start')}
              </button>
            </Show>
          </Show>
        </Show>
        <Show when={shown.others.length > 0}>
          <details class="settings-others">
            <summary>{t('difference.others', shown.others.length)}</summary>
            <DifferenceTable rows={shown.others} isNow={shown.isNow} />
          </details>
        </Show>
      </>
    );
  }
}

function DifferenceTable(props: { rows: readonly Row[]; caption?: string; isNow: boolean }) {
  const { t } = settingsHistoryTexts.use();
  return (
    <table class="settings-table">
      <caption classList={{ 'visually-hidden': props.caption === undefined }}>
        {props.caption ?? t('snapshots.title')}
      </caption>
      <thead>
        <tr>
          <th scope="col">{t('difference.setting')}</th>
          <th scope="col">{t('difference.before')}</th>
          <th scope="col">{t(props.isNow ? 'difference.now' : 'difference.after')}</th>
        </tr>
      </thead>
      <tbody>
        <For each={props.rows}>
          {(row) => (
            <tr>
              <th scope="row">{row.sensor?.name ?? row.key}</th>
              <td>
                <SideText row={row} side={row.before} />
              </td>
              <td>
                <SideText row={row} side={row.after} />
              </td>
            </tr>
          )}
        </For>
      </tbody>
    </table>
  );
}

function SideText(props: { row: Row; side: Side }) {
  const i18n = settingsHistoryTexts.use();
  const { t } = i18n;
  const text = () => {
    if (!props.side) return t('difference.absent');
    if (props.side.value !== null) return settingText(props.row.sensor, props.side.value, i18n);
    return t(props.side.quality === 'GOOD' ? 'quality.NONE' : `quality.${props.side.quality}`);
  };
  return <span classList={{ muted: props.side?.value == null }}>{text()}</span>;
}

/** What is set and stays, and known on both sides. */
function isOfSettings({ sensor, before, after }: Row): boolean {
  const isKnown = before?.value != null && after?.value != null;
  return isKnown && sensor?.category === 'SETPOINT' && sensor.writeHazard !== 'CYCLIC';
}
