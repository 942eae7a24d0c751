import { A } from '@solidjs/router';
import { createMemo, For, Show } from 'solid-js';
import { lengthOfTime } from '../../lib/age.ts';
import { createNearness } from '../../lib/near.ts';
import { useNow } from '../../lib/now.tsx';
import { ActivityValue } from '../../ui/activity-value.tsx';
import { Icon } from '../../ui/icon.tsx';
import { QuantityValue } from '../../ui/quantity-value.tsx';
import { StateBadge } from '../../ui/state-badge.tsx';
import { MEASURED } from './fleet-entries.ts';
import type { FleetEntry } from './fleet-entry.ts';
import { fleetTexts } from './texts.ts';

/** One heat pump at a glance. */
export function FleetCard(props: {
  entry: FleetEntry;
  /** Without a connection to the server, the state is no longer known. */
  isStale: boolean;
}) {
  const { t, textOr, format } = fleetTexts.use();
  const now = useNow();
  const { isNear, onChange } = createNearness();
  const { heatpump, state, connection, quantity, hasQuantity, alerts, fault } = props.entry;
  const report = () => {
    const code = fault();
    return typeof code === 'number' ? format().number(code, 0) : code;
  };
  const measured = createMemo(() => MEASURED.filter(hasQuantity));
  const hasValues = createMemo(() => measured().some((one) => quantity(one).shown.kind === 'VALUE'));
  const why = () => {
    const { lastError } = state().status;
    const otherwise = t(`stateHelp.${connection()}`);
    return connection() === 'OFFLINE' && lastError ? textOr(`deviceError.${lastError.code}`, otherwise) : otherwise;
  };
  const age = () => {
    const { lastReadAt } = state().status;
    return lastReadAt ? t('fleet.read', lengthOfTime(t, now() - Date.parse(lastReadAt))) : t('fleet.neverRead');
  };
  return (
    <li
      class="card fleet-card"
      classList={{ disabled: connection() === 'DISABLED' }}
      on:contentvisibilityautostatechange={onChange}
    >
      <div class="fleet-card-head">
        <h2>
          <A class="fleet-card-link" href={`/heatpumps/${props.entry.id}`}>
            {state().name}
          </A>
        </h2>
        <StateBadge state={connection()} isStale={props.isStale} />
      </div>
      <p class="muted small">
        {heatpump().manufacturer.name} {heatpump().model.name}
      </p>
      <Show when={alerts() > 0}>
        <Trouble text={t('fleet.alerts', alerts())} />
      </Show>
      <Show when={hasValues()} fallback={<p class="fleet-card-why alone muted">{why()}</p>}>
        <div class="fleet-card-activity">
          <ActivityValue shown={quantity('OPERATING_STATE').shown} />
          <Show when={report()}>{(text) => <Trouble text={t('fleet.fault', text())} />}</Show>
        </div>
        <dl class="fleet-card-values">
          <For each={measured()}>
            {(one) => <QuantityValue quantity={one} value={quantity(one)} isAgeElsewhere isCalm={!isNear()} />}
          </For>
        </dl>
        <Show when={connection() === 'OFFLINE'}>
          <p class="fleet-card-why muted">{why()}</p>
        </Show>
      </Show>
      <p class="muted small fleet-card-age">{age()}</p>
    </li>
  );
}

function Trouble(props: { text: string }) {
  return (
    <p class="fleet-card-trouble">
      <Icon name="DEGRADED" />
      {props.text}
    </p>
  );
}
