import { For, Show } from 'solid-js';
import type { Quantity } from '../../graphql/generated/documents.ts';
import type { Shown } from '../../graphql/shown.ts';
import { useI18n } from '../../lib/i18n/i18n.tsx';
import { ActivityValue } from '../../ui/activity-value.tsx';
import { QuantityValue } from '../../ui/quantity-value.tsx';
import type { DetailSensor } from './heatpump-detail.ts';

/** The quantities shown in large, in this order, where there is a sensor for them. */
const QUANTITIES: readonly Quantity[] = [
  'OUTDOOR_TEMPERATURE',
  'FLOW_TEMPERATURE',
  'RETURN_TEMPERATURE',
  'HOT_WATER_TEMPERATURE',
  'THERMAL_POWER',
  'ELECTRICAL_POWER',
  'SOURCE_IN_TEMPERATURE',
  'SOURCE_OUT_TEMPERATURE',
];

/** What the machine is doing, and the values that say why. */
export function KeyValues(props: { sensors: readonly DetailSensor[]; shown: (sensor: DetailSensor) => Shown }) {
  const { t } = useI18n();
  const sensorOf = (quantity: Quantity) => props.sensors.find((sensor) => sensor.quantity === quantity);
  return (
    <section class="card key-values" aria-label={t('heatpump.values')}>
      <Show when={sensorOf('OPERATING_STATE')}>
        {(sensor) => <ActivityValue sensor={sensor()} shown={props.shown(sensor())} />}
      </Show>
      <dl class="key-values-grid">
        <For each={QUANTITIES}>
          {(quantity) => (
            <Show when={sensorOf(quantity)}>
              {(sensor) => <QuantityValue quantity={quantity} sensor={sensor()} shown={props.shown(sensor())} />}
            </Show>
          )}
        </For>
      </dl>
    </section>
  );
}
