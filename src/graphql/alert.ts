import type { AlertStateView } from '../alerts/alert-manager.ts';
import type { Alert, AlertEvent, AlertRule, AlertRuleType, AlertStateName, Comparison } from '../domain/alert.ts';
import { AppError } from '../domain/errors.ts';
import { builder, enumType } from './builder.ts';
import { ChannelObject } from './channel.ts';
import { HeatpumpType } from './heatpump.ts';
import { latestOnly } from './latest-only.ts';
import { QuantityType } from './sensor.ts';

export const AlertRuleTypeType = enumType<AlertRuleType>('AlertRuleType', 'What can be wrong.', {
  THRESHOLD: 'A value is above or below a limit.',
  NO_DATA: 'A value is not GOOD.',
  OFFLINE: 'The heat pump is not reached.',
  FAULT: 'The heat pump reports a fault.',
  UNEXPECTED_OPTION: 'A state is none of the expected, or unknown.',
});

export const ComparisonType = enumType<Comparison>('Comparison', 'On which side of its threshold a value is wrong.', {
  ABOVE: 'Above it.',
  BELOW: 'Below it.',
});

const AlertStateNameType = enumType<AlertStateName>('AlertStateName', 'How an alert is doing for one heat pump.', {
  OK: 'Its condition does not hold.',
  PENDING: 'Its condition holds, but not long enough yet.',
  FIRING: 'Its condition has held long enough; its channels were told.',
});

/** The fields of any rule; those of other types are null. */
type AnyRule = Pick<AlertRule, 'type' | 'durationMs'> &
  Partial<Omit<Extract<AlertRule, { type: 'THRESHOLD' }>, 'type' | 'durationMs'>> & {
    readonly options?: readonly string[];
  };

const AlertRuleObject = builder.objectRef<AnyRule>('AlertRule').implement({
  description: 'When an alert fires; fields that its type does not have are null.',
  fields: (t) => ({
    type: t.expose('type', { type: AlertRuleTypeType, description: 'What can be wrong.' }),
    key: t.string({ nullable: true, description: 'Key of the sensor watched.', resolve: ({ key }) => key ?? null }),
    quantity: t.field({
      type: QuantityType,
      nullable: true,
      description: 'Quantity watched, if not a sensor.',
      resolve: ({ quantity }) => quantity ?? null,
    }),
    circuit: t.string({
      nullable: true,
      description: 'Circuit the quantity is of; null: of the heat pump as a whole.',
      resolve: ({ circuit }) => circuit ?? null,
    }),
    comparison: t.field({
      type: ComparisonType,
      nullable: true,
      description: 'On which side of the threshold the value is wrong.',
      resolve: ({ comparison }) => comparison ?? null,
    }),
    threshold: t.float({
      nullable: true,
      description: 'In the unit of the sensor or quantity.',
      resolve: ({ threshold }) => threshold ?? null,
    }),
    hysteresis: t.float({
      nullable: true,
      description: 'How far the value must come back behind the threshold for the condition to end, in the same unit.',
      resolve: ({ hysteresis }) => hysteresis ?? null,
    }),
    options: t.stringList({
      description: 'Names of the expected options; empty: every one that is known.',
      resolve: ({ options }) => [...(options ?? [])],
    }),
    durationMs: t.exposeInt('durationMs', {
      description: 'How long the condition must hold before the alert fires, in milliseconds.',
    }),
  }),
});

const AlertStateType = builder.objectRef<AlertStateView>('AlertState').implement({
  description: 'How an alert is doing for one heat pump.',
  fields: (t) => ({
    heatpump: t.expose('heatpump', { type: HeatpumpType, description: 'The heat pump.' }),
    state: t.expose('state', { type: AlertStateNameType, description: 'The state.' }),
    since: t.expose('since', {
      type: 'DateTime',
      nullable: true,
      description: 'When it came into this state; null: it has never been in another.',
    }),
    acknowledgedAt: t.expose('acknowledgedAt', {
      type: 'DateTime',
      nullable: true,
      description: 'When somebody took notice; only while firing.',
    }),
    value: t.exposeFloat('value', { nullable: true, description: 'The value that brought it into this state.' }),
    text: t.exposeString('text', { nullable: true, description: 'Text of that value.' }),
    isKnown: t.exposeBoolean('isKnown', {
      description:
        'Whether the condition can be told now; false before the first poll, and while the value is missing or too old.',
    }),
  }),
});

export const AlertType = builder.objectRef<Alert>('Alert').implement({
  description: 'Something to be told about.',
  fields: (t) => ({
    id: t.exposeID('id', { description: 'Identifier.' }),
    name: t.exposeString('name', { description: 'What it is called.' }),
    heatpump: t.field({
      type: HeatpumpType,
      nullable: true,
      description: 'The heat pump it watches; null: every one.',
      resolve: ({ heatpumpId }, _, { heatpumps }) => (heatpumpId === null ? null : heatpumps.find(heatpumpId)),
    }),
    rule: t.field({
      type: AlertRuleObject,
      description: 'When it fires.',
      resolve: ({ rule }): AnyRule => rule,
    }),
    states: t.field({
      type: [AlertStateType],
      description: 'How it is doing, for every heat pump that it watches.',
      args: { heatpumpId: t.arg.id({ description: 'Only for this one.' }) },
      resolve: (alert, { heatpumpId }, { alerts }) => alerts.states(alert, heatpumpId),
    }),
    channels: t.field({
      type: [ChannelObject],
      description: 'Who is told.',
      resolve: ({ channelIds }, _, { channels }) => channelIds.flatMap((id) => channels.find(id) ?? []),
    }),
    message: t.exposeString('message', {
      nullable: true,
      description: 'Its message with placeholders; null: the usual one in the language of each channel.',
    }),
    repeatEveryMs: t.exposeInt('repeatEveryMs', {
      nullable: true,
      description: 'Time between reminders while it fires unacknowledged, in milliseconds; null: none.',
    }),
    enabled: t.exposeBoolean('enabled', { description: 'Whether it is evaluated.' }),
    createdAt: t.expose('createdAt', { type: 'DateTime', description: 'When it was added.' }),
    updatedAt: t.expose('updatedAt', { type: 'DateTime', description: 'When it was last changed.' }),
  }),
});

const AlertEventType = builder.objectRef<AlertEvent>('AlertEvent').implement({
  description: 'A change of the state of an alert for one heat pump, or its acknowledgement.',
  fields: (t) => ({
    alert: t.field({
      type: AlertType,
      description: 'The alert as it is now.',
      resolve: ({ alertId }, _, { alerts }) => {
        const alert = alerts.find(alertId);
        if (alert) return alert;
        throw new AppError('NOT_FOUND', 'the alert was deleted meanwhile');
      },
    }),
    heatpump: t.field({
      type: HeatpumpType,
      description: 'The heat pump it is about.',
      resolve: ({ heatpumpId }, _, { heatpumps }) => heatpumps.info(heatpumpId),
    }),
    state: t.expose('state', { type: AlertStateNameType, description: 'The new state.' }),
    previous: t.expose('previous', {
      type: AlertStateNameType,
      description: 'The state before; the same if it was acknowledged.',
    }),
    acknowledgedAt: t.expose('acknowledgedAt', {
      type: 'DateTime',
      nullable: true,
      description: 'When somebody took notice.',
    }),
    value: t.exposeFloat('value', { nullable: true, description: 'The value that caused it.' }),
    text: t.exposeString('text', { nullable: true, description: 'Text of that value.' }),
    at: t.expose('at', { type: 'DateTime', description: 'When it happened.' }),
  }),
});

builder.queryField('alerts', (t) =>
  t.field({
    access: 'VIEWER',
    type: [AlertType],
    description: 'All alerts, oldest first.',
    args: { heatpumpId: t.arg.id({ description: 'Only those that watch this heat pump, alone or among all.' }) },
    resolve: (_, { heatpumpId }, { alerts }) => alerts.list(heatpumpId),
  }),
);

builder.queryField('alert', (t) =>
  t.field({
    access: 'VIEWER',
    type: AlertType,
    nullable: true,
    description: 'One alert, null if there is none.',
    args: { id: t.arg.id({ required: true, description: 'Its id.' }) },
    resolve: (_, { id }, { alerts }) => alerts.find(id),
  }),
);

builder.queryField('alertHistory', (t) =>
  t.field({
    access: 'VIEWER',
    type: [AlertEventType],
    description:
      'When alerts fired, were acknowledged and recovered; newest first. The last 1000 per heat pump are kept.',
    args: {
      heatpumpId: t.arg.id({ description: 'Only of this heat pump.' }),
      first: t.arg.int({ defaultValue: 50, description: 'At most so many, 1 to 500.' }),
    },
    resolve: (_, { heatpumpId, first }, { alerts }) => alerts.history(heatpumpId ?? null, first ?? 50),
  }),
);

builder.objectField(HeatpumpType, 'alerts', (t) =>
  t.field({
    type: [AlertType],
    description: 'The alerts that watch it, alone or among all.',
    resolve: ({ settings }, _, { alerts }) => alerts.list(settings.id),
  }),
);

builder.subscriptionField('alertEvents', (t) =>
  t.field({
    access: 'VIEWER',
    type: AlertEventType,
    description: 'Every change of an alert from now on, pending ones too; of each state of each alert the newest.',
    args: { heatpumpIds: t.arg.idList({ description: 'Only of these; left out: of all, also those added later.' }) },
    subscribe: (_, { heatpumpIds }, { heatpumps, alerts }) => {
      const watched = heatpumps.watched(heatpumpIds);
      return latestOnly<AlertEvent, AlertEvent>(
        (offer) =>
          heatpumps.events.on('alert', (event) => {
            const { alertId, heatpumpId, state, acknowledgedAt } = event;
            if (watched(heatpumpId)) offer(`${alertId} ${heatpumpId} ${state} ${acknowledgedAt !== null}`, event);
          }),
        (event) => (alerts.find(event.alertId) && heatpumps.find(event.heatpumpId) ? event : null),
      );
    },
    resolve: (event) => event,
  }),
);
