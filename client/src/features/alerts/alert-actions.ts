import type { AnyVariables, CombinedError, TypedDocumentNode } from '@urql/core';
import { type Accessor, createSignal } from 'solid-js';
import { useApi } from '../../graphql/client.tsx';
import { createDeletion, type Deletion } from '../../graphql/deletion.ts';
import {
  AcknowledgeAlertDocument,
  CreateAlertDocument,
  DeleteAlertDocument,
  UpdateAlertDocument,
} from '../../graphql/generated/alerts.ts';
import type { AlertPartsFragment, CreateAlertInput } from '../../graphql/generated/types.ts';
import { ruleInput } from './alert-draft.ts';

/** What can be done with alerts in a list. */
export interface AlertActions extends Deletion<AlertPartsFragment> {
  acknowledge(id: string, heatpumpId: string): Promise<void>;
  setEnabled(id: string, enabled: boolean): Promise<void>;
  /** Why the last action was refused. */
  readonly error: Accessor<CombinedError | undefined>;
}

/** Acts on alerts; `onChanged` is called whenever they are no longer what they were. */
export function createAlertActions(onChanged: () => void): AlertActions {
  const { client } = useApi();
  const [error, setError] = createSignal<CombinedError>();
  const send = async <Data, V extends AnyVariables>(document: TypedDocumentNode<Data, V>, variables: V) => {
    const result = await client.mutation(document, variables).toPromise();
    setError(result.error);
    return result.error === undefined;
  };
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
