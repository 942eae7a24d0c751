import type { LiveQuantityFragment, Quantity } from '../graphql/generated/types.ts';
import type { Shown } from '../graphql/shown.ts';
import { useI18n } from '../lib/i18n/i18n.tsx';
import { quantityKind } from '../lib/sensor-value.ts';
import { ShownValue } from './shown-value.tsx';
import './quantity-value.css';

/** The colours of quantities, as tokens; the others are neutral. */
const COLOURS: Partial<Record<Quantity, string>> = {
  FLOW_TEMPERATURE: 'flow',
  FLOW_TARGET_TEMPERATURE: 'flow',
  RETURN_TEMPERATURE: 'return',
  OUTDOOR_TEMPERATURE: 'outdoor',
  HOT_WATER_TEMPERATURE: 'hot-water',
  HOT_WATER_TARGET_TEMPERATURE: 'hot-water',
  SOURCE_IN_TEMPERATURE: 'source',
  SOURCE_OUT_TEMPERATURE: 'source',
  ROOM_TEMPERATURE: 'room',
  THERMAL_POWER: 'thermal',
  ELECTRICAL_POWER: 'electrical',
};

/** A quantity as it may be shown. */
export interface ShownQuantity {
  readonly reading: LiveQuantityFragment | undefined;
  readonly shown: Shown;
}

/** A quantity by its name and colour, with its value in large. */
export function QuantityValue(props: { quantity: Quantity; value: ShownQuantity; isAgeElsewhere?: boolean }) {
  const { t } = useI18n();
  const why = () => {
    const reason = props.value.reading?.reason;
    return reason ? t(`noValue.${reason}`) : undefined;
  };
  return (
    <div class="quantity-value">
      <dt class={`quantity-name ${COLOURS[props.quantity] ?? 'neutral'}`}>{t(`quantity.${props.quantity}`)}</dt>
      <dd class="quantity-number">
        <ShownValue
          kind={quantityKind(props.value.reading?.unit ?? null)}
          shown={props.value.shown}
          why={why()}
          isAgeElsewhere={props.isAgeElsewhere}
        />
      </dd>
    </div>
  );
}
