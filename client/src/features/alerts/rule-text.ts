import type { AlertPartsFragment } from '../../graphql/generated/types.ts';
import type { NamedSensor } from '../../graphql/sensor-book.ts';
import { lengthOfTime } from '../../lib/age.ts';
import { LOCALES } from '../../lib/format.ts';
import { quantityKind, readingText, sensorKind, type ValueKind, writtenText } from '../../lib/sensor-value.ts';
import { differenceUnit, quantityUnit } from './quantity-unit.ts';
import type { AlertsI18n } from './texts.ts';

type Rule = AlertPartsFragment['rule'];
/** What names a watched value. */
type Watched = Pick<Rule, 'key' | 'quantity'>;

/** When an alert fires, in words. */
export function ruleText(rule: Rule, sensor: NamedSensor | undefined, i18n: AlertsI18n): string {
  const { t, format } = i18n;
  const kind = valueKind(rule, sensor);
  const written = (value: number | null) => (value === null ? '–' : writtenText(kind, value, format()));
  const parts = [conditionText(rule, sensor, written, i18n)];
  if (rule.durationMs > 0) parts.push(t('rule.lasting', lengthOfTime(t, rule.durationMs)));
  const condition = parts.join(' ');
  if (!rule.hysteresis) return condition;
  const difference = writtenText({ ...kind, unit: differenceUnit(kind.unit) }, rule.hysteresis, format());
  return `${condition}; ${t('rule.hysteresis', difference)}`;
}

function conditionText(
  rule: Rule,
  sensor: NamedSensor | undefined,
  written: (value: number | null) => string,
  i18n: AlertsI18n,
): string {
  const { t, language } = i18n;
  const name = watchedName(rule, rule.circuit, sensor, i18n);
  switch (rule.type) {
    case 'THRESHOLD':
      return t(`rule.${rule.comparison ?? 'ABOVE'}`, name, written(rule.threshold));
    case 'NO_DATA':
      return t('rule.NO_DATA', name);
    case 'UNEXPECTED_OPTION': {
      const list = new Intl.ListFormat(LOCALES[language()], { type: 'disjunction' });
      const labels = rule.options.map((option) => optionLabel(rule, option, sensor, i18n));
      return labels.length > 0 ? t('rule.UNEXPECTED_OPTION', name, list.format(labels)) : t('rule.unknownOption', name);
    }
    default:
      return t(`rule.${rule.type}`);
  }
}

/** What a watched value is called. */
export function watchedName(
  { key, quantity }: Watched,
  circuit: string | null,
  sensor: NamedSensor | undefined,
  { t }: AlertsI18n,
): string {
  if (!quantity) return sensor?.name ?? key ?? '';
  const name = t(`quantity.${quantity}`);
  return circuit === null ? name : t('rule.circuit', name, circuit);
}

/** The value that brought an alert into its state, in words; null if there is none. */
export function valueText(
  watched: Watched,
  reading: { readonly value: number | null; readonly text: string | null },
  sensor: NamedSensor | undefined,
  i18n: AlertsI18n,
): string | null {
  const kind = valueKind(watched, sensor);
  if (watched.quantity && reading.text !== null) return optionLabel(watched, reading.text, undefined, i18n);
  const text = readingText(kind, reading, i18n.format());
  return text === null || reading.text !== null || !kind.unit ? text : `${text}\u00a0${kind.unit}`;
}

/** The name of a state in words. */
export function optionLabel(
  { quantity }: Watched,
  option: string,
  sensor: NamedSensor | undefined,
  { textOr }: AlertsI18n,
): string {
  if (quantity) return textOr(`activity.${option}`, option);
  return sensor?.options.find(({ name }) => name === option)?.label ?? option;
}

/** How a watched value is written. */
export function valueKind({ quantity }: Watched, sensor: NamedSensor | undefined): ValueKind {
  if (quantity) return quantityKind(quantityUnit(quantity));
  return sensor ? sensorKind(sensor) : quantityKind(null);
}
