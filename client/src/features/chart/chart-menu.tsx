import { chartTexts } from './texts.ts';

/** What can be done with a chart besides looking at it. */
export function ChartMenu(props: {
  isTableOpen: boolean;
  onTable: () => void;
  onImage: () => void;
  /** Where the same series are as a file. */
  csvAddress: string;
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
      <a class="button quiet" href={props.csvAddress} download="" target="_self" title={t('chart.csvLong')}>
        {t('chart.csv')}
      </a>
    </div>
  );
}
