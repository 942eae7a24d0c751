import { Index, Show } from 'solid-js';
import { useApi } from '../../graphql/client.tsx';
import { useNow } from '../../lib/now.tsx';
import { pointAt, type Series } from './series.ts';
import type { SeriesStyle } from './series-style.ts';
import { pointTextWithUnit } from './series-text.ts';
import { chartTexts } from './texts.ts';

/** What the lines are, and what they say at the cursor, or in the end. */
export function ChartLegend(props: {
  series: readonly Series[];
  styles: readonly SeriesStyle[];
  at: number | null;
  nameOf: (series: Series) => string;
  /** Rows of states say themselves what they are. */
  hasSwatches: boolean;
}) {
  const i18n = chartTexts.use();
  const now = useNow();
  const { link } = useApi();
  const isOld = () => props.at === null && link.state() === 'LOST';
  const textOf = (series: Series) => {
    const point = props.at === null ? series.points.at(-1) : pointAt(series, props.at);
    return point ? pointTextWithUnit(i18n, series, point) : '–';
  };
  return (
    <div class="chart-legend" classList={{ stale: isOld() }}>
      <span class="chart-legend-time muted">
        {props.at === null ? i18n.t('chart.latest') : i18n.format().time(props.at, now())}
      </span>
      <ul>
        {/* By place: the series are new ones after each poll, what is drawn for them stays. */}
        <Index each={props.series}>
          {(series, index) => (
            <li>
              <Show when={props.hasSwatches}>
                <svg class="chart-swatch" viewBox="0 0 20 8" aria-hidden="true">
                  <line
                    x1="1"
                    x2="19"
                    y1="4"
                    y2="4"
                    stroke={`var(--${props.styles[index]?.token})`}
                    stroke-dasharray={props.styles[index]?.dash.join(' ')}
                  />
                </svg>
              </Show>
              <span class="chart-legend-name">{props.nameOf(series())}</span>
              <span class="chart-legend-value">{textOf(series())}</span>
            </li>
          )}
        </Index>
      </ul>
    </div>
  );
}
