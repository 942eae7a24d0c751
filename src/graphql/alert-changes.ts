import { PLACEHOLDERS } from '../alerts/placeholders.ts';
import type { Alert } from '../domain/alert.ts';
import { AlertRuleTypeType, AlertType, ComparisonType } from './alert.ts';
import { builder } from './builder.ts';
import { QuantityType } from './sensor.ts';

const AlertRuleInput = builder.inputType('AlertRuleInput', {
  description: 'When an alert fires: only fields that belong to its type. A value is named by key or by quantity.',
  fields: (t) => ({
    type: t.field({ type: AlertRuleTypeType, required: true, description: 'What can be wrong.' }),
    key: t.string({ description: 'THRESHOLD, NO_DATA, UNEXPECTED_OPTION: key of the sensor watched.' }),
    quantity: t.field({ type: QuantityType, description: 'The same: quantity watched, whoever made the heat pump.' }),
    circuit: t.string({ description: 'Circuit the quantity is of; left out: of the heat pump as a whole.' }),
    comparison: t.field({ type: ComparisonType, description: 'THRESHOLD: on which side the value is wrong.' }),
    threshold: t.float({ description: 'THRESHOLD: in the unit of the sensor or quantity.' }),
    hysteresis: t.float({
      description: 'THRESHOLD: how far the value must come back for the condition to end; left out: 0.',
    }),
    options: t.stringList({
      description: 'UNEXPECTED_OPTION: names of the expected options; left out: every one that is known.',
    }),
    durationMs: t.int({
      description: 'How long the condition must hold, 0 to 604800000 ms (a week); left out: 0.',
    }),
  }),
});

const MESSAGE = `Its message, 1 to 1000 characters, with ${PLACEHOLDERS.map((name) => `{${name}}`).join(' ')}`;
const REPEAT = 'Time between reminders while it fires unacknowledged, 60000 to 604800000 ms';

const CreateAlertInput = builder.inputType('CreateAlertInput', {
  description: 'A new alert.',
  fields: (t) => ({
    name: t.string({ required: true, description: 'What to call it, 1 to 100 characters.' }),
    heatpumpId: t.id({ description: 'The heat pump it watches; left out: every one, also those added later.' }),
    rule: t.field({ type: AlertRuleInput, required: true, description: 'When it fires.' }),
    channelIds: t.idList({ description: 'Who is told, at most 10 channels; left out: nobody.' }),
    message: t.string({ description: `${MESSAGE}; left out: the usual one in the language of each channel.` }),
    repeatEveryMs: t.int({ description: `${REPEAT}; left out: none.` }),
    enabled: t.boolean({ description: 'Whether it is evaluated; left out: true.' }),
  }),
});

const UpdateAlertInput = builder.inputType('UpdateAlertInput', {
  description: 'Changes to an alert; what is left out stays as it is.',
  fields: (t) => ({
    id: t.id({ required: true, description: 'Which one.' }),
    name: t.string({ description: 'What to call it, 1 to 100 characters.' }),
    rule: t.field({ type: AlertRuleInput, description: 'When it fires, as a whole.' }),
    channelIds: t.idList({ description: 'Who is told, at most 10 channels.' }),
    message: t.string({ description: `${MESSAGE}; null: the usual one.` }),
    repeatEveryMs: t.int({ description: `${REPEAT}; null: none.` }),
    enabled: t.boolean({ description: 'Whether it is evaluated; its states are forgotten if not.' }),
  }),
});

const DeleteAlertInput = builder.inputType('DeleteAlertInput', {
  description: 'An alert to delete.',
  fields: (t) => ({ id: t.id({ required: true, description: 'Which one.' }) }),
});

const AcknowledgeAlertInput = builder.inputType('AcknowledgeAlertInput', {
  description: 'An alert to take notice of.',
  fields: (t) => ({
    id: t.id({ required: true, description: 'Which one.' }),
    heatpumpId: t.id({ description: 'For which heat pump; may be left out if the alert watches only one.' }),
  }),
});

/** A payload type that holds one alert. */
function alertPayload(name: string, description: string) {
  return builder.objectRef<{ alert: Alert }>(name).implement({
    description,
    fields: (t) => ({ alert: t.expose('alert', { type: AlertType, description: 'As it is now.' }) }),
  });
}

const CreateAlertPayload = alertPayload('CreateAlertPayload', 'The alert that was added.');
const UpdateAlertPayload = alertPayload('UpdateAlertPayload', 'The alert that was changed.');
const AcknowledgeAlertPayload = alertPayload('AcknowledgeAlertPayload', 'The alert that was acknowledged.');

const DeleteAlertPayload = builder.objectRef<{ deletedId: string }>('DeleteAlertPayload').implement({
  description: 'The alert that was deleted.',
  fields: (t) => ({ deletedId: t.exposeID('deletedId', { description: 'Its id.' }) }),
});

builder.mutationField('createAlert', (t) =>
  t.field({
    access: 'ADMIN',
    audit: 'alert',
    type: CreateAlertPayload,
    description: 'Adds an alert and evaluates it at once.',
    args: { input: t.arg({ type: CreateAlertInput, required: true, description: 'The alert.' }) },
    resolve: async (_, { input }, { alerts }) => ({ alert: await alerts.create(input) }),
  }),
);

builder.mutationField('updateAlert', (t) =>
  t.field({
    access: 'ADMIN',
    audit: 'alert',
    type: UpdateAlertPayload,
    description: 'Changes an alert. Its states go on: one that fires recovers only if the new rule says so.',
    args: { input: t.arg({ type: UpdateAlertInput, required: true, description: 'The changes.' }) },
    resolve: async (_, { input }, { alerts }) => ({ alert: await alerts.update(input) }),
  }),
);

builder.mutationField('deleteAlert', (t) =>
  t.field({
    access: 'ADMIN',
    audit: 'alert',
    type: DeleteAlertPayload,
    description: 'Deletes an alert with its history.',
    args: { input: t.arg({ type: DeleteAlertInput, required: true, description: 'Which one.' }) },
    resolve: async (_, { input: { id } }, { alerts }) => {
      await alerts.delete(id);
      return { deletedId: id };
    },
  }),
);

builder.mutationField('acknowledgeAlert', (t) =>
  t.field({
    access: 'OPERATOR',
    audit: 'alert',
    type: AcknowledgeAlertPayload,
    description: 'Notes that somebody has taken notice of a firing alert, which ends its reminders.',
    args: { input: t.arg({ type: AcknowledgeAlertInput, required: true, description: 'Which one, and where.' }) },
    resolve: async (_, { input }, { alerts }) => ({ alert: await alerts.acknowledge(input) }),
  }),
);
