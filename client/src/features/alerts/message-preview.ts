import type { AlertDraft } from './alert-draft.ts';
import type { AlertsI18n } from './texts.ts';
import type { WatchedChoice } from './watched-values.ts';

/** What may stand in curly brackets in a message. */
export const PLACEHOLDERS = ['heatpump', 'alert', 'sensor', 'value', 'unit', 'threshold', 'since', 'state'] as const;

/** A message as it would be sent, with the present value; what is in brackets and no placeholder stays. */
export function messagePreview(
  draft: AlertDraft,
  watched: WatchedChoice | undefined,
  heatpumpName: string,
  now: number,
  i18n: AlertsI18n,
): string {
  const { format, t } = i18n;
  const number = (value: number) => format().number(value, 0, 3);
  const option = watched?.options.find(({ name }) => name === watched.text)?.label;
  const values: Readonly<Record<string, string>> = {
    heatpump: heatpumpName,
    alert: draft.name,
    sensor: watched?.name ?? '–',
    value: option ?? watched?.text ?? (watched?.value == null ? '–' : number(watched.value)),
    unit: watched?.unit ?? '',
    threshold: draft.type === 'THRESHOLD' && draft.threshold !== '' ? draft.threshold : '–',
    since: format().time(now, 0),
    state: t('alertState.FIRING'),
  };
  // An empty value takes the space before it along, as the server does it.
  return draft.message.replace(/( ?)\{([^{}]*)\}/g, (whole, space: string, name: string) => {
    const value = values[name];
    if (value === undefined) return whole;
    return value === '' ? '' : `${space}${value}`;
  });
}
