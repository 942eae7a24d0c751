import { Client, type CombinedError, fetchExchange, mapExchange } from '@urql/core';
import { type Accessor, createContext, createSignal, type ParentProps, useContext } from 'solid-js';
import { errorCode } from './error-text.ts';
import { createServerLink, type ServerLink, webSocketUrl } from './server-link.ts';

/** The API of the server. */
export interface Api {
  /** Queries and mutations. */
  readonly client: Client;
  /** Subscriptions, over a connection of their own. */
  readonly link: ServerLink;
  /** How often a request was refused because nobody is signed in. */
  readonly signedOut: Accessor<number>;
}

/** Longer than the longest connection test takes. */
const REQUEST_TIMEOUT_MS = 240_000;

const ApiContext = createContext<Api>();

/** Gives everything below it the API: queries and mutations over fetch, subscriptions over one WebSocket. */
export function GraphqlProvider(props: ParentProps) {
  const link = createServerLink(webSocketUrl(window.location));
  const [signedOut, setSignedOut] = createSignal(0);
  const client = createGraphqlClient(() => setSignedOut((count) => count + 1));
  return <ApiContext.Provider value={{ client, link, signedOut }}>{props.children}</ApiContext.Provider>;
}

/** The API. Throws outside a {@link GraphqlProvider}. */
export function useApi(): Api {
  const api = useContext(ApiContext);
  if (!api) throw new Error('no GraphqlProvider above this component');
  return api;
}

/** No cache: what is live comes as events, and what is asked is to be as it is now. */
function createGraphqlClient(onSignedOut: () => void): Client {
  const onError = (error: CombinedError) => {
    if (errorCode(error) === 'UNAUTHENTICATED') onSignedOut();
  };
  return new Client({
    url: '/graphql',
    preferGetMethod: false,
    requestPolicy: 'network-only',
    exchanges: [mapExchange({ onError }), fetchExchange],
    fetch: (input, init) => fetch(input, { ...init, signal: withTimeout(init?.signal) }),
  });
}

function withTimeout(signal: AbortSignal | null | undefined): AbortSignal {
  const timeout = AbortSignal.timeout(REQUEST_TIMEOUT_MS);
  return signal ? AbortSignal.any([signal, timeout]) : timeout;
}
