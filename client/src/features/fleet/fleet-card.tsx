import { A } from '@solidjs/router';
import { For, Show } from 'solid-js';
import type { FleetQuery, HeatpumpStateFragment, Quantity } from '../../graphql/generated/types.ts';
import { lengthOfTime } from '../../lib/age.ts';
import { useNow } from '../../lib/now.tsx';
import { ActivityValue } from '../../ui/activity-value.tsx';
import { Icon } from '../../ui/icon.tsx';
import { QuantityValue, type ShownQuantity } from '../../ui/quantity-value.tsx';
import { StateBadge } from '../../ui/state-badge.tsx';
import { faultOf } from './fault.ts';
import { fleetTexts } from './texts.ts';

/** One heat pump at a glance. */
export function FleetCard(props: {
  heatpump: FleetQuery['heatpumps'][number];
  state: HeatpumpStateFragment;
  quantityOf: (quantity: Quantity) => ShownQuantity;
  measured: readonly Quantity[];
  /** Without a connection to the server, the state is no longer known. */
  isStale: boolean;
}) {
  const { t, textOr, format } = fleetTexts.use();
  const now = useNow();
  const fault = () => {
    const report = faultOf(props.quantityOf);
    return typeof report === 'number' ? format().number(report, 0) : report;
  };
  const hasValues = () => props.measured.some((quantity) => props.quantityOf(quantity).shown.kind === 'VALUE');
  const why = () => {
    const { state, lastError } = props.state.status;
    const otherwise = t(`stateHelp.${state}`);
    return state === 'OFFLINE' && lastError ? textOr(`deviceError.${lastError.code}`, lastError.message) : otherwise;
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
        <StateBadge state={props.state.status.state} isStale={props.isStale} />
      </div>
      <p class="muted small">
        {props.heatpump.manufacturer.name} {props.heatpump.model.name}
      </p>
      <Show when={hasValues()} fallback={<p class="fleet-card-why alone muted">{why()}</p>}>
        <div class="fleet-card-activity">
          <ActivityValue shown={props.quantityOf('OPERATING_STATE').shown} />
          <Show when={fault()}>
            {(report) => (
              <p class="fleet-card-fault">
                <Icon name="DEGRADED" />
                {t('fleet.fault', report())}
              </p>
            )}
          </Show>
        </div>
        <dl class="fleet-card-values">
          <For each={props.measured}>
            {(quantity) => <QuantityValue quantity={quantity} value={props.quantityOf(quantity)} isAgeElsewhere />}
          </For>
        </dl>
        <Show when={props.state.status.state === 'OFFLINE'}>
          <p class="fleet-card-why muted">{why()}</p>
        </Show>
      </Show>
      <p class="muted small fleet-card-age">{age()}</p>
    </li>
  );
}
