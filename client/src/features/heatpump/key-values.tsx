import { For } from 'solid-js';
import type { Quantity } from '../../graphql/generated/types.ts';
import { ActivityValue } from '../../ui/activity-value.tsx';
import { QuantityValue, type ShownQuantity } from '../../ui/quantity-value.tsx';
import { heatpumpTexts } from './texts.ts';

/** What the machine is doing, and the values that say why. */
export function KeyValues(props: {
  quantities: readonly Quantity[];
  quantityOf: (quantity: Quantity) => ShownQuantity;
}) {
  const { t } = heatpumpTexts.use();
  return (
    <section class="card key-values" aria-label={t('heatpump.values')}>
      <ActivityValue shown={props.quantityOf('OPERATING_STATE').shown} />
      <dl class="key-values-grid">
        <For each={props.quantities}>
          {(quantity) => <QuantityValue quantity={quantity} value={props.quantityOf(quantity)} />}
        </For>
      </dl>
    </section>
  );
}
