import { createEffect, createMemo, createSignal, onCleanup, Show, untrack } from 'solid-js';
import { lastSeenAt, type Shown } from '../../graphql/shown.ts';
import { useViewer } from '../../graphql/viewer.tsx';
import { createNearness } from '../../lib/near.ts';
import { sensorKind } from '../../lib/sensor-value.ts';
import { Age } from '../../ui/age.tsx';
import { Icon } from '../../ui/icon.tsx';
import { ShownValue } from '../../ui/shown-value.tsx';
import type { DetailSensor } from './detail-sensor.ts';
import type { LiveWrites } from './live-writes.ts';
import { SensorFacts } from './sensor-facts.tsx';
import type { Sight } from './sight.ts';
import { sensorsTexts } from './texts.ts';
import { WriteControl } from './write-control.tsx';

const NOTHING: Shown = { kind: 'NONE' };

/** One sensor: name, value and age; opened, how to change it and where it comes from. */
export function SensorRow(props: {
  sensor: DetailSensor;
  shown: Shown;
  /** When all that is read as often and is good had been seen so. */
  seenAt: string | undefined;
  /** Show the value wherever the row is. */
  isWhole: boolean;
  sight: Sight;
  writes: LiveWrites;
  /** Why nothing can be changed; null if it can. */
  locked: string | null;
}) {
  const { t } = sensorsTexts.use();
  const { may } = useViewer();
  const progress = () => props.writes.progress(props.sensor.key);
  // A row that a search brings back is open if a value was written: nobody shall lose sight of what becomes of it.
  const isOpenAtFirst = untrack(() => progress() !== undefined);
  const [wasOpened, setWasOpened] = createSignal(isOpenAtFirst);
  const { isNear, onChange: onNearChange } = createNearness();
  const [isSeen, setSeen] = createSignal(false);
  let row: HTMLDetailsElement | undefined;
  // Of the few rows that the browser lays out, it is asked which ones are seen.
  createEffect(() => {
    if (isNear() && row) onCleanup(props.sight.watch(row, setSeen));
  });
  const isDrawn = () => isNear() || props.isWhole;
  // Beside the screen the value only takes its room: it costs nothing when it changes, and nobody sees that it is old.
  const isUnseen = () => !isSeen() && !props.isWhole;
  const shown = createMemo((): Shown => (isDrawn() || wasOpened() ? props.shown : NOTHING));
  const kind = createMemo(() => sensorKind(props.sensor));
  // What is good was seen again since it last changed.
  const since = () => {
    const current = shown();
    return current.kind === 'VALUE' ? (lastSeenAt(current.reading, props.seenAt) ?? undefined) : undefined;
  };
  // The age of what is fresh stands above the list, once for all.
  const isOld = () => {
    const current = shown();
    return current.kind === 'VALUE' && current.isStale;
  };
  const isWritable = () => props.sensor.access !== 'READ_ONLY' && may('OPERATOR');
  const lock = () => {
    if (props.locked || props.sensor.access === 'WRITE_ONLY') return props.locked;
    const current = shown();
    const isKnown = current.kind === 'MISSING' || (current.kind === 'VALUE' && !current.isStale);
    return isKnown ? null : t('write.lockedStale');
  };
  return (
    <details
      ref={row}
      class="sensor-row"
      data-key={props.sensor.key}
      open={isOpenAtFirst}
      onToggle={() => setWasOpened(true)}
      on:contentvisibilityautostatechange={onNearChange}
    >
      <summary>
        <span class="sensor-name">
          {props.sensor.name}
          <Show when={isWritable()}>
            <span class="sensor-writable" title={t('sensors.writable')}>
              <Icon name="edit" />
              <span class="visually-hidden">{t('sensors.writable')}</span>
            </span>
          </Show>
        </span>
        <span class="sensor-value" classList={{ unseen: isUnseen() }}>
          <Show
            when={props.sensor.access !== 'WRITE_ONLY'}
            fallback={<span class="shown-value none">{t('quality.WRITE_ONLY')}</span>}
          >
            <Show when={isDrawn()}>
              <ShownValue kind={kind()} shown={shown()} isAgeElsewhere isStill={isUnseen()} />
            </Show>
          </Show>
        </span>
        <span class="sensor-age">
          <Show when={isOld() && since()}>{(at) => <Age since={at()} />}</Show>
        </span>
      </summary>
      <Show when={wasOpened()}>
        <div class="sensor-details">
          <Show when={isWritable()}>
            <WriteControl
              sensor={props.sensor}
              current={numberIn(shown())}
              progress={progress()}
              locked={lock()}
              onSend={(value) => props.writes.send(props.sensor.key, value)}
              onUndo={props.writes.undo}
            />
          </Show>
          <SensorFacts sensor={props.sensor} since={since()} />
        </div>
      </Show>
    </details>
  );
}

function numberIn(shown: Shown): number | null {
  return shown.kind === 'VALUE' ? shown.reading.value : null;
}
