import { createMemo, Match, on, Show, Switch } from 'solid-js';
import type { Shown } from '../graphql/shown.ts';
import { useI18n } from '../lib/i18n/i18n.tsx';
import { readingText, type ValueKind } from '../lib/sensor-value.ts';
import { Age } from './age.tsx';
import './shown-value.css';

/** A value with its unit; an en dash where there is none, grey with its age where it is old. A change brightens it. */
export function ShownValue(props: {
  kind: ValueKind;
  shown: Shown;
  /** Why there is no value, where more is known than the quality says. */
  why?: string | undefined;
  isAgeElsewhere?: boolean | undefined;
}) {
  const { t } = useI18n();
  const value = () => (props.shown.kind === 'VALUE' ? props.shown : undefined);
  const absence = () => (props.shown.kind === 'VALUE' ? undefined : props.shown.kind);
  const why = () => props.why ?? t(`quality.${absence() ?? 'NONE'}`);
  return (
    <Switch>
      <Match when={value()}>
        {(current) => (
          <span class="shown-value" classList={{ stale: current().isStale }}>
            <Digits kind={props.kind} shown={current()} />
            <Show when={current().isStale}>
              <span class="visually-hidden"> {t('quality.STALE')}</span>
              <Show when={!props.isAgeElsewhere}>
                <span class="shown-age">
                  {' '}
                  <Age since={current().observedAt} />
                </span>
              </Show>
            </Show>
          </span>
        )}
      </Match>
      <Match when={absence()}>
        {(kind) => (
          <span class="shown-value none" title={why()}>
            <span aria-hidden="true">–</span>
            <span class={kind() === 'FAILED' ? 'shown-failure' : 'visually-hidden'}> {why()}</span>
          </span>
        )}
      </Match>
    </Switch>
  );
}

function Digits(props: { kind: ValueKind; shown: Shown & { kind: 'VALUE' } }) {
  const { format } = useI18n();
  // A memo, for a value that was read again without a change does not brighten.
  const text = createMemo(() => readingText(props.kind, props.shown.reading, format()) ?? '–');
  // How often the text has changed: two animations in turns, for the same one would not start again.
  const beat = createMemo(on(text, (_text, _last, beats: number | undefined) => (beats ?? -1) + 1));
  return (
    <>
      <span class="shown-text" data-beat={beat() === 0 ? undefined : beat() % 2}>
        {text()}
      </span>
      <Show when={props.kind.unit}>
        {(unit) => (
          <span class="shown-unit">
            {'\u00a0'}
            {unit()}
          </span>
        )}
      </Show>
    </>
  );
}
