import { createClient } from 'graphql-ws';
import { type Accessor, createSignal } from 'solid-js';
import { backOffMs } from '../lib/back-off.ts';

/** `CONNECTING`: at first. `CONNECTED`: events arrive. `LOST`: they did, and it is tried again. */
export type LinkState = 'CONNECTING' | 'CONNECTED' | 'LOST';

/** The connection that carries all subscriptions. */
export interface ServerLink {
  readonly state: Accessor<LinkState>;
  /** When the server was last heard of before the connection was lost, in milliseconds UTC. */
  readonly lastHeardAt: Accessor<number>;
  /** How often the connection has come back; tracked by what must be asked anew then. */
  readonly reconnects: Accessor<number>;
  /** The client of the protocol `graphql-transport-ws`. */
  readonly client: ReturnType<typeof createClient>;
}

/** How often to ask whether the server is still there, and how long to wait for its answer. */
const PING_MS = 5_000;
const PONG_TIMEOUT_MS = 4_000;

/** Connects, and whenever the connection is lost tries again for ever; running subscriptions then start anew. */
export function createServerLink(url: string): ServerLink {
  const [state, setState] = createSignal<LinkState>('CONNECTING');
  const [lastHeardAt, setLastHeardAt] = createSignal(Date.now());
  const [reconnects, setReconnects] = createSignal(0);
  let heardAt = Date.now();
  let pongTimer: ReturnType<typeof setTimeout> | undefined;
  const client = createClient({
    url,
    lazy: false,
    // A failure shows in the state; there is nobody else to tell.
    onNonLazyError: () => {},
    retryAttempts: Number.POSITIVE_INFINITY,
    shouldRetry: () => true,
    retryWait: (attempts) => new Promise((resolve) => setTimeout(resolve, backOffMs(attempts, Math.random()))),
    connectionAckWaitTimeout: PONG_TIMEOUT_MS,
    keepAlive: PING_MS,
    on: {
      connected: (_socket, _payload, wasRetry) => {
        setState('CONNECTED');
        if (wasRetry) setReconnects((count) => count + 1);
      },
      message: () => {
        heardAt = Date.now();
      },
      ping: (received) => {
        if (!received) pongTimer = setTimeout(() => client.terminate(), PONG_TIMEOUT_MS);
      },
      pong: (received) => {
        if (received) clearTimeout(pongTimer);
      },
      closed: () => {
        clearTimeout(pongTimer);
        setLastHeardAt(heardAt);
        setState('LOST');
      },
    },
  });
  return { state, lastHeardAt, reconnects, client };
}

/** The WebSocket address beside this page. */
export function webSocketUrl({ protocol, host }: Location): string {
  return `${protocol === 'https:' ? 'wss' : 'ws'}://${host}/graphql`;
}
