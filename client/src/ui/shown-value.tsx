import { createRenderEffect, createRoot, onCleanup, Show, untrack } from 'solid-js';
import type { AnyReading, Shown } from '../graphql/shown.ts';
import { useI18n } from '../lib/i18n/i18n.tsx';
import { readingText, type ValueKind } from '../lib/sensor-value.ts';
import { Age } from './age.tsx';
import './shown-value.css';

/** What stands in place of digits. */
type Absence = Exclude<Shown['kind'], 'VALUE'>;

const BRIGHTENING: Keyframe[] = [{ opacity: 1 }, { opacity: 0 }];
const BRIGHTENING_MS = 800;

/** A value with its unit; an en dash where there is none, grey with its age where it is old. A change brightens it. */
export function ShownValue(props: {
  kind: ValueKind;
  shown: Shown;
  /** Why there is no value, where more is known than the quality says. */
  why?: string | undefined;
  isAgeElsewhere?: boolean | undefined;
  /** Nobody sees it: the digits stay as they are. */
  isStill?: boolean | undefined;
  /** Nobody sees it brighten: what is not laid out cannot do so without drawing the page anew all the time. */
  isCalm?: boolean | undefined;
}) {
  const { t } = useI18n();
  const value = () => (props.shown.kind === 'VALUE' ? props.shown : undefined);
  const isStale = () => value()?.isStale === true;
  return (
    <Show when={value()?.reading} fallback={<NoValue why={props.why} absence={props.shown.kind as Absence} />}>
      {(reading) => (
        <span class="shown-value" classList={{ stale: isStale() }}>
          <Digits kind={props.kind} reading={reading()} isStill={props.isStill} isCalm={props.isCalm} />
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
                <Age since={value()?.observedAt ?? ''} />
              </span>
            </Show>
          </Show>
        </span>
      )}
    </Show>
  );
}

/** The digits of a reading, which change with every event: a change costs one step and one text. */
function Digits(props: {
  kind: ValueKind;
  reading: AnyReading;
  isStill: boolean | undefined;
  isCalm: boolean | undefined;
}) {
  const { format } = useI18n();
  const light = (<span class="shown-light" />) as HTMLElement;
  const text = new Text();
  let brightening: Animation | undefined;
  const draw = (digits: string, isNews: boolean) => {
    if (digits === text.data) return;
    text.data = digits;
    if (!isNews || untrack(() => props.isCalm)) return;
    if (brightening) brightening.currentTime = 0;
    else brightening = light.animate(BRIGHTENING, BRIGHTENING_MS);
  };
  createRenderEffect((wasMoving: boolean) => {
    const { kind, reading, isStill } = props;
    const current = format();
    const digits = () => readingText(kind, reading, current) ?? '–';
    draw(untrack(digits), wasMoving);
    if (isStill) return false;
    // Without an owner: before each step, Solid would ask all the owners above whether they are to take one first.
    const end = createRoot((dispose) => {
      createRenderEffect(() => draw(digits(), true));
      return dispose;
    }, null);
    onCleanup(end);
    return true;
  }, false);
  return (
    <span class="shown-text">
      {light}
      {text}
    </span>
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
