import { For } from 'solid-js';
import { readingText } from '../../lib/sensor-value.ts';
import type { ChartSource } from './chart-source.ts';
import { createHistory } from './create-series.ts';
import { LiveValue } from './live-value.tsx';
import { refId, type SeriesRef } from './series-ref.ts';
import { type Statistics, statisticsOf } from './statistics.ts';
import { chartTexts } from './texts.ts';
import type { TimeRange } from './time-range.ts';

/** Enough for exact means, as each step says how many values it stands for. */
const MAX_POINTS = 200;
const COLUMNS = ['min', 'mean', 'max', 'total'] as const satisfies readonly (keyof Statistics)[];

/** Values now, and over a time. */
export function SeriesTable(props: {
  refs: readonly SeriesRef[];
  source: ChartSource;
  range: TimeRange;
  hasHeatpumpNames: boolean;
}) {
  const { t, format } = chartTexts.use();
  const history = createHistory(
    () => props.refs,
    () => props.range,
    () => MAX_POINTS,
  );
  const nameOf = (ref: SeriesRef) => {
    const info = props.source.info(ref);
    if (!info) return '';
    return props.hasHeatpumpNames ? t('chart.of', info.name, info.heatpumpName) : info.name;
  };
  const cell = (ref: SeriesRef, column: keyof Statistics) => {
    const [info, recorded] = [props.source.info(ref), history.of(ref)];
    const value = recorded && statisticsOf(recorded)[column];
    if (!info || value === undefined || value === null) return '–';
    return readingText({ ...info.kind, options: [] }, { value, text: null }, format()) ?? '–';
  };
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
    <div class="series-table" tabIndex={0} aria-busy={history.isLoading()}>
      <table>
        <thead>
          <tr>
            <td />
            <th scope="col">{t('chart.now')}</th>
            <For each={COLUMNS}>{(column) => <th scope="col">{t(`chart.statistics.${column}`)}</th>}</For>
          </tr>
        </thead>
        <tbody>
          <For each={props.refs}>
            {(ref) => (
              <tr data-series={refId(ref)}>
                <th scope="row">{nameOf(ref)}</th>
                <td>
                  <LiveValue source={props.source} target={ref} />
                </td>
                <For each={COLUMNS}>{(column) => <td>{cell(ref, column)}</td>}</For>
              </tr>
            )}
          </For>
        </tbody>
      </table>
    </div>
  );
}
