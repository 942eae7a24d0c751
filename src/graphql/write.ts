import type { Write, WriteState } from '../domain/write.ts';
import type { WritePage } from '../domain/write-store.ts';
import { check, whole } from '../input/check.ts';
import { builder, enumType } from './builder.ts';
import { HeatpumpType } from './heatpump.ts';
import { latestOnly } from './latest-only.ts';

const WriteStateType = enumType<WriteState>('WriteState', 'How a write ended.', {
  PENDING: 'The heat pump acknowledged it; what it made of it is not known yet.',
  CONFIRMED: 'Read back as requested.',
  CLAMPED: 'The heat pump took another value.',
  REJECTED: 'The heat pump refused it or kept the previous value, or it came too often for a register that wears.',
  UNKNOWN: 'It may or may not have taken effect. It is never repeated; the next good read of the register settles it.',
});

export const WriteType = builder.objectRef<Write>('Write').implement({
  description: 'One value for a heat pump, and what became of it.',
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
    reason: t.exposeString('reason', {
      nullable: true,
      description: 'How it came to its state, where that is not plain, in English.',
    }),
    origin: t.exposeString('origin', {
      description:
        'Who asked for it: "user:<name>", "token:<name>", "ADMIN_TOKEN", "api" on an open server, "job:<id>", "hold:<holder>", "undo:<write id>" or "restore:<snapshot id>".',
    }),
    requestedAt: t.expose('requestedAt', {
      type: 'DateTime',
      description: 'When it was asked for; of a held value, when it was first sent.',
    }),
    settledAt: t.expose('settledAt', {
      type: 'DateTime',
      nullable: true,
      description: 'When its state became final; null while a read may still change it.',
    }),
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
  description: 'A write that was sent, or need not or must not be.',
  fields: (t) => ({
    write: t.expose('write', {
      type: WriteType,
      description:
        'PENDING, REJECTED or UNKNOWN, or CONFIRMED if the value is there already; see the subscription "writes".',
    }),
  }),
});

builder.mutationField('writeSensor', (t) =>
  t.field({
    access: 'OPERATOR',
    audit: 'sensor',
    type: WriteSensorPayload,
    description:
      'Checks and sends a value; answers once the heat pump has acknowledged. What it made of the value follows over "writes".',
    args: { input: t.arg({ type: WriteSensorInput, required: true, description: 'What to write.' }) },
    resolve: async (_, { input }, { heatpumps }) => ({ write: await heatpumps.write(input) }),
  }),
);

const WritePageType = builder.objectRef<WritePage>('WritePage').implement({
  description: 'A part of the writes, newest first.',
  fields: (t) => ({
    writes: t.expose('writes', { type: [WriteType], description: 'The writes.' }),
    nextCursor: t.exposeString('nextCursor', {
      nullable: true,
      description: 'What to pass as "after" for the next page; null: there is none.',
    }),
  }),
});

/** Writes on a page at most. */
const MAX_PAGE = 200;

builder.queryField('writes', (t) =>
  t.field({
    access: 'VIEWER',
    type: WritePageType,
    description: 'The writes so far, newest first; the last 10,000 of each heat pump are kept.',
    args: {
      heatpumpId: t.arg.id({ description: 'Only of this heat pump; left out: of all.' }),
      key: t.arg.string({ description: 'Only of this sensor.' }),
      first: t.arg.int({ defaultValue: 50, description: `How many, 1 to ${MAX_PAGE}.` }),
      after: t.arg.string({ description: 'The nextCursor of the page before.' }),
    },
    resolve: async (_, { heatpumpId, key, first, after }, { heatpumps }) => {
      const page = await heatpumps.writes({
        heatpumpId,
        key,
        first: check(whole(1, MAX_PAGE), first, ['first']),
        after,
      });
      return { ...page, writes: page.writes.filter((write) => heatpumps.find(write.heatpumpId)) };
    },
  }),
);

builder.subscriptionField('writes', (t) =>
  t.field({
    access: 'VIEWER',
    type: WriteType,
    description: 'Every write from now on, when it is sent and whenever its state changes.',
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
