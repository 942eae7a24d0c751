import { createMemo, createSignal, For, Show } from 'solid-js';
import { LOCALES } from '../../lib/format.ts';
import { quantityColour } from '../../ui/quantity-colour.ts';
import { createHistory } from '../chart/create-series.ts';
import type { SeriesRef } from '../chart/series-ref.ts';
import { HOUR_MS, last, widthMs } from '../chart/time-range.ts';
import { type BucketWidth, bucketsOf, bucketWidth, MAX_HOURS } from './local-buckets.ts';
import { dashboardTexts } from './texts.ts';
import { refsOf } from './widget.ts';
import type { WidgetProps } from './widget-body.tsx';

const DATES: Record<BucketWidth, Intl.DateTimeFormatOptions> = {
  HOUR: { hour: '2-digit', minute: '2-digit', day: 'numeric', month: 'short' },
  DAY: { day: 'numeric', month: 'short', weekday: 'short' },
  MONTH: { month: 'long', year: 'numeric' },
};
const SHORT_DATES: Record<BucketWidth, Intl.DateTimeFormatOptions> = {
  HOUR: { hour: '2-digit' },
  DAY: { day: 'numeric', month: 'numeric' },
  MONTH: { month: 'short' },
};
/** Marks below the bars. */
const MARKS = 6;

/** Bars for each hour, day or month: what was consumed, or the mean. */
export function BarWidget(props: WidgetProps) {
  const i18n = dashboardTexts.use();
  const [at, setAt] = createSignal<number>();
  const refs = createMemo(() => refsOf(props.widget));
  const hours = () => Math.min(MAX_HOURS, Math.ceil(widthMs(props.range ?? last(props.widget.hours)) / HOUR_MS));
  const range = createMemo(() => props.range ?? last(hours()));
  const width = () => bucketWidth(hours());
  // Steps of an hour fit exactly, with one that is cut.
  const history = createHistory(refs, range, () => hours() + 1);
  const rows = createMemo(() =>
    refs().map((ref) => {
      const recorded = history.of(ref);
      const isState = recorded?.kind === 'STATE';
      const buckets = recorded && !isState ? bucketsOf(recorded, width()) : [];
      return { ref, unit: recorded?.unit ?? null, values: new Map(buckets.map((one) => [one.at, one.value])) };
    }),
  );
  const times = createMemo(() =>
    [...new Set(rows().flatMap(({ values }) => [...values.keys()]))].sort((a, b) => a - b),
  );
  const values = () => rows().flatMap((row) => [...row.values.values()].flatMap((value) => value ?? []));
  const top = () => props.widget.max ?? (Math.max(0, ...values()) || 1);
  const bottom = () => props.widget.min ?? Math.min(0, ...values());
  const share = (value: number) => Math.min(1, Math.max(0, (value - bottom()) / (top() - bottom() || 1)));
  /** From zero upwards, and downwards if it is below. */
  const barStyle = (value: number | null | undefined, token: string) => {
    const [from, to] = [share(Math.min(0, value ?? 0)), share(Math.max(0, value ?? 0))];
    return { '--colour': token, bottom: `${100 * from}%`, height: `${100 * (to - from)}%` };
  };
  const colour = (ref: SeriesRef, index: number) => {
    const quantity = props.source.info(ref)?.quantity;
    return `var(--${(quantity && quantityColour(quantity)) ?? `series-${(index % 8) + 1}`})`;
  };
  const date = (time: number, options: Record<BucketWidth, Intl.DateTimeFormatOptions>) =>
    new Intl.DateTimeFormat(LOCALES[i18n.language()], options[width()]).format(time);
  const text = (value: number | null | undefined, unit: string | null) => {
    if (value === null || value === undefined) return '–';
    return `${i18n.format().number(value, 1)}${unit ? `\u00a0${unit}` : ''}`;
  };
  const shownAt = () => at() ?? times().at(-1);
  const isMark = (index: number) => (times().length - 1 - index) % Math.ceil(times().length / MARKS) === 0;
  return (
    <Show when={times().length > 0} fallback={<p class="chart-waiting muted">{i18n.t('widget.noData')}</p>}>
      <div class="bars-widget">
        <p class="chart-legend">
          <span class="muted">
            {date(shownAt() ?? 0, DATES)} ({i18n.t(`widget.bars.${width()}`)})
          </span>
          <For each={rows()}>
            {(row, index) => (
              <span class="bars-legend" style={{ '--colour': colour(row.ref, index()) }}>
                {props.source.info(row.ref)?.name} <b>{text(row.values.get(shownAt() ?? 0), row.unit)}</b>
              </span>
            )}
          </For>
        </p>
        <div class="bars-area">
          <p class="bars-scale muted small">
            <span>{text(top(), rows()[0]?.unit ?? null)}</span>
            <span>{text(bottom(), rows()[0]?.unit ?? null)}</span>
          </p>
          <ul class="bars">
            <For each={times()}>
              {(time, index) => (
                <li
                  class="bars-time"
                  classList={{ marked: isMark(index()) }}
                  onPointerEnter={() => setAt(time)}
                  onPointerLeave={() => setAt(undefined)}
                >
                  <span class="visually-hidden">
                    {date(time, DATES)}:{' '}
                    {rows()
                      .map(({ values: all, unit }) => text(all.get(time), unit))
                      .join(', ')}
                  </span>
                  <span class="bars-group" aria-hidden="true">
                    <For each={rows()}>
                      {(row, place) => (
                        <span class="bar" style={barStyle(row.values.get(time), colour(row.ref, place()))} />
                      )}
                    </For>
                  </span>
                  <span class="bars-date muted" aria-hidden="true">
                    {isMark(index()) ? date(time, SHORT_DATES) : ''}
                  </span>
                </li>
              )}
            </For>
          </ul>
        </div>
      </div>
    </Show>
  );
}
