import { createMemo, createSignal, For, onCleanup, onMount, Show } from 'solid-js';
import type { SensorCategory } from '../../graphql/generated/documents.ts';
import type { Shown } from '../../graphql/shown.ts';
import { useI18n } from '../../lib/i18n/i18n.tsx';
import { isTyping } from '../../lib/keyboard.ts';
import type { DetailSensor } from './heatpump-detail.ts';
import type { LiveWrites } from './live-writes.ts';
import { SensorRow } from './sensor-row.tsx';

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
  writes: LiveWrites;
  /** Why nothing can be changed; null if it can. */
  locked: string | null;
}) {
  const { t } = useI18n();
  const [search, setSearch] = createSignal('');
  const [onlyWritable, setOnlyWritable] = createSignal(false);
  const found = createMemo(() =>
    props.sensors.filter((sensor) => matches(sensor, search()) && (!onlyWritable() || sensor.access !== 'READ_ONLY')),
  );
  const groups = () => CATEGORIES.filter((category) => found().some((sensor) => sensor.category === category));
  // Rows go by key, so that they stay as they are when the sensors are asked for anew.
  const byKey = createMemo(() => new Map(props.sensors.map((sensor) => [sensor.key, sensor])));
  const keysOf = (category: SensorCategory) =>
    found()
      .filter((sensor) => sensor.category === category)
      .map(({ key }) => key);
  let input: HTMLInputElement | undefined;
  onMount(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.key !== '/' || isTyping(event)) return;
      event.preventDefault();
      input?.focus();
    };
    document.addEventListener('keydown', onKey);
    onCleanup(() => document.removeEventListener('keydown', onKey));
  });
  return (
    <section class="sensors" aria-labelledby="sensors-title">
      <div class="sensors-head">
        <h2 id="sensors-title">{t('heatpump.sensors')}</h2>
        <search class="sensors-search">
          <input
            ref={input}
            type="search"
            aria-label={t('heatpump.search')}
            aria-keyshortcuts="/"
            placeholder={`${t('heatpump.search')}  ( / )`}
            value={search()}
            onInput={(event) => setSearch(event.currentTarget.value)}
          />
          <label class="check">
            <input
              type="checkbox"
              checked={onlyWritable()}
              onChange={(event) => setOnlyWritable(event.currentTarget.checked)}
            />
            {t('heatpump.onlyWritable')}
          </label>
        </search>
        <p class="muted small" role="status">
          {t('heatpump.found', found().length)}
        </p>
      </div>
      <Show when={props.locked}>{(reason) => <p class="small muted">{reason()}</p>}</Show>
      <Show when={found().length === 0}>
        <p class="muted">{t('heatpump.nothingFound')}</p>
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
function matches({ name, key }: DetailSensor, search: string): boolean {
  const text = `${name} ${key}`.toLowerCase();
  return search
    .toLowerCase()
    .split(/\s+/)
    .every((word) => text.includes(word));
}
