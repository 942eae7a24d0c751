import { For } from 'solid-js';
import { chartTexts } from './texts.ts';

/** What can be done with a chart besides looking at it. */
export function ChartMenu(props: {
  isTableOpen: boolean;
  onTable: () => void;
  onImage: () => void;
  /** A file for each heat pump. */
  csv: readonly { readonly href: string; readonly name: string }[];
}) {
  const { t } = chartTexts.use();
  return (
    <div class="chart-menu">
      <button type="button" class="quiet" aria-pressed={props.isTableOpen} onClick={() => props.onTable()}>
        {t('chart.numbers')}
      </button>
      <button type="button" class="quiet" title={t('chart.imageLong')} onClick={() => props.onImage()}>
        {t('chart.image')}
      </button>
      <For each={props.csv}>
        {({ href, name }) => (
          <a class="button quiet" href={href} download="" target="_self" title={t('chart.csvLong', name)}>
            {t('chart.csv')}
            {props.csv.length > 1 ? `: ${name}` : ''}
          </a>
        )}
      </For>
    </div>
  );
}
