import { Show } from 'solid-js';
import type { Quantity } from '../../graphql/generated/types.ts';
import type { ChartSource } from '../chart/chart-source.ts';
import { HistoryChart } from '../chart/history-chart.tsx';
import type { SeriesRef } from '../chart/series-ref.ts';
import type { Span, TimeRange } from '../chart/time-range.ts';
import { compareTexts } from './texts.ts';

const HEIGHT = 240;

/** One quantity of all compared heat pumps. */
export function ComparedQuantity(props: {
  quantity: Quantity;
  refs: readonly SeriesRef[];
  /** Names of the heat pumps that do not measure it. */
  lacking: readonly string[];
  source: ChartSource;
  range: TimeRange;
  onZoom: (span: Span) => void;
  onBack: () => void;
}) {
  const { t } = compareTexts.use();
  const title = () => t(`quantity.${props.quantity}`);
  return (
    <section class="card chart-card" aria-labelledby={`compared-${props.quantity}`}>
      <h2 id={`compared-${props.quantity}`}>{title()}</h2>
      <HistoryChart
        title={title()}
        refs={props.refs}
        source={props.source}
        range={props.range}
        isComparison
        height={HEIGHT}
        onZoom={props.onZoom}
        onBack={props.onBack}
      />
      <Show when={props.lacking.length > 0}>
        <p class="muted small">{t('compare.missing', props.lacking.join(', '))}</p>
      </Show>
    </section>
  );
}
