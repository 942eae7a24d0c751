import { useSearchParams } from '@solidjs/router';
import { createMemo, Show } from 'solid-js';
import type { Quantity } from '../../graphql/generated/types.ts';
import { useHeatpump } from '../heatpump/heatpump-view.tsx';
import { createChartSource } from './chart-source.ts';
import { HistoryChart } from './history-chart.tsx';
import { createPageRange } from './page-range.ts';
import { RangePicker } from './range-picker.tsx';
import { fromText, toText } from './ref-text.ts';
import { SeriesChips } from './series-chips.tsx';
import { SeriesPicker } from './series-picker.tsx';
import { quantityRef, refId, type SeriesRef } from './series-ref.ts';
import { chartTexts } from './texts.ts';
import { last } from './time-range.ts';

/** What is shown at first, where the heat pump has it. */
const AT_FIRST: readonly Quantity[] = [
  'FLOW_TEMPERATURE',
  'RETURN_TEMPERATURE',
  'OUTDOOR_TEMPERATURE',
  'HOT_WATER_TEMPERATURE',
  'THERMAL_POWER',
  'ELECTRICAL_POWER',
  'OPERATING_STATE',
];
/** More lines than this nobody can tell apart. */
const MAX_SERIES = 12;
/** In the address, when everything was taken away. */
const NOTHING = 'none';

/** The history of a heat pump: any of its values over any time; the address says which. */
export default function HistorySection() {
  const { t } = chartTexts.use();
  const heatpump = useHeatpump();
  const [params, setParams] = useSearchParams();
  const page = createPageRange();
  const range = () => page.range() ?? last(24);
  const refs = createMemo(() => {
    const { series } = params;
    if (series === NOTHING) return [];
    if (typeof series === 'string') return fromText(series, heatpump.id).slice(0, MAX_SERIES);
    const has = (quantity: Quantity) => quantity === 'OPERATING_STATE' || heatpump.hasQuantity(quantity);
    return AT_FIRST.filter(has).map((quantity) => quantityRef(heatpump.id, quantity));
  });
  const source = createChartSource(refs);
  const show = (next: readonly SeriesRef[]) => setParams({ series: next.map(toText).join(',') || NOTHING });
  return (
    <section class="history-section" aria-label={t('chart.history')}>
      <RangePicker range={range()} canGoBack={page.canGoBack()} onChange={page.select} onBack={page.back} />
      <div class="card chart-card">
        <div class="series-choice">
          <SeriesChips
            refs={refs()}
            source={source}
            hasHeatpumpNames={false}
            onRemove={(gone) => show(refs().filter((ref) => refId(ref) !== refId(gone)))}
          />
          <Show when={refs().length < MAX_SERIES}>
            <SeriesPicker heatpumpId={heatpump.id} refs={refs()} onAdd={(ref) => show([...refs(), ref])} />
          </Show>
        </div>
        <Show when={refs().length > 0} fallback={<p class="chart-waiting muted">{t('chart.nothing')}</p>}>
          <HistoryChart
            title={heatpump.state().name}
            refs={refs()}
            source={source}
            range={range()}
            height={320}
            onZoom={page.zoom}
            onBack={page.back}
          />
        </Show>
      </div>
    </section>
  );
}
