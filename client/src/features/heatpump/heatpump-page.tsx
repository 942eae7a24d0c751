import { A, useNavigate, useParams } from '@solidjs/router';
import { createMemo, type ParentProps, Show } from 'solid-js';
import { useApi } from '../../graphql/client.tsx';
import { HeatpumpDetailDocument } from '../../graphql/generated/heatpump.ts';
import type { Quantity } from '../../graphql/generated/types.ts';
import { createLiveReadings, createLiveStates } from '../../graphql/live.ts';
import { createPageQuery } from '../../graphql/page-query.ts';
import { shown } from '../../graphql/shown.ts';
import { lazyPage } from '../../lib/i18n/feature-texts.tsx';
import { createShortcut, focusSearch } from '../../lib/keyboard.ts';
import { shellTexts } from '../../shell/texts.ts';
import { PageTitle } from '../../ui/page-title.tsx';
import { QueryState } from '../../ui/query-state.tsx';
import type { HeatpumpDetail } from './heatpump-detail.ts';
import { HeatpumpHeader } from './heatpump-header.tsx';
import { type HeatpumpView, HeatpumpViewProvider } from './heatpump-view.tsx';
import { SectionTabs, sectionAddress } from './section-tabs.tsx';
import { SECTIONS } from './sections.ts';
import { heatpumpTexts } from './texts.ts';
import './heatpump.css';

const NotFoundPage = lazyPage(shellTexts, () => import('../../shell/not-found-page.tsx'));

/** What the sections are given live. */
const QUANTITIES: readonly Quantity[] = [
  'OPERATING_STATE',
  'OUTDOOR_TEMPERATURE',
  'FLOW_TEMPERATURE',
  'FLOW_TARGET_TEMPERATURE',
  'RETURN_TEMPERATURE',
  'HOT_WATER_TEMPERATURE',
  'HOT_WATER_TARGET_TEMPERATURE',
  'BUFFER_TEMPERATURE',
  'ROOM_TEMPERATURE',
  'SOURCE_IN_TEMPERATURE',
  'SOURCE_OUT_TEMPERATURE',
  'THERMAL_POWER',
  'ELECTRICAL_POWER',
  'COP',
  'COMPRESSOR_FREQUENCY',
  'FLOW_RATE',
  'PRESSURE',
];

/** One heat pump: how it is, what it does and why, and what can be changed; in sections. */
export default function HeatpumpPage() {
  const params = useParams<{ id: string; section: string }>();
  const section = createMemo(() => SECTIONS.find(({ path }) => path === params.section));
  return (
    <Show when={section()} fallback={<NotFoundPage />}>
      <Show when={params.id} keyed>
        {(id) => (
          <HeatpumpById id={id}>
            <Show when={section()} keyed>
              {({ component: Section }) => <Section />}
            </Show>
          </HeatpumpById>
        )}
      </Show>
    </Show>
  );
}

function HeatpumpById(props: ParentProps<{ id: string }>) {
  const navigate = useNavigate();
  const query = createPageQuery(HeatpumpDetailDocument, () => ({ id: props.id, quantities: QUANTITIES }));
  const heatpump = () => query.data()?.heatpump ?? undefined;
  createShortcut('/', () => {
    if (!focusSearch()) navigate(sectionAddress(props.id, 'sensors'), { state: { search: true } });
  });
  return (
    <div class="page">
      <QueryState query={query}>
        {() => (
          <Show when={heatpump()} fallback={<Gone />}>
            {(detail) => (
              <LiveHeatpump detail={detail()} onChanged={query.refetch}>
                {props.children}
              </LiveHeatpump>
            )}
          </Show>
        )}
      </QueryState>
    </div>
  );
}

/** The heat pump as it is now; `onChanged`: its settings are no longer those of the detail. */
function LiveHeatpump(props: ParentProps<{ detail: HeatpumpDetail; onChanged: () => void }>) {
  const { link } = useApi();
  const { id } = props.detail;
  const states = createLiveStates(
    () => ({ heatpumpIds: [id] }),
    ({ updatedAt }) => {
      if (updatedAt !== props.detail.updatedAt) props.onChanged();
    },
  );
  const live = createLiveReadings(() => ({ heatpumpIds: [id], keys: [], quantities: QUANTITIES }), states.take);
  const state = () => states.of(id) ?? props.detail;
  const provided = createMemo(
    () => new Map(props.detail.quantities.map((reading) => [quantityKey(reading.quantity, reading.circuit), reading])),
  );
  const connection = () => states.connection(id) ?? props.detail.status.state;
  const shownContext = createMemo(() => ({ link: link.state(), state: connection() }));
  const view: HeatpumpView = {
    id,
    detail: () => props.detail,
    state,
    shownContext,
    quantity: (quantity, circuit = null) => {
      const reading = live.quantity(id, quantity, circuit) ?? provided().get(quantityKey(quantity, circuit));
      return { reading, shown: shown(reading, shownContext()) };
    },
    hasQuantity: (quantity, circuit = null) => provided().has(quantityKey(quantity, circuit)),
  };
  return (
    <HeatpumpViewProvider value={view}>
      <HeatpumpHeader />
      <SectionTabs id={id} />
      {props.children}
    </HeatpumpViewProvider>
  );
}

function quantityKey(quantity: Quantity, circuit: string | null): string {
  return `${quantity} ${circuit ?? ''}`;
}

function Gone() {
  const { t } = heatpumpTexts.use();
  return (
    <>
      <PageTitle text={t('heatpump.gone')} />
      <p class="muted">{t('heatpump.goneHelp')}</p>
      <p>
        <A class="button" href="/">
          {t('heatpump.toOverview')}
        </A>
      </p>
    </>
  );
}
