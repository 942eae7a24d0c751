import { createDeletion, type Deletion } from '../../graphql/deletion.ts';
import {
  AcknowledgeAlertDocument,
  CreateAlertDocument,
  DeleteAlertDocument,
  UpdateAlertDocument,
} from '../../graphql/generated/alerts.ts';
import type { AlertPartsFragment, CreateAlertInput } from '../../graphql/generated/types.ts';
import { createSender, type Sender } from '../../graphql/mutation.ts';
import { ruleInput } from './alert-draft.ts';

/** What can be done with alerts in a list. */
export interface AlertActions extends Deletion<AlertPartsFragment>, Pick<Sender, 'error'> {
  acknowledge(id: string, heatpumpId: string): Promise<void>;
  setEnabled(id: string, enabled: boolean): Promise<void>;
}

/** Acts on alerts; `onChanged` is called whenever they are no longer what they were. */
export function createAlertActions(onChanged: () => void): AlertActions {
  const { send, error } = createSender();
  const deletion = createDeletion<AlertPartsFragment>(
    ({ id }) => send(DeleteAlertDocument, { input: { id } }),
    (alert) => send(CreateAlertDocument, { input: inputOf(alert) }),
    onChanged,
  );
  return {
    ...deletion,
    error,
    acknowledge: async (id, heatpumpId) => {
      await send(AcknowledgeAlertDocument, { input: { id, heatpumpId } });
      onChanged();
    },
    setEnabled: async (id, enabled) => {
      await send(UpdateAlertDocument, { input: { id, enabled } });
      onChanged();
    },
  };
}

/** An alert as it would be created. */
function inputOf({ name, heatpump, rule, channels, message, repeatEveryMs, enabled }: AlertPartsFragment) {
  const input: CreateAlertInput = {
    name,
    heatpumpId: heatpump?.id ?? null,
    rule: ruleInput(rule),
    channelIds: channels.map(({ id }) => id),
    message,
    repeatEveryMs,
    enabled,
  };
  return input;
}
