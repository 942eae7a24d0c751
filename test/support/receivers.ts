import { once } from 'node:events';
import { createServer as createHttpServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http';
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';
import { text } from 'node:stream/consumers';

/** One HTTP request as it came. */
export interface ReceivedPost {
  readonly method: string;
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/** Something on a free port of this computer that people's messages arrive at. */
interface Receiver {
  readonly port: number;
  /** Open ones. */
  connections(): number;
  close(): Promise<void>;
}

/** A web service that keeps what is posted to it. */
export interface HttpReceiver extends Receiver {
  readonly url: string;
  readonly posts: ReceivedPost[];
}

/** Starts a web service that answers 200, or as `answer` says; one that answers nothing hangs. */
export async function startHttpReceiver(
  answer: (index: number, response: ServerResponse) => void = (_, response) => void response.end('thanks'),
): Promise<HttpReceiver> {
  const posts: ReceivedPost[] = [];
  const server = createHttpServer(async (request, response) => {
    const { method = '', url: path = '', headers } = request;
    posts.push({ method, path, headers, body: await text(request) });
    answer(posts.length - 1, response);
  });
  const receiver = await listen(server);
  return { ...receiver, url: `http://127.0.0.1:${receiver.port}`, posts };
}

/** One e-mail as it came. */
export interface ReceivedMail {
  readonly from: string;
  readonly to: readonly string[];
  /** Headers and text, with dots unstuffed. */
  readonly data: string;
}

/** A mail server that keeps what is sent to it. */
export interface SmtpReceiver extends Receiver {
  readonly mails: ReceivedMail[];
  /** Every line that clients said. */
  readonly lines: string[];
}

/** What a mail server says to each command; null: nothing, undefined: the usual. */
export type SmtpScript = (command: string) => string | null | undefined;

/** Starts a mail server (RFC 5321, no extensions but those that `script` tells). */
export async function startSmtpReceiver(script: SmtpScript = () => undefined): Promise<SmtpReceiver> {
  const mails: ReceivedMail[] = [];
  const lines: string[] = [];
  const server = createServer((socket) => converse(socket, script, mails, lines));
  return { ...(await listen(server)), mails, lines };
}

const USUAL_REPLIES: Readonly<Record<string, string>> = {
  EHLO: '250 receiver',
  STARTTLS: '502 not here',
  AUTH: '502 not here',
  DATA: '354 go on',
  QUIT: '221 bye',
};

function converse(socket: Socket, script: SmtpScript, mails: ReceivedMail[], lines: string[]): void {
  let envelope = { from: '', to: [] as string[] };
  let data: string[] | null = null;
  let rest = '';
  const say = (command: string, usual: string) => {
    const answer = script(command);
    if (answer !== null) socket.write(`${answer ?? usual}\r\n`);
  };
  const hear = (line: string) => {
    if (data && line !== '.') return void data.push(line.replace(/^\./, ''));
    if (data) {
      mails.push({ ...envelope, data: data.join('\n') });
      data = null;
      return say('.', '250 2.0.0 kept');
    }
    lines.push(line);
    const command = line.split(/[ :]/)[0]?.toUpperCase() ?? '';
    if (command === 'MAIL') envelope = { from: line, to: [] };
    if (command === 'RCPT') envelope.to.push(line);
    if (command === 'DATA' && script(command) === undefined) data = [];
    say(command, USUAL_REPLIES[command] ?? '250 2.0.0 fine');
    if (command === 'QUIT') socket.end();
  };
  socket.setEncoding('utf8').on('data', (chunk: string) => {
    const parts = (rest + chunk).split('\r\n');
    rest = parts.pop() ?? '';
    for (const line of parts) hear(line);
  });
  socket.on('error', () => {});
  say('CONNECT', '220 receiver ESMTP');
}

async function listen(server: Server): Promise<Receiver> {
  const sockets = new Set<Socket>();
  server.on('connection', (socket: Socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    port: (server.address() as AddressInfo).port,
    connections: () => sockets.size,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        for (const socket of sockets) socket.destroy();
      }),
  };
}
