import { createMemo, For, Show } from 'solid-js';
import { quantityColour } from '../../ui/quantity-colour.ts';
import { LiveValue } from '../chart/live-value.tsx';
import { dashboardTexts } from './texts.ts';
import { reachedThreshold, ThresholdMark } from './threshold-mark.tsx';
import { refsOf } from './widget.ts';
import type { WidgetProps } from './widget-body.tsx';

/** The scale where the widget says nothing, by unit. */
const SCALES: Readonly<Record<string, readonly [number, number]>> = {
  '°C': [0, 80],
  '%': [0, 100],
  kW: [0, 20],
  Hz: [0, 120],
  bar: [0, 4],
  'l/min': [0, 60],
};
const OTHER_SCALE = [0, 100] as const;
/** The arc from lower left over the top to lower right, on a circle of radius 50. */
const RADIUS = 50;
const SWEEP = (4 / 3) * Math.PI;

/** The present value on an arc. */
export function GaugeWidget(props: WidgetProps) {
  const { format } = dashboardTexts.use();
  const ref = createMemo(() => refsOf(props.widget)[0]);
  const info = () => {
    const current = ref();
    return current && props.source.info(current);
  };
  const scale = () => {
    const [low, high] = SCALES[info()?.kind.unit ?? ''] ?? OTHER_SCALE;
    const [min, max] = [props.widget.min ?? low, props.widget.max ?? high];
    return max > min ? { min, max } : { min, max: min + 1 };
  };
  const shown = () => {
    const current = ref();
    return current && props.source.shown(current);
  };
  const value = () => {
    const current = shown();
    return current?.kind === 'VALUE' ? { number: current.reading.value, isStale: current.isStale } : undefined;
  };
  const reached = createMemo(() => reachedThreshold(shown(), props.widget.thresholds));
  const share = (number: number) => Math.min(1, Math.max(0, (number - scale().min) / (scale().max - scale().min)));
  const colour = () => {
    const alarm = reached();
    if (alarm) return `var(--${alarm.kind})`;
    const quantity = info()?.quantity;
    return `var(--${(quantity && quantityColour(quantity)) ?? 'accent'})`;
  };
  return (
    <Show when={ref()}>
      {(target) => (
        <div class="gauge" style={{ '--colour': colour() }}>
          <div class="gauge-dial">
            <svg viewBox="-64 -58 128 98" aria-hidden="true">
              <path class="gauge-track" d={arc(0, 1)} />
              <Show when={value()?.number !== null && value()}>
                {(current) => (
                  <path
                    class="gauge-value"
                    classList={{ stale: current().isStale }}
                    d={arc(0, share(current().number ?? scale().min))}
                  />
                )}
              </Show>
              <For each={props.widget.thresholds}>
                {(threshold) => <path class="gauge-threshold" d={tick(share(threshold))} />}
              </For>
              <text x="-43" y="38">
                {format().number(scale().min, 0, 1)}
              </text>
              <text x="43" y="38">
                {format().number(scale().max, 0, 1)}
              </text>
            </svg>
            <p class="gauge-number">
              <LiveValue source={props.source} target={target()} />
            </p>
          </div>
          <p class="gauge-name muted small">{info()?.name}</p>
          <ThresholdMark reached={reached()} kind={info()?.kind} />
        </div>
      )}
    </Show>
  );
}

/** The point at a share of the arc. */
function pointOf(share: number, radius: number): string {
  const angle = -Math.PI / 2 - SWEEP / 2 + share * SWEEP;
  return `${(radius * Math.cos(angle)).toFixed(2)} ${(radius * Math.sin(angle)).toFixed(2)}`;
}

function arc(from: number, to: number): string {
  const isLarge = (to - from) * SWEEP > Math.PI ? 1 : 0;
  return `M${pointOf(from, RADIUS)}A${RADIUS} ${RADIUS} 0 ${isLarge} 1 ${pointOf(to, RADIUS)}`;
}

function tick(share: number): string {
  return `M${pointOf(share, RADIUS - 7)}L${pointOf(share, RADIUS + 7)}`;
}
