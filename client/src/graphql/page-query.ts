import type { AnyVariables, CombinedError, TypedDocumentNode } from '@urql/core';
import { type Accessor, createMemo, createResource, type ResourceFetcherInfo } from 'solid-js';
import { useApi } from './client.tsx';

/** What a page has asked for. */
export interface PageQuery<Data> {
  /** The newest answer; stays while it is asked again, and when that fails. */
  readonly data: Accessor<Data | undefined>;
  /** Why the last attempt failed. */
  readonly error: Accessor<CombinedError | undefined>;
  readonly isLoading: Accessor<boolean>;
  /** Asks again. */
  refetch(): void;
}

/** Asks at once, whenever the variables change, and when the connection to the server has come back. */
export function createPageQuery<Data, Variables extends AnyVariables>(
  document: TypedDocumentNode<Data, Variables>,
  variables: Accessor<Variables>,
): PageQuery<Data> {
  const { client, link } = useApi();
  const request = createMemo(() => ({ variables: variables(), reconnects: link.reconnects() }));
  type Answer = { readonly data?: Data | undefined; readonly error?: CombinedError | undefined };
  const ask = async (what: ReturnType<typeof request>, { value }: ResourceFetcherInfo<Answer>): Promise<Answer> => {
    const { data, error } = await client.query(document, what.variables).toPromise();
    return { data: data ?? value?.data, error };
  };
  const [answer, { refetch }] = createResource<Answer, ReturnType<typeof request>>(request, ask, { initialValue: {} });
  return {
    data: () => answer.latest.data,
    error: () => answer.latest.error,
    isLoading: () => answer.loading,
    refetch: () => void refetch(),
  };
}
