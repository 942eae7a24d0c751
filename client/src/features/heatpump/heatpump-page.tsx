import { A, useParams } from '@solidjs/router';
import { createMemo, Show } from 'solid-js';
import { useApi } from '../../graphql/client.tsx';
import { HeatpumpDetailDocument } from '../../graphql/generated/heatpump.ts';
import type { Quantity } from '../../graphql/generated/types.ts';
import { createLiveReadings, createLiveStates } from '../../graphql/live.ts';
import { createPageQuery } from '../../graphql/page-query.ts';
import { type Shown, shown } from '../../graphql/shown.ts';
import { PageTitle } from '../../ui/page-title.tsx';
import { QueryState } from '../../ui/query-state.tsx';
import type { DetailSensor, HeatpumpDetail } from './heatpump-detail.ts';
import { HeatpumpHeader } from './heatpump-header.tsx';
import { KeyValues } from './key-values.tsx';
import { createLiveWrites } from './live-writes.ts';
import { SensorList } from './sensor-list.tsx';
import './heatpump.css';
import { heatpumpTexts } from './texts.ts';

/** The quantities shown in large, in this order, where there are such. */
const MEASURED: readonly Quantity[] = [
  'OUTDOOR_TEMPERATURE',
  'FLOW_TEMPERATURE',
  'RETURN_TEMPERATURE',
  'HOT_WATER_TEMPERATURE',
  'THERMAL_POWER',
  'ELECTRICAL_POWER',
  'COP',
  'SOURCE_IN_TEMPERATURE',
];
const QUANTITIES: readonly Quantity[] = ['OPERATING_STATE', ...MEASURED];

/** One heat pump: how it is, what it does and why, and what can be changed. */
export default function HeatpumpPage() {
  const params = useParams<{ id: string }>();
  return (
    <Show when={params.id} keyed>
      {(id) => <HeatpumpById id={id} />}
    </Show>
  );
}

function HeatpumpById(props: { id: string }) {
  const { t, language } = heatpumpTexts.use();
  const { link } = useApi();
  const query = createPageQuery(HeatpumpDetailDocument, () => ({
    id: props.id,
    language: language(),
    quantities: QUANTITIES,
  }));
  const heatpump = () => query.data()?.heatpump ?? undefined;
  const doesExist = createMemo(() => heatpump() !== undefined);
  const ids = () => (doesExist() ? { heatpumpIds: [props.id] } : undefined);
  const states = createLiveStates(ids, ({ updatedAt }) => {
    if (heatpump()?.updatedAt !== updatedAt) query.refetch();
  });
  const live = createLiveReadings(() => (doesExist() ? { ...ids(), quantities: QUANTITIES } : undefined), states.take);
  const writes = createLiveWrites(() => props.id);
  const stateOf = (detail: HeatpumpDetail) => states.of(props.id) ?? detail;
  const shownOf =
    (detail: HeatpumpDetail) =>
    ({ key }: DetailSensor): Shown =>
      shown(live.reading(props.id, key), {
        link: link.state(),
        state: stateOf(detail).status.state,
        observedAt: live.observedAt(props.id),
      });
  const quantityOf = (detail: HeatpumpDetail) => (quantity: Quantity) => {
    const reading = live.quantity(props.id, quantity);
    return { reading, shown: shown(reading, { link: link.state(), state: stateOf(detail).status.state }) };
  };
  return (
    <div class="page">
      <QueryState query={query}>
        {() => (
          <Show when={heatpump()} fallback={<Gone />}>
            {(detail) => (
              <>
                <HeatpumpHeader heatpump={detail()} state={stateOf(detail())} isStale={link.state() === 'LOST'} />
                <KeyValues
                  quantities={MEASURED.filter((quantity) => hasQuantity(detail(), quantity))}
                  quantityOf={quantityOf(detail())}
                />
                <SensorList
                  sensors={detail().sensors}
                  shown={shownOf(detail())}
                  writes={writes}
                  locked={lockOf(stateOf(detail()), link.state())}
                />
              </>
            )}
          </Show>
        )}
      </QueryState>
    </div>
  );

  function lockOf({ readOnly, status: { state } }: ReturnType<typeof stateOf>, linkState: string): string | null {
    if (readOnly) return t('write.lockedReadOnly');
    if (linkState !== 'CONNECTED') return t('write.lockedServer');
    return t(`write.lockedState.${state}`) || null;
  }
}

function hasQuantity({ quantities }: HeatpumpDetail, quantity: Quantity): boolean {
  return quantities.some((reading) => reading.quantity === quantity && reading.circuit === null);
}

function Gone() {
  const { t } = heatpumpTexts.use();
  return (
    <>
      <PageTitle text={t('app.noHeatpump')} />
      <p class="muted">{t('app.noHeatpumpHelp')}</p>
      <p>
        <A class="button" href="/">
          {t('app.toOverview')}
        </A>
      </p>
    </>
  );
}
