import type { WearReport } from '../heatpumps/wear-ledger.ts';
import { builder } from './builder.ts';
import { HeatpumpType } from './heatpump.ts';

const RegisterWearType = builder.objectRef<WearReport>('RegisterWear').implement({
  description: 'How often a register was written whose memory wears, for the life of the unit.',
  fields: (t) => ({
    key: t.exposeString('key', { description: 'The key of the sensor.' }),
    writes: t.exposeInt('writes', { description: 'Writes that were sent, or may have been.' }),
    budget: t.exposeInt('budget', {
      nullable: true,
      description: 'Writes that the register bears in its life; null: nobody says.',
    }),
    budgetSource: t.exposeString('budgetSource', { nullable: true, description: 'Who says so.' }),
    firstAt: t.expose('firstAt', { type: 'DateTime', description: 'When the first of them was sent.' }),
    lastAt: t.expose('lastAt', { type: 'DateTime', description: 'When the last of them was sent.' }),
    projectedYears: t.exposeFloat('projectedYears', {
      nullable: true,
      description:
        'Years until the budget is used up, at the rate of the last 30 days; null without a budget, writes or a day to go by.',
    }),
    nextWriteAllowedAt: t.expose('nextWriteAllowedAt', {
      type: 'DateTime',
      nullable: true,
      description: 'Until then a write is REJECTED; null: one may come now.',
    }),
    volatileTwin: t.exposeString('volatileTwin', {
      nullable: true,
      description: 'The key of a sensor that does the same without wear; null: none is known.',
    }),
  }),
});

builder.objectField(HeatpumpType, 'wear', (t) =>
  t.field({
    type: [RegisterWearType],
    description: 'The registers written so far whose memory wears, in the order of the manual.',
    resolve: ({ settings }, _, { heatpumps }) => heatpumps.wear(settings.id),
  }),
);
