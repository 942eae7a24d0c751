import type { Write, WriteState } from '../domain/write.ts';
import { builder, enumType } from './builder.ts';
import { HeatpumpType } from './heatpump.ts';
import { latestOnly } from './latest-only.ts';

const WriteStateType = enumType<WriteState>('WriteState', 'How a write ended.', {
  PENDING: 'The heat pump acknowledged it; what it made of it is not known yet.',
  CONFIRMED: 'Read back as requested.',
  CLAMPED: 'The heat pump took another value.',
  REJECTED: 'The heat pump refused it, or kept the previous value.',
  UNKNOWN: 'It may or may not have taken effect; it is never repeated by itself.',
});

export const WriteType = builder.objectRef<Write>('Write').implement({
  description: 'One value sent to a heat pump, and what became of it.',
  fields: (t) => ({
    id: t.exposeID('id', { description: 'Identifier.' }),
    heatpump: t.field({
      type: HeatpumpType,
      description: 'Where it was written.',
      resolve: ({ heatpumpId }, _, { heatpumps }) => heatpumps.info(heatpumpId),
    }),
    key: t.exposeString('key', { description: 'The key of the sensor.' }),
    requested: t.exposeFloat('requested', { description: 'The value sent, in the unit of the sensor.' }),
    previous: t.exposeFloat('previous', { nullable: true, description: 'The last value known before.' }),
    confirmed: t.exposeFloat('confirmed', { nullable: true, description: 'The value read back.' }),
    state: t.expose('state', { type: WriteStateType, description: 'What became of it.' }),
    reason: t.exposeString('reason', { nullable: true, description: 'Why it is not confirmed, in English.' }),
    requestedAt: t.expose('requestedAt', { type: 'DateTime', description: 'When it was sent.' }),
    settledAt: t.expose('settledAt', { type: 'DateTime', nullable: true, description: 'When its state was known.' }),
  }),
});

const WriteSensorInput = builder.inputType('WriteSensorInput', {
  description: 'A value to write.',
  fields: (t) => ({
    heatpumpId: t.id({ description: 'Where; may be left out where there is only one heat pump.' }),
    key: t.string({ required: true, description: 'The key of the sensor.' }),
    value: t.field({ type: 'SensorValue', required: true, description: 'The value.' }),
  }),
});

const WriteSensorPayload = builder.objectRef<{ write: Write }>('WriteSensorPayload').implement({
  description: 'A write that the heat pump has been sent.',
  fields: (t) => ({
    write: t.expose('write', {
      type: WriteType,
      description: 'PENDING, REJECTED or UNKNOWN; see the subscription "writes".',
    }),
  }),
});

builder.mutationField('writeSensor', (t) =>
  t.field({
    type: WriteSensorPayload,
    description:
      'Checks and sends a value; answers once the heat pump has acknowledged. What it made of the value follows over "writes".',
    args: { input: t.arg({ type: WriteSensorInput, required: true, description: 'What to write.' }) },
    resolve: async (_, { input }, { heatpumps }) => ({ write: await heatpumps.write(input) }),
  }),
);

builder.subscriptionField('writes', (t) =>
  t.field({
    type: WriteType,
    description: 'Every write from now on, when it is sent and when it has settled.',
    args: { heatpumpIds: t.arg.idList({ description: 'Only to these; left out: to all.' }) },
    subscribe: (_, { heatpumpIds }, { heatpumps }) => {
      const watched = heatpumps.watched(heatpumpIds);
      return latestOnly<Write, Write>(
        (offer) =>
          heatpumps.events.on('write', (write) => {
            if (watched(write.heatpumpId)) offer(`${write.id} ${write.state}`, write);
          }),
        (write) => (heatpumps.find(write.heatpumpId) ? write : null),
      );
    },
    resolve: (write) => write,
  }),
);
