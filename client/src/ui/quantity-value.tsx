import { createMemo } from 'solid-js';
import type { Quantity } from '../graphql/generated/types.ts';
import type { ToldReading } from '../graphql/reading-map.ts';
import type { Shown } from '../graphql/shown.ts';
import { useI18n } from '../lib/i18n/i18n.tsx';
import { quantityKind } from '../lib/sensor-value.ts';
import { quantityColour } from './quantity-colour.ts';
import { ShownValue } from './shown-value.tsx';
import './quantity-value.css';

/** A quantity as it may be shown. */
export interface ShownQuantity {
  readonly reading: ToldReading | undefined;
  readonly shown: Shown;
}

/** A quantity by its name and colour, with its value in large. */
export function QuantityValue(props: {
  quantity: Quantity;
  value: ShownQuantity;
  isAgeElsewhere?: boolean;
  isCalm?: boolean;
}) {
  const { t } = useI18n();
  const value = createMemo(() => props.value);
  const why = () => {
    const reason = value().reading?.reason;
    return reason ? t(`noValue.${reason}`) : undefined;
  };
  return (
    <div class="quantity-value">
      <dt class={`quantity-name ${quantityColour(props.quantity) ?? 'neutral'}`}>{t(`quantity.${props.quantity}`)}</dt>
      <dd class="quantity-number">
        <ShownValue
          kind={quantityKind(value().reading?.unit ?? null)}
          shown={value().shown}
          why={why()}
          isAgeElsewhere={props.isAgeElsewhere}
          isCalm={props.isCalm}
        />
      </dd>
    </div>
  );
}
