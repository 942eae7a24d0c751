import { type AnyVariables, stringifyDocument, type TypedDocumentNode } from '@urql/core';
import { type Client, createClient } from 'graphql-ws';
import { type Accessor, createMemo, createSignal } from 'solid-js';
import { backOffMs } from '../lib/back-off.ts';

/** `CONNECTING`: at first. `CONNECTED`: events arrive. `LOST`: they did, and it is tried again. */
export type LinkState = 'CONNECTING' | 'CONNECTED' | 'LOST';

/** The connection that carries all subscriptions. */
export interface ServerLink {
  readonly state: Accessor<LinkState>;
  /** When the server was last heard of before the connection was lost, in milliseconds UTC; undefined: never. */
  readonly lastHeardAt: Accessor<number | undefined>;
  /** How often the connection has come back; tracked by what must be asked anew then. */
  readonly reconnects: Accessor<number>;
  /**
   * Listens until the returned function is called, whatever happens meanwhile; `variables` is asked whenever it begins, as after
   * each cut. While the server refuses it, the link counts as lost, for nothing shown is kept up to date.
   */
  subscribe<Data, V extends AnyVariables>(
    document: TypedDocumentNode<Data, V>,
    variables: () => V,
    onData: (data: Data) => void,
  ): () => void;
}

/** How often to ask whether the server is still there, and how long to wait for its answer. */
const PING_MS = 5_000;
const PONG_TIMEOUT_MS = 4_000;
/** Before a subscription that was refused is tried again. */
const REFUSED_PAUSE_MS = 2_000;
/** A refusal comes sooner than this. */
const TAKEN_AFTER_MS = 1_000;

/**
 * Connects, and whenever the connection is lost tries again for ever; running subscriptions then go on. Also where the
 * server or something before it ends the connection in a way that the protocol holds to be final.
 */
export function createServerLink(url: string): ServerLink {
  const [socketState, setSocketState] = createSignal<LinkState>('CONNECTING');
  const [lastHeardAt, setLastHeardAt] = createSignal<number>();
  const [reconnects, setReconnects] = createSignal(0);
  const [refused, setRefused] = createSignal(0);
  let finalEnds = 0;
  const onConnected = () => {
    if (socketState() === 'LOST') setReconnects((count) => count + 1);
    setSocketState('CONNECTED');
  };
  const onLost = (heardAt: number | undefined) => {
    setLastHeardAt((before) => heardAt ?? before);
    setSocketState('LOST');
  };
  const onFinalEnd = async () => {
    await pause(finalEnds++);
    client = connect();
  };
  const connect = () => createConnection(url, { onConnected, onLost, onFinalEnd });
  let client = connect();
  const onRefused = () => {
    if (socketState() === 'CONNECTED') setLastHeardAt(Date.now());
    setRefused((count) => count + 1);
  };
  const subscribe: ServerLink['subscribe'] = (document, variables, onData) =>
    persist(
      onRefused,
      () => setRefused((count) => count - 1),
      (refuse, take) => {
        const payload = {
          query: stringifyDocument(document),
          get variables() {
            return { ...(variables() as object) };
          },
        };
        const next = ({ data }: { data?: unknown }) => {
          if (!data) return refuse();
          take();
          onData(data as Parameters<typeof onData>[0]);
        };
        return client.subscribe(payload, { next, error: refuse, complete: () => {} });
      },
    );
  const state = createMemo(() => (refused() > 0 ? 'LOST' : socketState()));
  return { state, lastHeardAt, reconnects, subscribe };
}

/**
 * Begins something, and a while after each refusal again; returns how to end it. It is refused until something is taken from it, or
 * no refusal comes for a while.
 */
function persist(
  onRefused: () => void,
  onTaken: () => void,
  begin: (refuse: () => void, take: () => void) => () => void,
): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let [isRefused, isWaiting] = [false, false];
  let end = () => {};
  const take = () => {
    if (isRefused) onTaken();
    isRefused = false;
  };
  const again = () => {
    isWaiting = false;
    timer = setTimeout(take, TAKEN_AFTER_MS);
    end = begin(refuse, take);
  };
  const refuse = () => {
    if (isWaiting) return;
    end();
    clearTimeout(timer);
    if (!isRefused) onRefused();
    isRefused = isWaiting = true;
    timer = setTimeout(again, REFUSED_PAUSE_MS);
  };
  end = begin(refuse, take);
  return () => {
    end();
    clearTimeout(timer);
    take();
  };
}

/** What is told of a connection; the times in milliseconds UTC. */
interface ConnectionListener {
  onConnected(): void;
  /** `heardAt` undefined: nothing was heard on this connection. */
  onLost(heardAt: number | undefined): void;
  /** It will not try again by itself. */
  onFinalEnd(): void;
}

function createConnection(url: string, { onConnected, onLost, onFinalEnd }: ConnectionListener): Client {
  let heardAt: number | undefined;
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
