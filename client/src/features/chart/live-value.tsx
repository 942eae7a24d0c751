import { Show } from 'solid-js';
import { ShownValue } from '../../ui/shown-value.tsx';
import type { ChartSource } from './chart-source.ts';
import type { SeriesRef } from './series-ref.ts';
import { pointText } from './series-text.ts';
import { chartTexts } from './texts.ts';

/** The present value of a series, as far as it can be trusted. */
export function LiveValue(props: { source: ChartSource; target: SeriesRef; isAgeElsewhere?: boolean }) {
  const i18n = chartTexts.use();
  /** States are shown by their word in the language of the reader. */
  const shown = () => {
    const value = props.source.shown(props.target);
    const info = props.source.info(props.target);
    if (value.kind !== 'VALUE' || !info || !(info.isBoolean || props.target.quantity === 'OPERATING_STATE'))
      return value;
    const { value: number, text, quality, observedAt } = value.reading;
    const word = pointText(i18n, { info, ref: props.target }, { at: 0, value: number, text });
    return { ...value, reading: { value: number, text: word, quality, observedAt } };
  };
  return (
    <Show when={props.source.info(props.target)} fallback="–">
      {(info) => <ShownValue kind={info().kind} shown={shown()} isAgeElsewhere={props.isAgeElsewhere} />}
    </Show>
  );
}
