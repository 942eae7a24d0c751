import { type Client, createClient } from 'graphql-ws';
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
  /** Begins a subscription by the protocol `graphql-transport-ws`; it outlives lost connections until the `era` ends. */
  readonly subscribe: Client['subscribe'];
  /** Grows when running subscriptions have ended with a connection, and must be begun anew. */
  readonly era: Accessor<number>;
}

/** How often to ask whether the server is still there, and how long to wait for its answer. */
const PING_MS = 5_000;
const PONG_TIMEOUT_MS = 4_000;

/**
 * Connects, and whenever the connection is lost tries again for ever; running subscriptions then go on. Where the server
 * or something before it ends the connection in a way that the protocol holds to be final, a new era begins; each time
 * after a longer pause.
 */
export function createServerLink(url: string): ServerLink {
  const [state, setState] = createSignal<LinkState>('CONNECTING');
  const [lastHeardAt, setLastHeardAt] = createSignal(Date.now());
  const [reconnects, setReconnects] = createSignal(0);
  const [era, setEra] = createSignal(0);
  let finalEnds = 0;
  const onConnected = () => {
    if (state() === 'LOST') setReconnects((count) => count + 1);
    setState('CONNECTED');
  };
  const onLost = (heardAt: number) => {
    setLastHeardAt(heardAt);
    setState('LOST');
  };
  const connect = () => createConnection(url, { onConnected, onLost, onFinalEnd });
  const onFinalEnd = async () => {
    await pause(finalEnds++);
    client = connect();
    setEra((count) => count + 1);
  };
  let client = connect();
  return { state, lastHeardAt, reconnects, era, subscribe: (payload, sink) => client.subscribe(payload, sink) };
}

/** What is told of a connection; the times in milliseconds UTC. */
interface ConnectionListener {
  onConnected(): void;
  onLost(heardAt: number): void;
  /** It will not try again by itself. */
  onFinalEnd(): void;
}

function createConnection(url: string, { onConnected, onLost, onFinalEnd }: ConnectionListener): Client {
  let heardAt = Date.now();
  let pongTimer: ReturnType<typeof setTimeout> | undefined;
  const client = createClient({
    url,
    lazy: false,
    onNonLazyError: onFinalEnd,
    retryAttempts: Number.POSITIVE_INFINITY,
    shouldRetry: () => true,
    retryWait: pause,
    connectionAckWaitTimeout: PONG_TIMEOUT_MS,
    keepAlive: PING_MS,
    on: {
      connected: onConnected,
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
        onLost(heardAt);
      },
    },
  });
  return client;
}

function pause(attempts: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, backOffMs(attempts, Math.random())));
}

/** The WebSocket address beside this page. */
export function webSocketUrl({ protocol, host }: Location): string {
  return `${protocol === 'https:' ? 'wss' : 'ws'}://${host}/graphql`;
}
