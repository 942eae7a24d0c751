import type { Hold, HoldProblem, HoldState } from '../domain/hold.ts';
import { builder, enumType } from './builder.ts';
import { HeatpumpType } from './heatpump.ts';

const HoldStateType = enumType<HoldState>('HoldState', 'How far a hold has come.', {
  ACTIVE: 'Its value is refreshed until it expires.',
  RELEASING: 'It is over, and its safe value is yet to be written: the heat pump is not reached, or refused it.',
  RELEASED: 'The safe value was written.',
});

const HoldProblemType = enumType<HoldProblem>('HoldProblem', 'What keeps a value from being held.', {
  UNREACHABLE: 'It could not be sent, or that was not acknowledged.',
  REJECTED: 'The heat pump refused it.',
  CLAMPED: 'The heat pump shows another value since it was written.',
  FOREIGN_WRITE:
    'Somebody else has written another value, or the heat pump has forgotten it. It is written again at the next refresh.',
});

const HoldType = builder.objectRef<Hold>('Hold').implement({
  description: 'A value that the server keeps refreshing for somebody, and gives back when its time is up.',
  fields: (t) => ({
    key: t.exposeString('key', { description: 'The key of the sensor.' }),
    value: t.exposeFloat('value', { description: 'In the unit of the sensor.' }),
    holder: t.exposeString('holder', { description: 'Who holds it.' }),
    actor: t.exposeString('actor', {
      nullable: true,
      description: 'Who has asked for it last, e.g. "token:<name>"; null: nobody knows.',
    }),
    since: t.expose('since', { type: 'DateTime', description: 'When it was first held.' }),
    expiresAt: t.expose('expiresAt', { type: 'DateTime', description: 'When it ends unless its holder asks again.' }),
    lastWrittenAt: t.expose('lastWrittenAt', {
      type: 'DateTime',
      nullable: true,
      description: 'When it was last sent; null: not since the server started.',
    }),
    nextRefreshAt: t.expose('nextRefreshAt', {
      type: 'DateTime',
      nullable: true,
      description: 'When it is written again; null: it is being given back.',
    }),
    state: t.expose('state', { type: HoldStateType, description: 'How far it has come.' }),
    problem: t.expose('problem', {
      type: HoldProblemType,
      nullable: true,
      description: 'What keeps it from being held.',
    }),
  }),
});

const HoldValueInput = builder.inputType('HoldValueInput', {
  description: 'A value to hold.',
  fields: (t) => ({
    heatpumpId: t.id({ description: 'Where; may be left out where there is only one heat pump.' }),
    key: t.string({ required: true, description: 'The key of the sensor.' }),
    value: t.field({ type: 'SensorValue', required: true, description: 'The value.' }),
    ttlMs: t.int({
      required: true,
      description: 'For how long unless the holder asks again, in milliseconds: 10 seconds to 24 hours.',
    }),
    holder: t.string({ required: true, description: 'Who holds it, in up to 100 characters.' }),
  }),
});

const ReleaseHoldInput = builder.inputType('ReleaseHoldInput', {
  description: 'A hold to end.',
  fields: (t) => ({
    heatpumpId: t.id({ description: 'Where; may be left out where there is only one heat pump.' }),
    key: t.string({ required: true, description: 'The key of the sensor.' }),
    holder: t.string({ required: true, description: 'Who holds it.' }),
  }),
});

const payload = (name: string, description: string) =>
  builder.objectRef<{ hold: Hold }>(name).implement({
    description,
    fields: (t) => ({ hold: t.expose('hold', { type: HoldType, description: 'The hold as it is now.' }) }),
  });

builder.mutationField('holdValue', (t) =>
  t.field({
    access: 'OPERATOR',
    audit: 'hold',
    type: payload('HoldValuePayload', 'A value that is held.'),
    description:
      'Writes a value and refreshes it until its time is up; the holder goes on by asking again. CONFLICT if somebody else holds it.',
    args: { input: t.arg({ type: HoldValueInput, required: true, description: 'What to hold.' }) },
    resolve: async (_, { input }, { heatpumps }) => ({ hold: await heatpumps.hold(input) }),
  }),
);

builder.mutationField('releaseHold', (t) =>
  t.field({
    access: 'OPERATOR',
    audit: 'hold',
    type: payload('ReleaseHoldPayload', 'A hold that is over.'),
    description: 'Ends a hold: writes the safe value, now or as soon as the heat pump is reached.',
    args: { input: t.arg({ type: ReleaseHoldInput, required: true, description: 'Which hold to end.' }) },
    resolve: async (_, { input }, { heatpumps }) => ({ hold: await heatpumps.releaseHold(input) }),
  }),
);

builder.objectField(HeatpumpType, 'holds', (t) =>
  t.field({
    type: [HoldType],
    description: 'Its values that are held, oldest first; a change is told by "heatpumpStatus".',
    resolve: ({ settings }, _, { heatpumps }) => heatpumps.holds(settings.id),
  }),
);
