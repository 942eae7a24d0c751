import type { ConnectionTest, ConnectionTestCode } from '../domain/connection-test.ts';
import type { Heatpump } from '../domain/heatpump.ts';
import { builder, enumType } from './builder.ts';
import { HeatpumpType } from './heatpump.ts';
import { ReadingType } from './reading.ts';

const ConnectionInput = builder.inputType('ConnectionInput', {
  description: 'Where a heat pump is reached; what is left out is as usual for the model, or stays as it is.',
  fields: (t) => ({
    host: t.string({ description: 'Host name or IP address.' }),
    port: t.int({ description: 'TCP port, 1 to 65535.' }),
    unitId: t.int({ description: 'Modbus unit id, 0 to 255.' }),
    timeoutMs: t.int({ description: 'Deadline of connecting and of each request, 100 to 60000 ms.' }),
  }),
});

const AddHeatpumpInput = builder.inputType('AddHeatpumpInput', {
  description: 'A new heat pump.',
  fields: (t) => ({
    name: t.string({ required: true, description: 'What to call it, 1 to 100 characters.' }),
    manufacturer: t.id({ required: true, description: 'Id of the manufacturer.' }),
    model: t.id({ required: true, description: 'Id of the model.' }),
    connection: t.field({
      type: ConnectionInput,
      required: true,
      description: 'Where it is reached; host is required.',
    }),
    config: t.field({ type: 'JSON', description: 'The own settings of the model; left out: its defaults.' }),
    enabled: t.boolean({ description: 'Whether to read it; left out: true.' }),
    pollIntervalMs: t.int({
      description: 'Time between two polls, 100 to 3600000 ms; null: the default of the server.',
    }),
    readOnly: t.boolean({ description: 'Whether to forbid writing; left out: false.' }),
  }),
});

const UpdateHeatpumpInput = builder.inputType('UpdateHeatpumpInput', {
  description: 'Changes to a heat pump; what is left out stays as it is.',
  fields: (t) => ({
    id: t.id({ required: true, description: 'Which one.' }),
    name: t.string({ description: 'What to call it, 1 to 100 characters.' }),
    manufacturer: t.id({ description: 'Id of the manufacturer.' }),
    model: t.id({ description: 'Id of the model; another model starts with its default config.' }),
    connection: t.field({ type: ConnectionInput, description: 'Where it is reached.' }),
    config: t.field({ type: 'JSON', description: 'The own settings of the model, as a whole.' }),
    enabled: t.boolean({ description: 'Whether to read it.' }),
    pollIntervalMs: t.int({
      description: 'Time between two polls, 100 to 3600000 ms; null: the default of the server.',
    }),
    readOnly: t.boolean({ description: 'Whether to forbid writing.' }),
  }),
});

const RemoveHeatpumpInput = builder.inputType('RemoveHeatpumpInput', {
  description: 'A heat pump to remove.',
  fields: (t) => ({ id: t.id({ required: true, description: 'Which one.' }) }),
});

const SetHeatpumpEnabledInput = builder.inputType('SetHeatpumpEnabledInput', {
  description: 'A heat pump to enable or disable.',
  fields: (t) => ({
    id: t.id({ required: true, description: 'Which one.' }),
    enabled: t.boolean({ required: true, description: 'Whether to read it.' }),
  }),
});

/** An input that names a connection: of a heat pump that exists, or of one that is about to be added. */
export function connectionTargetInput(name: string, description: string) {
  return builder.inputType(name, {
    description,
    fields: (t) => ({
      id: t.id({ description: 'A heat pump that exists; the other fields are then not needed.' }),
      manufacturer: t.id({ description: 'Id of the manufacturer.' }),
      model: t.id({ description: 'Id of the model.' }),
      connection: t.field({ type: ConnectionInput, description: 'Where it is reached.' }),
      config: t.field({ type: 'JSON', description: 'The own settings of the model.' }),
    }),
  });
}

const TestConnectionInput = connectionTargetInput(
  'TestConnectionInput',
  'A connection to test: of a heat pump that exists, or of one that is about to be added.',
);

const ConnectionTestCodeType = enumType<ConnectionTestCode>('ConnectionTestCode', 'What a connection test found.', {
  OK: 'The heat pump answers.',
  DNS_FAILED: 'The host name is not known.',
  REFUSED: 'The host refuses connections at this port.',
  TIMEOUT: 'The host cannot be reached.',
  NO_ANSWER: 'The host accepts the connection and stays silent.',
  WRONG_UNIT: 'Nothing answers under this unit id.',
  WRONG_MODEL: 'It answers, but not like this model.',
  WRONG_VERSION: 'It answers like this model, but speaks another version of its interface.',
  NOT_ALLOWED: 'The address lies outside the networks that may be connected to.',
  PROTOCOL_ERROR: 'The answer is not what the protocol allows.',
});

const ConnectionTestType = builder.objectRef<ConnectionTest>('ConnectionTest').implement({
  description: 'What a test of a connection found. A test only ever reads.',
  fields: (t) => ({
    ok: t.boolean({ description: 'Whether the heat pump can be read.', resolve: ({ code }) => code === 'OK' }),
    code: t.expose('code', { type: ConnectionTestCodeType, description: 'What was found.' }),
    message: t.exposeString('message', { description: 'What happened and what to do next, in English.' }),
    latencyMs: t.exposeFloat('latencyMs', {
      nullable: true,
      description: 'Time of the first answer, in milliseconds.',
    }),
    firmware: t.exposeString('firmware', { nullable: true, description: 'Firmware version, where the device tells.' }),
    readings: t.expose('readings', { type: [ReadingType], description: 'A few values to recognise the heat pump by.' }),
  }),
});

/** A payload type that holds one heat pump. */
function heatpumpPayload(name: string, description: string) {
  return builder.objectRef<{ heatpump: Heatpump }>(name).implement({
    description,
    fields: (t) => ({ heatpump: t.expose('heatpump', { type: HeatpumpType, description: 'As it is now.' }) }),
  });
}

const AddHeatpumpPayload = heatpumpPayload('AddHeatpumpPayload', 'The heat pump that was added.');
const UpdateHeatpumpPayload = heatpumpPayload('UpdateHeatpumpPayload', 'The heat pump that was changed.');
const SetHeatpumpEnabledPayload = heatpumpPayload('SetHeatpumpEnabledPayload', 'The heat pump that was changed.');

const RemoveHeatpumpPayload = builder.objectRef<{ removedId: string }>('RemoveHeatpumpPayload').implement({
  description: 'The heat pump that was removed.',
  fields: (t) => ({ removedId: t.exposeID('removedId', { description: 'Its id; it is never used again.' }) }),
});

const TestConnectionPayload = builder.objectRef<{ result: ConnectionTest }>('TestConnectionPayload').implement({
  description: 'The outcome of a connection test.',
  fields: (t) => ({ result: t.expose('result', { type: ConnectionTestType, description: 'What was found.' }) }),
});

builder.mutationField('addHeatpump', (t) =>
  t.field({
    access: 'ADMIN',
    audit: 'heatpump',
    type: AddHeatpumpPayload,
    description: 'Adds a heat pump and starts reading it.',
    args: { input: t.arg({ type: AddHeatpumpInput, required: true, description: 'The heat pump.' }) },
    resolve: async (_, { input }, { heatpumps }) => ({ heatpump: await heatpumps.add(input) }),
  }),
);

builder.mutationField('updateHeatpump', (t) =>
  t.field({
    access: 'ADMIN',
    audit: 'heatpump',
    type: UpdateHeatpumpPayload,
    description: 'Changes a heat pump; only that one is reconnected, and only if it must be.',
    args: { input: t.arg({ type: UpdateHeatpumpInput, required: true, description: 'The changes.' }) },
    resolve: async (_, { input }, { heatpumps }) => ({ heatpump: await heatpumps.update(input) }),
  }),
);

builder.mutationField('removeHeatpump', (t) =>
  t.field({
    access: 'ADMIN',
    audit: 'heatpump',
    type: RemoveHeatpumpPayload,
    description: 'Removes a heat pump for good.',
    args: { input: t.arg({ type: RemoveHeatpumpInput, required: true, description: 'Which one.' }) },
    resolve: async (_, { input: { id } }, { heatpumps }) => {
      await heatpumps.remove(id);
      return { removedId: id };
    },
  }),
);

builder.mutationField('setHeatpumpEnabled', (t) =>
  t.field({
    access: 'ADMIN',
    audit: 'heatpump',
    type: SetHeatpumpEnabledPayload,
    description: 'Enables or disables a heat pump.',
    args: { input: t.arg({ type: SetHeatpumpEnabledInput, required: true, description: 'Which one, and how.' }) },
    resolve: async (_, { input: { id, enabled } }, { heatpumps }) => ({
      heatpump: await heatpumps.setEnabled(id, enabled),
    }),
  }),
);

builder.mutationField('testConnection', (t) =>
  t.field({
    access: 'ADMIN',
    audit: 'heatpump',
    type: TestConnectionPayload,
    description:
      'Tests a connection by reading a few registers; never writes. A failed test is an answer, not an error.',
    args: { input: t.arg({ type: TestConnectionInput, required: true, description: 'What to test.' }) },
    resolve: async (_, { input }, { heatpumps }) => ({
      result: await heatpumps.testConnection(input),
    }),
  }),
);
