import { A } from '@solidjs/router';
import { For, Show } from 'solid-js';
import type { FleetQuery, HeatpumpStateFragment, Quantity } from '../../graphql/generated/documents.ts';
import type { Shown } from '../../graphql/shown.ts';
import { lengthOfTime } from '../../lib/age.ts';
import { useI18n } from '../../lib/i18n/i18n.tsx';
import { useNow } from '../../lib/now.tsx';
import { ActivityValue } from '../../ui/activity-value.tsx';
import { Icon } from '../../ui/icon.tsx';
import { QuantityValue } from '../../ui/quantity-value.tsx';
import { StateBadge } from '../../ui/state-badge.tsx';

/** One heat pump at a glance. */
export function FleetCard(props: {
  heatpump: FleetQuery['heatpumps'][number];
  state: HeatpumpStateFragment;
  shown: (key: string) => Shown;
  quantities: readonly Quantity[];
}) {
  const { t, format } = useI18n();
  const now = useNow();
  const sensorOf = (quantity: Quantity) => props.heatpump.sensors.find((sensor) => sensor.quantity === quantity);
  const measured = () =>
    props.quantities
      .filter((quantity) => quantity !== 'OPERATING_STATE' && quantity !== 'FAULT')
      .flatMap((quantity) => sensorOf(quantity) ?? []);
  const fault = () => {
    const sensor = sensorOf('FAULT');
    const value = sensor && props.shown(sensor.key);
    return value?.kind === 'VALUE' && value.reading.value ? format().number(value.reading.value, 0) : undefined;
  };
  const age = () => {
    const { lastReadAt } = props.state.status;
    return lastReadAt ? t('fleet.read', lengthOfTime(t, now() - Date.parse(lastReadAt))) : t('fleet.neverRead');
  };
  return (
    <li class="card fleet-card" classList={{ disabled: props.state.status.state === 'DISABLED' }}>
      <div class="fleet-card-head">
        <h2>
          <A class="fleet-card-link" href={`/heatpumps/${props.heatpump.id}`}>
            {props.state.name}
          </A>
        </h2>
        <StateBadge state={props.state.status.state} />
      </div>
      <p class="muted small">
        {props.heatpump.manufacturer.name} {props.heatpump.model.name}
      </p>
      <div class="fleet-card-activity">
        <Show when={sensorOf('OPERATING_STATE')}>
          {(sensor) => <ActivityValue sensor={sensor()} shown={props.shown(sensor().key)} />}
        </Show>
        <Show when={fault()}>
          {(number) => (
            <p class="fleet-card-fault">
              <Icon name="DEGRADED" />
              {t('fleet.fault', number())}
            </p>
          )}
        </Show>
      </div>
      <dl class="fleet-card-values">
        <For each={measured()}>
          {(sensor) => (
            <Show when={sensor.quantity}>
              {(quantity) => (
                <QuantityValue quantity={quantity()} sensor={sensor} shown={props.shown(sensor.key)} isAgeElsewhere />
              )}
            </Show>
          )}
        </For>
      </dl>
      <p class="muted small fleet-card-age">{age()}</p>
    </li>
  );
}
