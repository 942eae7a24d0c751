import { Show } from 'solid-js';
import type { SensorFormatFragment } from '../graphql/generated/documents.ts';
import type { Shown } from '../graphql/shown.ts';
import { activityOf } from '../lib/activity.ts';
import { useI18n } from '../lib/i18n/i18n.tsx';
import { Icon } from './icon.tsx';
import { ShownValue } from './shown-value.tsx';
import './activity-value.css';

/** What a heat pump is doing: a shape, a word and a colour. Its age is expected nearby. */
export function ActivityValue(props: { sensor: SensorFormatFragment; shown: Shown }) {
  const { t } = useI18n();
  const text = () => (props.shown.kind === 'VALUE' ? (props.shown.reading.text ?? '') : '');
  const activity = () => activityOf(text());
  const isOneWord = () => activity() !== 'unknown' && !text().includes('+');
  const isStale = () => props.shown.kind !== 'VALUE' || props.shown.isStale;
  return (
    <p class={`activity ${activity()}`} classList={{ stale: isStale() }}>
      <Icon name={activity()} />
      <span class="visually-hidden">{t('quantity.OPERATING_STATE')}: </span>
      <Show when={isOneWord()} fallback={<ShownValue sensor={props.sensor} shown={props.shown} isAgeElsewhere />}>
        {t(`activity.${activity()}`)}
      </Show>
    </p>
  );
}
