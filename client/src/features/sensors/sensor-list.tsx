import { createMemo, createSignal, For, Show, untrack } from 'solid-js';
import type { PollGroup, SensorCategory } from '../../graphql/generated/types.ts';
import type { Shown } from '../../graphql/shown.ts';
import { lengthOfTime } from '../../lib/age.ts';
import { useNow } from '../../lib/now.tsx';
import type { DetailSensor } from './detail-sensor.ts';
import type { LiveWrites } from './live-writes.ts';
import { createPrinting } from './printing.ts';
import { SensorRow } from './sensor-row.tsx';
import { type SensorFilter, SensorSearch } from './sensor-search.tsx';
import { createSight } from './sight.ts';
import { sensorsTexts } from './texts.ts';

const CATEGORIES: readonly SensorCategory[] = [
  'TEMPERATURE',
  'HUMIDITY',
  'POWER',
  'ENERGY',
  'PRICE',
  'STATUS',
  'BINARY',
  'SETPOINT',
  'CONTROL',
];

/** All sensors by category, found by name or key. */
export function SensorList(props: {
  sensors: readonly DetailSensor[];
  shown: (sensor: DetailSensor) => Shown;
  /** When all of a poll group that is good had been seen so. */
  seenAt: (group: PollGroup) => string | undefined;
  writes: LiveWrites;
  /** Why nothing can be changed; null if it can. */
  locked: string | null;
}) {
  const { t } = sensorsTexts.use();
  const now = useNow();
  const isPrinting = createPrinting();
  const sight = createSight();
  const [filter, setFilter] = createSignal<SensorFilter>({ text: '', onlyWritable: false });
  const found = createMemo(() => props.sensors.filter((sensor) => matches(sensor, filter())));
  const age = (group: PollGroup) => {
    // Once it is known it is told by the clock, not with each event.
    const at = untrack(() => props.seenAt(group)) ?? props.seenAt(group);
    return at ? t(`sensors.read.${group}`, lengthOfTime(t, now() - Date.parse(at))) : '';
  };
  const groups = () => CATEGORIES.filter((category) => found().some((sensor) => sensor.category === category));
  // Rows go by key, so that they stay as they are when the sensors are asked for anew.
  const byKey = createMemo(() => new Map(props.sensors.map((sensor) => [sensor.key, sensor])));
  const keysOf = (category: SensorCategory) =>
    found()
      .filter((sensor) => sensor.category === category)
      .map(({ key }) => key);
  return (
    <section class="sensors" aria-labelledby="sensors-title">
      <div class="sensors-head">
        <h2 id="sensors-title">{t('sensors.title')}</h2>
        <SensorSearch filter={filter()} onChange={setFilter} />
        <p class="muted small">
          <span role="status">{t('sensors.found', found().length)}</span>
          <span class="sensors-age">{age('LIVE')}</span>
          <span class="sensors-age">{age('SETTING')}</span>
        </p>
      </div>
      <Show when={props.locked}>{(reason) => <p class="small muted">{reason()}</p>}</Show>
      <Show when={found().length === 0}>
        <p class="muted">{t('sensors.nothingFound')}</p>
      </Show>
      <For each={groups()}>
        {(category) => (
          <section class="card sensor-group" aria-labelledby={`category-${category}`}>
            <h3 id={`category-${category}`}>{t(`category.${category}`)}</h3>
            <div class="sensor-rows">
              <For each={keysOf(category)}>
                {(key) => (
                  <Show when={byKey().get(key)}>
                    {(sensor) => (
                      <SensorRow
                        sensor={sensor()}
                        shown={props.shown(sensor())}
                        seenAt={props.seenAt(sensor().pollGroup)}
                        isWhole={isPrinting()}
                        sight={sight}
                        writes={props.writes}
                        locked={props.locked}
                      />
                    )}
                  </Show>
                )}
              </For>
            </div>
          </section>
        )}
      </For>
    </section>
  );
}

/** Every word of the search is found in the name or the key. */
function matches({ name, key, access }: DetailSensor, { text, onlyWritable }: SensorFilter): boolean {
  if (onlyWritable && access === 'READ_ONLY') return false;
  const words = text.toLowerCase().split(/\s+/);
  const where = `${name} ${key}`.toLowerCase();
  return words.every((word) => where.includes(word));
}
