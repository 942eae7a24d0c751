import { For } from 'solid-js';
import type { Quantity } from '../../graphql/generated/types.ts';
import { QuantityValue, type ShownQuantity } from '../../ui/quantity-value.tsx';
import { heatpumpTexts } from './texts.ts';

/** The values that say why the machine does what it does. */
export function KeyValues(props: {
  quantities: readonly Quantity[];
  quantityOf: (quantity: Quantity) => ShownQuantity;
}) {
  const { t } = heatpumpTexts.use();
  return (
    <section class="card key-values" aria-label={t('heatpump.values')}>
      <dl class="key-values-grid">
        <For each={props.quantities}>
          {(quantity) => <QuantityValue quantity={quantity} value={props.quantityOf(quantity)} />}
        </For>
      </dl>
    </section>
  );
}
