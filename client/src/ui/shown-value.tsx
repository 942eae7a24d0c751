import { createMemo, Show } from 'solid-js';
import type { Shown } from '../graphql/shown.ts';
import { useI18n } from '../lib/i18n/i18n.tsx';
import { readingText, type ValueKind } from '../lib/sensor-value.ts';
import { Age } from './age.tsx';
import './shown-value.css';

/** What stands in place of digits. */
type Absence = Exclude<Shown['kind'], 'VALUE'>;

/** Digits as they were last drawn. */
interface Drawn {
  readonly text: string;
  /** Changes with the text: two animations in turns, for the same one would not start again. Undefined at first. */
  readonly beat: 0 | 1 | undefined;
}

/** A value with its unit; an en dash where there is none, grey with its age where it is old. A change brightens it. */
export function ShownValue(props: {
  kind: ValueKind;
  shown: Shown;
  /** Why there is no value, where more is known than the quality says. */
  why?: string | undefined;
  isAgeElsewhere?: boolean | undefined;
}) {
  const { t, format } = useI18n();
  // Few words change seldom, digits with every event: all but those stays untouched then.
  const state = createMemo(() => {
    const { shown } = props;
    if (shown.kind !== 'VALUE') return shown.kind;
    return shown.isStale ? 'STALE' : 'FRESH';
  });
  const isStale = () => state() === 'STALE';
  const drawn = createMemo((last: Drawn | undefined): Drawn | undefined => {
    const { shown } = props;
    if (shown.kind !== 'VALUE') return undefined;
    const text = readingText(props.kind, shown.reading, format()) ?? '–';
    if (text === last?.text) return last;
    return { text, beat: last && (last.beat === 0 ? 1 : 0) };
  });
  const observedAt = () => (props.shown.kind === 'VALUE' ? props.shown.observedAt : '');
  return (
    <Show when={isStale() || state() === 'FRESH'} fallback={<NoValue why={props.why} absence={state() as Absence} />}>
      <span class="shown-value" classList={{ stale: isStale() }}>
        <span class="shown-text" data-beat={drawn()?.beat} textContent={drawn()?.text ?? ''} />
        <Show when={props.kind.unit}>
          {(unit) => (
            <span class="shown-unit">
              {'\u00a0'}
              {unit()}
            </span>
          )}
        </Show>
        <Show when={isStale()}>
          <span class="visually-hidden"> {t('quality.STALE')}</span>
          <Show when={!props.isAgeElsewhere}>
            <span class="shown-age">
              {' '}
              <Age since={observedAt()} />
            </span>
          </Show>
        </Show>
      </span>
    </Show>
  );
}

function NoValue(props: { absence: Absence; why: string | undefined }) {
  const { t } = useI18n();
  const why = () => props.why ?? t(`quality.${props.absence}`);
  return (
    <span class="shown-value none" title={why()}>
      <span aria-hidden="true">–</span>
      <span class={props.absence === 'FAILED' ? 'shown-failure' : 'visually-hidden'}> {why()}</span>
    </span>
  );
}
