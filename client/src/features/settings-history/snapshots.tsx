import { createMemo, createSignal, Show, untrack } from 'solid-js';
import { SettingsSnapshotsDocument, TakeSettingsSnapshotDocument } from '../../graphql/generated/settings-history.ts';
import type { SettingsSnapshotsQuery } from '../../graphql/generated/types.ts';
import { createMutation } from '../../graphql/mutation.ts';
import { createPageQuery, type PageQuery } from '../../graphql/page-query.ts';
import { useViewer } from '../../graphql/viewer.tsx';
import { useNow } from '../../lib/now.tsx';
import { QueryState } from '../../ui/query-state.tsx';
import { SelectField } from '../../ui/select-field.tsx';
import { Told } from '../../ui/told.tsx';
import { useHeatpump } from '../heatpump/heatpump-view.tsx';
import { Difference } from './difference.tsx';
import { settingsHistoryTexts } from './texts.ts';

type Snapshot = SettingsSnapshotsQuery['settingsSnapshots']['snapshots'][number];

/** In place of the id of a snapshot: the settings as they are. */
const NOW = '';

/** Asks for the snapshots of a heat pump. */
export function createSnapshots(id: string): PageQuery<SettingsSnapshotsQuery> {
  return createPageQuery(SettingsSnapshotsDocument, () => ({ id }));
}

/** The snapshots of the settings: take one, compare two, or one with now. */
export function Snapshots(props: { snapshots: PageQuery<SettingsSnapshotsQuery> }) {
  const { t } = settingsHistoryTexts.use();
  const { id } = useHeatpump();
  const { may } = useViewer();
  const take = createMutation(TakeSettingsSnapshotDocument);
  const all = () => props.snapshots.data()?.settingsSnapshots.snapshots ?? [];
  const takeNow = async () => {
    await take.run({ input: { heatpumpId: id } });
    props.snapshots.refetch();
  };
  return (
    <section class="card settings-card" aria-labelledby="settings-snapshots-title">
      <div class="settings-head">
        <h2 id="settings-snapshots-title">{t('snapshots.title')}</h2>
        <Show when={may('OPERATOR')}>
          <button type="button" class="quiet" disabled={take.isRunning()} onClick={() => void takeNow()}>
            {t('snapshots.take')}
          </button>
        </Show>
      </div>
      <p class="small muted">{t('snapshots.help')}</p>
      <Told deleted={undefined} error={take.error()} onUndo={async () => {}} />
      <QueryState query={props.snapshots}>
        {() => (
          <Show when={all().length > 0} fallback={<p class="muted">{t('snapshots.none')}</p>}>
            <Comparison snapshots={all()} />
          </Show>
        )}
      </QueryState>
    </section>
  );
}

function Comparison(props: { snapshots: readonly Snapshot[] }) {
  const { t, format } = settingsHistoryTexts.use();
  const now = useNow();
  // The newest one at first; what is being looked at stays when newer ones come.
  const [from, setFrom] = createSignal(untrack(() => props.snapshots[0]?.id ?? ''));
  const [to, setTo] = createSignal(NOW);
  const choices = createMemo(() =>
    props.snapshots.map(({ id, takenAt, trigger }) => ({
      value: id,
      label: t('snapshots.option', format().time(takenAt, now()), t(`trigger.${trigger}`)),
    })),
  );
  const unknown = () => props.snapshots.find(({ id }) => id === from())?.unknown ?? 0;
  return (
    <>
      <div class="settings-compare">
        <SelectField label={t('snapshots.from')} name="from" value={from()} choices={choices()} onChange={setFrom} />
        <SelectField
          label={t('snapshots.to')}
          name="to"
          value={to()}
          choices={[{ value: NOW, label: t('snapshots.now') }, ...choices()]}
          onChange={setTo}
        />
      </div>
      <Show when={unknown() > 0}>
        <p class="small muted">{t('snapshots.unknown', unknown())}</p>
      </Show>
      <Show when={`${from()} ${to()}`} keyed>
        {(_pair) => <Difference from={from()} to={to() === NOW ? null : to()} />}
      </Show>
    </>
  );
}
