import { quantityInfo } from '../domain/quantity.ts';
import type { NoValueReason, QuantityReading } from '../domain/quantity-reading.ts';
import { quantityReadingsOf } from '../domain/quantity-view.ts';
import { builder, enumType } from './builder.ts';
import { HeatpumpType } from './heatpump.ts';
import { QualityType } from './reading.ts';
import { QuantityType } from './sensor.ts';

const NoValueReasonType = enumType<NoValueReason>('NoValueReason', 'Why a quantity that is worked out has no value.', {
  SOURCE_NOT_GOOD: 'A value it is made of is missing, stale or could not be read.',
  NO_RULE_FITS: 'The states that the heat pump shows are none that are known.',
  NOT_HEATING: 'The machine does not heat now.',
  TOO_LITTLE_POWER: 'It draws too little for the figure to mean anything.',
  IMPLAUSIBLE: 'The result is physically impossible, so a source must be wrong.',
});

const QuantityReadingType = builder.objectRef<QuantityReading>('QuantityReading').implement({
  description: 'One quantity of a heat pump or of one of its circuits, comparable between all manufacturers.',
  fields: (t) => ({
    quantity: t.expose('quantity', { type: QuantityType, description: 'What it is.' }),
    circuit: t.exposeString('circuit', {
      nullable: true,
      description: 'The circuit it is of, as the manufacturer names it; null: of the heat pump as a whole.',
    }),
    unit: t.string({
      nullable: true,
      description: 'Its unit, the same for every manufacturer.',
      resolve: ({ quantity }) => quantityInfo(quantity).unit,
    }),
    value: t.exposeFloat('value', {
      nullable: true,
      description:
        'In its unit. Of OPERATING_STATE: 0 off, 1 idle, 2 heating, 3 hot water, 4 cooling, 5 pool, 6 defrost, 7 blocked, 8 fault.',
    }),
    text: t.exposeString('text', {
      nullable: true,
      description: 'The operating state in capitals, e.g. "HOT_WATER"; the name of an option; or a code.',
    }),
    quality: t.expose('quality', { type: QualityType, description: 'How far it can be trusted.' }),
    observedAt: t.expose('observedAt', {
      type: 'DateTime',
      nullable: true,
      description: 'When the heat pump said so; the oldest of several values it is made of.',
    }),
    keys: t.exposeStringList('keys', { description: 'The keys of the sensors it is made of.' }),
    reason: t.expose('reason', {
      type: NoValueReasonType,
      nullable: true,
      description: 'Why it has no value, if it is worked out and could not be.',
    }),
  }),
});

builder.objectField(HeatpumpType, 'quantities', (t) =>
  t.field({
    type: [QuantityReadingType],
    description: 'Its readings in the common vocabulary: asked for the same way whoever made it.',
    args: {
      quantities: t.arg({ type: [QuantityType], description: 'Only these.' }),
      circuit: t.arg.string({
        description: 'Only of this circuit; left out: of all, and of the heat pump as a whole.',
      }),
    },
    resolve: (heatpump, { quantities, circuit }) =>
      quantityReadingsOf(heatpump).filter(
        (reading) =>
          (!quantities || quantities.includes(reading.quantity)) && (!circuit || reading.circuit === circuit),
      ),
  }),
);
