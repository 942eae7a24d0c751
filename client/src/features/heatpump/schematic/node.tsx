import { type JSX, type ParentProps, Show } from 'solid-js';
import type { Quantity } from '../../../graphql/generated/types.ts';
import { useI18n } from '../../../lib/i18n/i18n.tsx';
import { quantityKind } from '../../../lib/sensor-value.ts';
import { ShownValue } from '../../../ui/shown-value.tsx';
import { useHeatpump } from '../heatpump-view.tsx';

/** A part of the plant: its name, and what is known of it. */
export function Node(props: ParentProps<{ name: string; kind: string; symbol?: JSX.Element }>) {
  return (
    <section class={`schematic-node ${props.kind}`}>
      <h3>
        {props.name}
        {props.symbol}
      </h3>
      <dl>{props.children}</dl>
    </section>
  );
}

/** A value of a part, where the plant has such; the main one goes by the name of the part. */
export function NodeValue(props: { quantity: Quantity; circuit?: string; isMain?: boolean; name?: string }) {
  const { t } = useI18n();
  const { quantity, hasQuantity } = useHeatpump();
  const value = () => quantity(props.quantity, props.circuit);
  return (
    <Show when={hasQuantity(props.quantity, props.circuit) && value().shown.kind !== 'MISSING'}>
      <div class="schematic-value" classList={{ main: props.isMain === true }}>
        <dt classList={{ 'visually-hidden': props.isMain === true }}>
          {props.name ?? t(`quantity.${props.quantity}`)}
        </dt>
        <dd>
          <ShownValue kind={quantityKind(value().reading?.unit ?? null)} shown={value().shown} isAgeElsewhere />
        </dd>
      </div>
    </Show>
  );
}
