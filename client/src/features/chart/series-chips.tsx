import { For } from 'solid-js';
import { Icon } from '../../ui/icon.tsx';
import type { ChartSource } from './chart-source.ts';
import { refId, type SeriesRef } from './series-ref.ts';
import { chartTexts } from './texts.ts';

/** What is shown, each with a button that takes it away. */
export function SeriesChips(props: {
  refs: readonly SeriesRef[];
  source: ChartSource;
  hasHeatpumpNames: boolean;
  onRemove: (ref: SeriesRef) => void;
}) {
  const { t } = chartTexts.use();
  const nameOf = (ref: SeriesRef) => {
    const info = props.source.info(ref);
    if (!info) return ref.key ?? ref.quantity ?? '';
    return props.hasHeatpumpNames ? t('chart.of', info.name, info.heatpumpName) : info.name;
  };
  return (
    <ul class="series-chips">
      <For each={props.refs.map(refId)}>
        {(id) => {
          const ref = () => props.refs.find((one) => refId(one) === id) ?? props.refs[0];
          const name = () => {
            const current = ref();
            return current ? nameOf(current) : '';
          };
          const remove = () => {
            const current = ref();
            if (current) props.onRemove(current);
          };
          return (
            <li>
              {name()}
              <button type="button" class="quiet" aria-label={t('chart.remove', name())} onClick={remove}>
                <Icon name="remove" />
              </button>
            </li>
          );
        }}
      </For>
    </ul>
  );
}
