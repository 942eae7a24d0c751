import { createEffect, createMemo, createSignal, onCleanup, onMount, Show } from 'solid-js';
import { LOCALES } from '../../lib/format.ts';
import { quantityColour } from '../../ui/quantity-colour.ts';
import { createHistory } from '../chart/create-series.ts';
import { createPlotTheme, type PlotTheme } from '../chart/plot-theme.ts';
import { HOUR_MS, last, widthMs } from '../chart/time-range.ts';
import { beginOf, bucketsOf, MAX_HOURS } from './local-buckets.ts';
import { dashboardTexts } from './texts.ts';
import { refsOf } from './widget.ts';
import type { WidgetProps } from './widget-body.tsx';

/** One hour of one day, and what was in it. */
interface Cell {
  readonly day: number;
  readonly hour: number;
  readonly value: number;
}

const DAY_HOURS = 24;
/** The lowest value is still seen. */
const LEAST_ALPHA = 0.08;

/** Hours of the day against days: the stronger the colour, the higher the value; hours without data stay empty. */
export function HeatMapWidget(props: WidgetProps) {
  const i18n = dashboardTexts.use();
  const [canvas, setCanvas] = createSignal<HTMLCanvasElement>();
  const [size, setSize] = createSignal({ width: 0, height: 0 });
  const [pointed, setPointed] = createSignal<Cell>();
  const theme = createPlotTheme(canvas);
  const refs = createMemo(() => refsOf(props.widget));
  const hours = () => Math.min(MAX_HOURS, Math.ceil(widthMs(props.range ?? last(props.widget.hours)) / HOUR_MS));
  const range = createMemo(() => props.range ?? last(hours()));
  const history = createHistory(refs, range, () => hours() + 1);
  const recorded = () => {
    const ref = refs()[0];
    return ref && history.of(ref);
  };
  const cells = createMemo(() => {
    const found = recorded();
    return found && found.kind !== 'STATE' ? bucketsOf(found, 'HOUR').flatMap(toCell) : [];
  });
  const days = createMemo(() => [...new Set(cells().map(({ day }) => day))].sort((a, b) => a - b));
  const ends = createMemo(() => {
    const values = cells().map(({ value }) => value);
    return { min: props.widget.min ?? Math.min(...values), max: props.widget.max ?? Math.max(...values) };
  });
  const token = () => {
    const ref = refs()[0];
    const quantity = ref && props.source.info(ref)?.quantity;
    return (quantity && quantityColour(quantity)) ?? 'accent';
  };
  onMount(() => {
    const element = canvas();
    if (!element) return;
    const observer = new ResizeObserver(([entry]) => entry && setSize(entry.contentRect));
    observer.observe(element);
    onCleanup(() => observer.disconnect());
  });
  createEffect(() => {
    const element = canvas();
    if (element && size().width > 0)
      draw(element, size(), { cells: cells(), days: days(), ends: ends() }, theme(), token());
  });
  const point = (event: PointerEvent & { currentTarget: HTMLElement }) => {
    const box = event.currentTarget.getBoundingClientRect();
    const column = Math.floor(((event.clientX - box.left) / box.width) * days().length);
    const hour = Math.floor(((event.clientY - box.top) / box.height) * DAY_HOURS);
    setPointed(cells().find((cell) => cell.day === days()[column] && cell.hour === hour));
  };
  const date = (day: number) =>
    new Intl.DateTimeFormat(LOCALES[i18n.language()], { day: 'numeric', month: 'short' }).format(day);
  const text = (value: number) => {
    const unit = recorded()?.unit;
    return `${i18n.format().number(value, 1)}${unit ? `\u00a0${unit}` : ''}`;
  };
  const summary = () => {
    const cell = pointed();
    if (cell) return `${date(cell.day)}, ${cell.hour}:00 – ${text(cell.value)}`;
    return `${i18n.t('widget.lowest')} ${text(ends().min)}, ${i18n.t('widget.highest')} ${text(ends().max)}`;
  };
  const emptyText = () => i18n.t(recorded()?.kind === 'STATE' ? 'widget.noStates' : 'widget.noData');
  return (
    <div class="heat-map">
      <p class="chart-legend">
        <span>{cells().length > 0 ? summary() : emptyText()}</span>
      </p>
      <div class="heat-map-area" classList={{ empty: cells().length === 0 }}>
        <p class="heat-map-hours muted small" aria-hidden="true">
          <span>0</span>
          <span>6</span>
          <span>12</span>
          <span>18</span>
          <span>24</span>
        </p>
        <canvas
          ref={setCanvas}
          role="img"
          aria-label={`${props.widget.title}: ${cells().length > 0 ? summary() : emptyText()}`}
          onPointerMove={point}
          onPointerLeave={() => setPointed(undefined)}
        />
        <Show when={days().length > 0}>
          <p class="heat-map-days muted small" aria-hidden="true">
            <span>{date(days()[0] ?? 0)}</span>
            <span>{date(days().at(-1) ?? 0)}</span>
          </p>
        </Show>
      </div>
    </div>
  );
}

function toCell({ at, value }: { at: number; value: number | null }): Cell[] {
  return value === null ? [] : [{ day: beginOf(at, 'DAY'), hour: new Date(at).getHours(), value }];
}

interface Drawing {
  readonly cells: readonly Cell[];
  readonly days: readonly number[];
  readonly ends: { readonly min: number; readonly max: number };
}

function draw(
  canvas: HTMLCanvasElement,
  { width, height }: { width: number; height: number },
  { cells, days, ends }: Drawing,
  theme: PlotTheme,
  token: string,
): void {
  const ratio = window.devicePixelRatio;
  canvas.width = width * ratio;
  canvas.height = height * ratio;
  const context = canvas.getContext('2d');
  if (!context) return;
  const columns = new Map(days.map((day, index) => [day, index]));
  const [w, h] = [canvas.width / days.length, canvas.height / DAY_HOURS];
  context.fillStyle = theme(token);
  for (const { day, hour, value } of cells) {
    const share = Math.min(1, Math.max(0, (value - ends.min) / (ends.max - ends.min || 1)));
    context.globalAlpha = LEAST_ALPHA + (1 - LEAST_ALPHA) * share;
    const x = (columns.get(day) ?? 0) * w;
    context.fillRect(x, hour * h, Math.max(1, w - 1), Math.max(1, h - 1));
  }
}
