import { useSearchParams } from '@solidjs/router';
import { createMemo, For, Show } from 'solid-js';
import { ComparableDocument } from '../../graphql/generated/compare.ts';
import type { ComparableQuery, Quantity } from '../../graphql/generated/types.ts';
import { createPageQuery } from '../../graphql/page-query.ts';
import { PageTitle } from '../../ui/page-title.tsx';
import { QueryState } from '../../ui/query-state.tsx';
import { createChartSource } from '../chart/chart-source.ts';
import { createPageRange } from '../chart/page-range.ts';
import { RangePicker } from '../chart/range-picker.tsx';
import { quantityRef, type SeriesRef } from '../chart/series-ref.ts';
import { SeriesTable } from '../chart/series-table.tsx';
import { chartTexts } from '../chart/texts.ts';
import { last, type TimeRange } from '../chart/time-range.ts';
import { Choices } from './choices.tsx';
import { ComparedQuantity } from './compared-quantity.tsx';
import { compareTexts } from './texts.ts';
import './compare.css';

/** More cannot be told apart. */
const MAX_HEATPUMPS = 8;
const MAX_QUANTITIES = 6;
const AT_FIRST: readonly Quantity[] = ['FLOW_TEMPERATURE', 'OUTDOOR_TEMPERATURE', 'ELECTRICAL_POWER'];

type Comparable = ComparableQuery['heatpumps'][number];

/** The same values of several heat pumps on one time axis; the address says which. */
export default function ComparePage() {
  return (
    <chartTexts.Provider>
      <Comparison />
    </chartTexts.Provider>
  );
}

function Comparison() {
  const { t, language } = compareTexts.use();
  const [params, setParams] = useSearchParams();
  const query = createPageQuery(ComparableDocument, () => ({}));
  const page = createPageRange();
  const range = (): TimeRange => page.range() ?? last(24);
  const heatpumps = () => query.data()?.heatpumps ?? [];
  const ids = createMemo(() => {
    const chosen = listOf(params.ids).filter((id) => heatpumps().some((heatpump) => heatpump.id === id));
    return params.ids === undefined
      ? heatpumps()
          .slice(0, 2)
          .map(({ id }) => id)
      : chosen.slice(0, MAX_HEATPUMPS);
  });
  const offered = createMemo(() => quantitiesOf(heatpumps().filter(({ id }) => ids().includes(id))));
  const quantities = createMemo(() => {
    const wanted = params.quantities === undefined ? AT_FIRST : listOf(params.quantities);
    return offered()
      .filter((quantity) => wanted.includes(quantity))
      .slice(0, MAX_QUANTITIES);
  });
  const refsOf = (quantity: Quantity): SeriesRef[] =>
    ids()
      .filter((id) =>
        hasQuantity(
          heatpumps().find((heatpump) => heatpump.id === id),
          quantity,
        ),
      )
      .map((id) => quantityRef(id, quantity));
  const refs = createMemo(() => quantities().flatMap(refsOf));
  const source = createChartSource(refs);
  const nameOf = (id: string) => heatpumps().find((heatpump) => heatpump.id === id)?.name ?? id;
  const lacking = (quantity: Quantity) =>
    ids()
      .filter((id) => !refsOf(quantity).some(({ heatpumpId }) => heatpumpId === id))
      .map(nameOf);
  return (
    <div class="page">
      <PageTitle text={t('compare.title')} />
      <QueryState query={query}>
        {() => (
          <>
            <div class="card compare-choice">
              <Choices
                legend={t('compare.heatpumps')}
                options={heatpumps().map(({ id, name, manufacturer, model }) => ({
                  value: id,
                  label: name,
                  hint: `${manufacturer.name} ${model.name}`,
                }))}
                chosen={ids()}
                most={MAX_HEATPUMPS}
                onChange={(chosen) => setParams({ ids: chosen.join(',') || NONE })}
              />
              <Choices
                legend={t('compare.quantities')}
                options={offered()
                  .map((value) => ({ value, label: t(`quantity.${value}`) }))
                  .toSorted((a, b) => a.label.localeCompare(b.label, language().toLowerCase()))}
                chosen={quantities()}
                most={MAX_QUANTITIES}
                onChange={(chosen) => setParams({ quantities: chosen.join(',') || NONE })}
              />
              <p class="muted small">{t('compare.shared')}</p>
            </div>
            <RangePicker range={range()} canGoBack={page.canGoBack()} onChange={page.select} onBack={page.back} />
            <Show when={ids().length < 2}>
              <p class="muted">{ids().length === 0 ? t('compare.help') : t('compare.few')}</p>
            </Show>
            <For each={quantities()}>
              {(quantity) => (
                <ComparedQuantity
                  quantity={quantity}
                  refs={refsOf(quantity)}
                  lacking={lacking(quantity)}
                  source={source}
                  range={range()}
                  onZoom={page.zoom}
                  onBack={page.back}
                />
              )}
            </For>
            <Show when={refs().length > 0}>
              <section class="card chart-card" aria-labelledby="compared-values">
                <h2 id="compared-values">{t('compare.values')}</h2>
                <SeriesTable refs={refs()} source={source} range={range()} hasHeatpumpNames />
              </section>
            </Show>
          </>
        )}
      </QueryState>
    </div>
  );
}

/** In the address, when everything was taken away. */
const NONE = 'none';

function listOf(param: string | string[] | undefined): string[] {
  return typeof param === 'string' ? param.split(',') : [];
}

/** What any of these measures as a whole. */
function quantitiesOf(heatpumps: readonly Comparable[]): Quantity[] {
  const all = heatpumps.flatMap(({ quantities }) => quantities.filter(({ circuit }) => circuit === null));
  return [...new Set(all.map(({ quantity }) => quantity))];
}

function hasQuantity(heatpump: Comparable | undefined, quantity: Quantity): boolean {
  return heatpump?.quantities.some((one) => one.quantity === quantity && one.circuit === null) ?? false;
}
