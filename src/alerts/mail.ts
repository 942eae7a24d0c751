import { connect, isIP, type Socket } from 'node:net';
import { createTransport } from 'nodemailer';
import type { ChannelSettings, Delivery, DeliveryError } from '../domain/channel.ts';
import { err, ok, type Result } from '../domain/result.ts';
import { codeOf, connectionError, guardedLookup, isAllowedAddress, notAllowed, TIMED_OUT } from './network.ts';

/** The settings of an e-mail channel. */
export type MailSettings = Extract<ChannelSettings, { readonly type: 'EMAIL' }>;

/** Sends a message as an e-mail in plain text. Whatever the server says is reduced to its reply code. */
export async function sendMail(
  settings: MailSettings,
  password: string | null,
  { id, notification }: Delivery,
  signal: AbortSignal,
): Promise<Result<null, DeliveryError>> {
  const { host, port, security, user, from, to } = settings;
  const transport = createTransport({
    host,
    port,
    secure: security === 'TLS',
    requireTLS: security === 'STARTTLS',
    ignoreTLS: security === 'NONE',
    ...(user === null ? {} : { auth: { user, pass: password ?? '' } }),
    disableFileAccess: true,
    disableUrlAccess: true,
    getSocket: (_, callback) => openSocket(host, port, signal, callback),
  });
  const mail = {
    from: { name: 'Thermograph', address: from },
    to: [...to],
    subject: notification.title,
    text: notification.text,
    messageId: `<${id}@thermograph>`,
    headers: { 'Auto-Submitted': 'auto-generated' },
  };
  try {
    await Promise.race([transport.sendMail(mail), aborted(signal)]);
    return ok(null);
  } catch (thrown) {
    return err(signal.aborted ? TIMED_OUT : mailError(thrown));
  } finally {
    transport.close();
  }
}

/** Opens the connection that the mail library then speaks over, so that it ends with the signal. */
function openSocket(
  host: string,
  port: number,
  signal: AbortSignal,
  callback: (error: Error | null, socket?: { connection: Socket }) => void,
): void {
  if (isIP(host) > 0 && !isAllowedAddress(host)) {
    callback(notAllowed());
    return;
  }
  const socket = connect({ host, port, lookup: guardedLookup, signal });
  socket.once('error', callback);
  socket.once('connect', () => {
    socket.off('error', callback);
    callback(null, { connection: socket });
  });
}

/** Rejects when the signal says so; never resolves. */
function aborted(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason), { once: true });
  });
}

function mailError(thrown: unknown): DeliveryError {
  const code = codeOf(thrown);
  const reply = (thrown as { readonly responseCode?: number }).responseCode;
  if (reply === undefined || code === 'ETLS') return connectionError(isTlsError(thrown) ? 'ETLS' : code);
  const message = `the mail server answered ${reply}`;
  if (reply < 500) return { code: 'UNAVAILABLE', message };
  return { code: code === 'EAUTH' ? 'UNAUTHORIZED' : 'REJECTED', message };
}

/** The mail library puts its own code over that of Node; but errors of the network still name the system call. */
function isTlsError(thrown: unknown): boolean {
  return codeOf(thrown) === 'ESOCKET' && thrown instanceof Error && !('syscall' in thrown);
}
