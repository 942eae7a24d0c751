import { isAtLeast } from '../domain/access.ts';
import { DEVICE_ERROR_CODE_NAMES, isRetryable, plainText } from '../domain/device-error.ts';
import type { ConnectionSettings, ConnectionState, Heatpump, HeatpumpStatus, PollStats } from '../domain/heatpump.ts';
import { intervalInForce, readingsOf } from '../domain/heatpump.ts';
import { quantitiesOf } from '../domain/quantity-view.ts';
import { isWritable } from '../domain/sensor.ts';
import { builder, enumType } from './builder.ts';
import { latestOnly } from './latest-only.ts';
import { CapabilitiesType, HeatpumpModelType, ManufacturerType } from './model.ts';
import { PaceType } from './pace.ts';
import { ReadingType } from './reading.ts';
import { SensorCategoryType, SensorType } from './sensor.ts';

const ConnectionStateType = enumType<ConnectionState>('ConnectionState', 'How far a heat pump can be reached.', {
  DISABLED: 'Switched off by the user; not talked to.',
  CONNECTING: 'No poll has ended yet.',
  ONLINE: 'The last poll read everything.',
  DEGRADED: 'Some registers could not be read, or the last poll failed and its readings are still fresh.',
  OFFLINE: 'Not reached; readings are stale, or there are none.',
});

const ConnectionSettingsType = builder.objectRef<ConnectionSettings>('ConnectionSettings').implement({
  description: 'Where a heat pump is reached.',
  fields: (t) => ({
    host: t.exposeString('host', { description: 'Host name or IP address.' }),
    port: t.exposeInt('port', { description: 'TCP port.' }),
    unitId: t.exposeInt('unitId', { description: 'Modbus unit id.' }),
    timeoutMs: t.exposeInt('timeoutMs', { description: 'Deadline of connecting and of each request, in ms.' }),
  }),
});

const PollStatsType = builder.objectRef<PollStats>('PollStats').implement({
  description: 'What a complete poll cost.',
  fields: (t) => ({
    durationMs: t.exposeInt('durationMs', { description: 'How long it took, in milliseconds.' }),
    requests: t.exposeInt('requests', { description: 'Modbus requests sent.' }),
    registers: t.exposeInt('registers', { description: 'Registers (words) read.' }),
  }),
});

const DeviceErrorType = builder.objectRef<NonNullable<HeatpumpStatus['lastError']>>('DeviceError').implement({
  description: 'A failed exchange with a heat pump.',
  fields: (t) => ({
    code: t.exposeString('code', { description: `One of ${DEVICE_ERROR_CODE_NAMES.join(', ')}.` }),
    message: t.string({
      description: 'What happened, in English; with the address only for the role OPERATOR.',
      resolve: ({ code, message }, _, { access }) => (isAtLeast(access.role, 'OPERATOR') ? message : plainText(code)),
    }),
    isRetryable: t.boolean({
      description: 'Whether the same may work later, with nothing changed.',
      resolve: ({ code }) => isRetryable(code),
    }),
    at: t.expose('at', { type: 'DateTime', description: 'When it happened.' }),
  }),
});

const HeatpumpStatusType = builder.objectRef<HeatpumpStatus>('HeatpumpStatus').implement({
  description: 'How a heat pump is doing.',
  fields: (t) => ({
    state: t.expose('state', { type: ConnectionStateType, description: 'How far it can be reached.' }),
    since: t.expose('since', { type: 'DateTime', description: 'When it came into this state.' }),
    lastReadAt: t.expose('lastReadAt', {
      type: 'DateTime',
      nullable: true,
      description: 'End of the last complete poll.',
    }),
    lastError: t.expose('lastError', { type: DeviceErrorType, nullable: true, description: 'The last failure.' }),
    consecutiveFailures: t.exposeInt('consecutiveFailures', { description: 'Failures since the last success.' }),
    nextAttemptAt: t.expose('nextAttemptAt', {
      type: 'DateTime',
      nullable: true,
      description: 'When it is read next.',
    }),
    lastPoll: t.expose('lastPoll', { type: PollStatsType, nullable: true, description: 'Cost of the last poll.' }),
    pace: t.expose('pace', {
      type: PaceType,
      nullable: true,
      description: 'How fast it was read last, and why; null while it is disabled or was not tried yet.',
    }),
  }),
});

export const HeatpumpType = builder.objectRef<Heatpump>('Heatpump');
HeatpumpType.implement({
  description: 'A heat pump as it was at the moment of the answer.',
  fields: (t) => ({
    id: t.id({ description: 'Identifier.', resolve: ({ settings }) => settings.id }),
    name: t.string({ description: 'What its owner calls it.', resolve: ({ settings }) => settings.name }),
    enabled: t.boolean({ description: 'Whether it is read.', resolve: ({ settings }) => settings.enabled }),
    isDefault: t.exposeBoolean('isDefault', { description: 'Whether it is meant where none is named.' }),
    readOnly: t.boolean({
      description: 'Whether writing is forbidden altogether.',
      resolve: ({ settings }) => settings.readOnly,
    }),
    manufacturer: t.field({
      type: ManufacturerType,
      description: 'Who made it.',
      resolve: ({ model }) => model.manufacturer,
    }),
    model: t.expose('model', { type: HeatpumpModelType, description: 'What it is.' }),
    connection: t.field({
      type: ConnectionSettingsType,
      access: 'OPERATOR',
      description: 'Where it is reached.',
      resolve: ({ settings }) => settings.connection,
    }),
    config: t.field({
      type: 'JSON',
      description: 'The own settings of its model.',
      resolve: ({ settings }) => settings.config,
    }),
    pollIntervalMs: t.exposeInt('pollIntervalMs', { description: 'Time between two polls, in milliseconds.' }),
    currentPollIntervalMs: t.int({
      description: 'The same as it is now: longer while a poll takes longer.',
      resolve: intervalInForce,
    }),
    capabilities: t.field({
      type: CapabilitiesType,
      description: 'What it can do and tell.',
      resolve: ({ model, settings, sensors }) => ({
        ...model.capabilities(settings.config),
        quantities: quantitiesOf(sensors),
      }),
    }),
    status: t.expose('status', { type: HeatpumpStatusType, description: 'How it is doing.' }),
    readings: t.field({
      type: [ReadingType],
      description: 'Its readings; before the first poll, and while it is disabled, all are FAILED.',
      args: { keys: t.arg.stringList({ description: 'Only of these sensors.' }) },
      resolve: (heatpump, { keys }) => {
        const readings = readingsOf(heatpump);
        return keys ? readings.filter(({ sensor }) => keys.includes(sensor.key)) : readings;
      },
    }),
    createdAt: t.field({
      type: 'DateTime',
      description: 'When it was added.',
      resolve: ({ settings }) => settings.createdAt,
    }),
    updatedAt: t.field({
      type: 'DateTime',
      description: 'When its settings were last changed.',
      resolve: ({ settings }) => settings.updatedAt,
    }),
  }),
});

builder.objectField(HeatpumpType, 'sensors', (t) =>
  t.field({
    type: [SensorType],
    description: 'Its sensors, in the order of the manual; not those that its device does not have.',
    args: {
      keys: t.arg.stringList({ description: 'Only these.' }),
      categories: t.arg({ type: [SensorCategoryType], description: 'Only of these categories.' }),
      writable: t.arg.boolean({ description: 'Only those that can, or cannot, be written.' }),
    },
    resolve: ({ sensors }, { keys, categories, writable }) =>
      sensors.filter(
        (sensor) =>
          (!keys || keys.includes(sensor.key)) &&
          (!categories || categories.includes(sensor.category)) &&
          (writable === null || writable === undefined || writable === isWritable(sensor)),
      ),
  }),
);

builder.objectField(HeatpumpType, 'firmware', (t) =>
  t.string({
    nullable: true,
    description: 'The firmware version its device last told; null before it was asked, and if it does not tell.',
    resolve: ({ identity }) => identity?.firmware,
  }),
);

builder.queryField('heatpumps', (t) =>
  t.field({
    access: 'VIEWER',
    type: [HeatpumpType],
    description: 'All heat pumps, oldest first.',
    resolve: (_, __, { heatpumps }) => heatpumps.list(),
  }),
);

builder.queryField('heatpump', (t) =>
  t.field({
    access: 'VIEWER',
    type: HeatpumpType,
    nullable: true,
    description: 'One heat pump, null if there is none; without an id the default one.',
    args: {
      id: t.arg.id({ description: 'Its id; left out: the imported one, else the oldest enabled, else the oldest.' }),
    },
    resolve: (_, { id }, { heatpumps }) => (id ? heatpumps.find(id) : heatpumps.default()),
  }),
);

builder.subscriptionField('heatpumpStatus', (t) =>
  t.field({
    access: 'VIEWER',
    type: HeatpumpType,
    description: 'Each heat pump as it is now, and again whenever its settings or its status change.',
    args: { heatpumpIds: t.arg.idList({ description: 'Only these; left out: all, also those added later.' }) },
    subscribe: (_, { heatpumpIds }, { heatpumps }) => {
      const watched = heatpumps.watched(heatpumpIds);
      return latestOnly<string, Heatpump>(
        (offer) => {
          for (const { settings } of heatpumps.list()) if (watched(settings.id)) offer(settings.id, settings.id);
          return heatpumps.events.on('heatpump', ({ heatpumpId }) => {
            if (watched(heatpumpId)) offer(heatpumpId, heatpumpId);
          });
        },
        (id) => heatpumps.find(id),
      );
    },
    resolve: (heatpump) => heatpump,
  }),
);
