import { once } from 'node:events';
import { WebSocket } from 'ws';

/** A message of the protocol `graphql-transport-ws`. */
export interface Message {
  readonly type: string;
  readonly id?: string;
  // biome-ignore lint/suspicious/noExplicitAny: the shape is the test's business
  readonly payload?: any;
}

/** A client that speaks the protocol by hand, so that it can also misbehave. */
export interface RawSocket {
  readonly socket: WebSocket;
  send(message: object): void;
  subscribe(id: string, query: string, variables?: object): void;
  /** Takes the next message that fits, from the oldest on; fails after ten seconds. */
  take(fits?: (message: Message) => boolean): Promise<Message>;
  /** Resolves with the code the connection is closed with. */
  readonly closed: Promise<number>;
}

/** Opens a socket to a server's API and begins the protocol. Rejects if the handshake is refused. */
export async function openSocket(serverUrl: string, headers: Record<string, string> = {}): Promise<RawSocket> {
  const url = `${serverUrl.replace('http', 'ws')}/graphql`;
  const socket = new WebSocket(url, 'graphql-transport-ws', { headers });
  const messages: Message[] = [];
  socket.on('message', (data) => void messages.push(JSON.parse(String(data)) as Message));
  const closed = new Promise<number>((resolve) => socket.once('close', resolve));
  await once(socket, 'open');
  socket.on('error', () => {});
  const send = (message: object) => socket.send(JSON.stringify(message));
  const take: RawSocket['take'] = async (fits = () => true) => {
    const deadline = performance.now() + 10_000;
    while (performance.now() < deadline) {
      for (let message = messages.shift(); message; message = messages.shift()) if (fits(message)) return message;
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
    throw new Error('no fitting message within 10 s');
  };
  send({ type: 'connection_init' });
  await take(({ type }) => type === 'connection_ack');
  const subscribe: RawSocket['subscribe'] = (id, query, variables = {}) =>
    send({ type: 'subscribe', id, payload: { query, variables } });
  return { socket, send, subscribe, take, closed };
}
