import { createMemo, For, Index, on } from 'solid-js';
import { useNow } from '../../lib/now.tsx';
import type { Series, SeriesPoint } from './series.ts';
import { pointText } from './series-text.ts';
import { chartTexts } from './texts.ts';
import type { Span } from './time-range.ts';

/** Most rows; beyond them the CSV file is the better place. */
const MAX_ROWS = 1_000;

/** The numbers of a chart, newest first. */
export default function ChartTable(props: {
  series: readonly Series[];
  /** Another one when the server was asked again. */
  version: unknown;
  span: Span;
  nameOf: (series: Series) => string;
}) {
  const i18n = chartTexts.use();
  const now = useNow();
  // As they were when the table was opened or the server was asked: a table that grows by itself cannot be read.
  const rows = createMemo(
    on(
      () => props.version,
      () => {
        const byTime = props.series.map(({ points }) => new Map(points.map((point) => [point.at, point])));
        const times = [...new Set(byTime.flatMap((points) => [...points.keys()]))]
          .filter((at) => at >= props.span.from && at <= props.span.to)
          .sort((a, b) => b - a);
        return times.slice(0, MAX_ROWS).map((at) => ({ at, points: byTime.map((points) => points.get(at)) }));
      },
    ),
  );
  const cell = (series: Series | undefined, point: SeriesPoint | undefined) =>
    series && point ? pointText(i18n, series, point) : '';
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
    <div class="chart-table" tabIndex={0}>
      <table>
        <thead>
          <tr>
            <th scope="col">{i18n.t('chart.time')}</th>
            <Index each={props.series}>
              {(series) => (
                <th scope="col">
                  {props.nameOf(series())}
                  {series().unit ? ` in ${series().unit}` : ''}
                </th>
              )}
            </Index>
          </tr>
        </thead>
        <tbody>
          <For each={rows()}>
            {(row) => (
              <tr>
                <th scope="row">{i18n.format().time(row.at, now())}</th>
                <For each={row.points}>{(point, index) => <td>{cell(props.series[index()], point)}</td>}</For>
              </tr>
            )}
          </For>
        </tbody>
      </table>
    </div>
  );
}
