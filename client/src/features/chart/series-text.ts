import { readingText } from '../../lib/sensor-value.ts';
import type { Series, SeriesPoint } from './series.ts';
import type { ChartI18n } from './texts.ts';

/** A value in words, without its unit. */
export function pointText(i18n: ChartI18n, { info, ref }: Pick<Series, 'info' | 'ref'>, point: SeriesPoint): string {
  const { t, textOr, format } = i18n;
  if (point.value === null) return t('chart.noValue');
  if (info.isBoolean) return t(point.value === 0 ? 'chart.off' : 'chart.on');
  if (ref.quantity === 'OPERATING_STATE' && point.text) return textOr(`activity.${point.text}`, point.text);
  return readingText(info.kind, point, format()) ?? t('chart.noValue');
}

/** A value in words, with its unit. */
export function pointTextWithUnit(i18n: ChartI18n, series: Series, point: SeriesPoint): string {
  const text = pointText(i18n, series, point);
  return point.value === null || !series.unit ? text : `${text}\u00a0${series.unit}`;
}
