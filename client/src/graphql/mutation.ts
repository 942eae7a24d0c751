import type { AnyVariables, CombinedError, TypedDocumentNode } from '@urql/core';
import { type Accessor, batch, createSignal } from 'solid-js';
import { useApi } from './client.tsx';

/** A mutation that a page can send, and how the last sending went. */
export interface Mutation<Data, Variables> {
  /** Sends it; resolves with the answer, or undefined if there is an error. */
  run(variables: Variables): Promise<Data | undefined>;
  readonly isRunning: Accessor<boolean>;
  readonly data: Accessor<Data | undefined>;
  readonly error: Accessor<CombinedError | undefined>;
}

/** Makes a mutation ready to be sent. */
export function createMutation<Data, Variables extends AnyVariables>(
  document: TypedDocumentNode<Data, Variables>,
): Mutation<Data, Variables> {
  const { client } = useApi();
  const [isRunning, setIsRunning] = createSignal(false);
  const [data, setData] = createSignal<Data>();
  const [error, setError] = createSignal<CombinedError>();
  const run = async (variables: Variables) => {
    setIsRunning(true);
    const result = await client.mutation(document, variables).toPromise();
    batch(() => {
      setIsRunning(false);
      setData(() => result.data);
      setError(result.error);
    });
    return result.error ? undefined : result.data;
  };
  return { run, isRunning, data, error };
}

/** Sends mutations of a list, one after another. */
export interface Sender {
  /** Sends one; resolves with false if it was refused. */
  send<Data, Variables extends AnyVariables>(
    document: TypedDocumentNode<Data, Variables>,
    variables: Variables,
  ): Promise<boolean>;
  /** Why the last one was refused. */
  readonly error: Accessor<CombinedError | undefined>;
}

/** Makes a sender of any mutations. */
export function createSender(): Sender {
  const { client } = useApi();
  const [error, setError] = createSignal<CombinedError>();
  const send: Sender['send'] = async (document, variables) => {
    const result = await client.mutation(document, variables).toPromise();
    setError(result.error);
    return result.error === undefined;
  };
  return { send, error };
}
