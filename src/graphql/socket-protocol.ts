import { CloseCode, type Server } from 'graphql-ws';
import type { WebSocket } from 'ws';
import type { Clock, Timer } from '../domain/clock.ts';
import { messageOf } from '../domain/errors.ts';
import type { Logger } from '../domain/logger.ts';

/** How often a client is asked whether it is still there; it has as long to answer. */
const PING_MS = 12_000;

/**
 * Lets graphql-ws speak over a WebSocket. Its own adapter prints a stack trace for whatever a client does; here that goes to the
 * log, and what only a lost connection is about is no fault at all.
 */
export function speak<Extra>(protocol: Server<Extra>, socket: WebSocket, extra: Extra, clock: Clock, logger: Logger) {
  const closed = protocol.opened(
    {
      protocol: socket.protocol,
      send: (text) => sent(socket, text),
      close: (code, reason) => socket.close(code, reason),
      onMessage: (handle) => {
        socket.on('message', (data) => {
          handle(String(data)).catch((thrown: unknown) => {
            logger.error({ error: messageOf(thrown) }, 'a WebSocket message failed');
            socket.close(CloseCode.InternalServerError, 'Internal server error');
          });
        });
      },
    },
    extra,
  );
  // ws closes the connection by itself then.
  socket.on('error', ({ message }) => logger.debug({ error: message }, 'WebSocket failed'));
  socket.once('close', (code, reason) => void closed(code, String(reason)));
  keepAlive(socket, clock);
}

/** Resolves when the text is on its way, or has no way any more. */
function sent(socket: WebSocket, text: string): Promise<void> {
  return new Promise((resolve) => {
    if (socket.readyState === socket.OPEN) socket.send(text, () => resolve());
    else resolve();
  });
}

/** Ends the connection of a client that does not answer. */
function keepAlive(socket: WebSocket, clock: Clock): void {
  let hasAnswered = true;
  let timer: Timer = null;
  const ask = () => {
    if (!hasAnswered) return socket.terminate();
    hasAnswered = false;
    socket.ping();
    timer = clock.setTimeout(ask, PING_MS);
    return undefined;
  };
  timer = clock.setTimeout(ask, PING_MS);
  socket.on('pong', () => {
    hasAnswered = true;
  });
  socket.once('close', () => clock.clearTimeout(timer));
}
