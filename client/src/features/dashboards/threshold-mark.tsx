import { Show } from 'solid-js';
import type { Shown } from '../../graphql/shown.ts';
import { type ValueKind, writtenText } from '../../lib/sensor-value.ts';
import { Mark } from '../../ui/mark.tsx';
import { dashboardTexts } from './texts.ts';

/** A threshold that a value has reached, and what that means. */
export interface Reached {
  readonly kind: 'warning' | 'bad';
  readonly threshold: number;
}

/** The highest threshold that a present value has reached; the last of them is bad, any other a warning. */
export function reachedThreshold(shown: Shown | undefined, thresholds: readonly number[]): Reached | undefined {
  if (shown?.kind !== 'VALUE' || shown.isStale) return undefined;
  const { value } = shown.reading;
  const threshold = thresholds.findLast((one) => value !== null && value >= one);
  if (threshold === undefined) return undefined;
  return { kind: threshold === thresholds.at(-1) ? 'bad' : 'warning', threshold };
}

/** Says that a threshold is reached, by shape, word and colour. */
export function ThresholdMark(props: { reached: Reached | undefined; kind: ValueKind | undefined }) {
  const { t, format } = dashboardTexts.use();
  const text = (threshold: number) => (props.kind ? writtenText(props.kind, threshold, format()) : String(threshold));
  return (
    <Show when={props.reached}>
      {(reached) => (
        <Mark
          kind={reached().kind}
          icon={reached().kind === 'bad' ? 'FAULT' : 'alerts'}
          text={t('widget.reached', text(reached().threshold))}
        />
      )}
    </Show>
  );
}
