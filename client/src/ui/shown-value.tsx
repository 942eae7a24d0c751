import { createEffect, Match, on, Show, Switch } from 'solid-js';
import type { Shown } from '../graphql/shown.ts';
import { useI18n } from '../lib/i18n/i18n.tsx';
import { readingText, type SensorFormat } from '../lib/sensor-value.ts';
import { Age } from './age.tsx';
import './shown-value.css';

/** A value with its unit; an en dash where there is none, grey with its age where it is old. A change brightens it. */
export function ShownValue(props: { sensor: SensorFormat; shown: Shown; isAgeElsewhere?: boolean }) {
  const { t } = useI18n();
  const value = () => (props.shown.kind === 'VALUE' ? props.shown : undefined);
  const absence = () => (props.shown.kind === 'VALUE' ? undefined : props.shown.kind);
  return (
    <span class="shown-value">
      <Switch>
        <Match when={value()}>
          {(current) => (
            <span classList={{ stale: current().isStale }}>
              <Digits sensor={props.sensor} shown={current()} />
              <Show when={current().isStale && !props.isAgeElsewhere}>
                <span class="shown-age">
                  {' '}
                  <Age since={current().observedAt} />
                </span>
              </Show>
              <Show when={current().isStale}>
                <span class="visually-hidden"> {t('quality.STALE')}</span>
              </Show>
            </span>
          )}
        </Match>
        <Match when={absence()}>
          {(kind) => (
            <span class={`shown-none ${kind().toLowerCase()}`} title={t(`quality.${kind()}`)}>
              <span aria-hidden="true">–</span>
              <span class={kind() === 'FAILED' ? 'shown-why' : 'visually-hidden'}> {t(`quality.${kind()}`)}</span>
            </span>
          )}
        </Match>
      </Switch>
    </span>
  );
}

function Digits(props: { sensor: SensorFormat; shown: Shown & { kind: 'VALUE' } }) {
  const { format } = useI18n();
  const text = () => readingText(props.sensor, props.shown.reading, format()) ?? '–';
  let element: HTMLSpanElement | undefined;
  createEffect(on(text, () => brighten(element), { defer: true }));
  return (
    <>
      <span ref={element} class="shown-text">
        {text()}
      </span>
      <Show when={props.sensor.unit}>
        <span class="shown-unit">
          {'\u00a0'}
          {props.sensor.unit}
        </span>
      </Show>
    </>
  );
}

function brighten(element: HTMLElement | undefined): void {
  if (matchMedia('(prefers-reduced-motion: reduce)').matches) return;
  element?.animate([{ color: 'var(--accent)' }, { color: 'inherit' }], { duration: 1_200, easing: 'ease-out' });
}
