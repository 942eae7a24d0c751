import { createHmac } from 'node:crypto';
import type { Channel, ChannelSettings, Delivery } from '../domain/channel.ts';
import type { PostRequest } from './post.ts';

/** The settings of the channels that are reached over HTTP. */
export type HttpSettings = Exclude<ChannelSettings, { readonly type: 'EMAIL' }>;

/** Longest text the services take, with room for the title. */
const MAX_TEXT_LENGTH = 1_900;

/** The request that brings a message to the service of a channel; `sentAt` in milliseconds UTC. */
export function requestOf(
  settings: HttpSettings,
  { secret }: Channel,
  delivery: Delivery,
  sentAt: number,
): PostRequest {
  const { title, text } = delivery.notification;
  const whole = `${title}\n${text}`.slice(0, MAX_TEXT_LENGTH);
  switch (settings.type) {
    case 'WEBHOOK':
      return signedRequest(settings.url, secret ?? '', delivery, sentAt);
    case 'NTFY':
      return jsonRequest(
        settings.url,
        { topic: settings.topic, title, message: text.slice(0, MAX_TEXT_LENGTH), priority: priorityOf(delivery) },
        secret === null ? {} : { authorization: `Bearer ${secret}` },
      );
    case 'TELEGRAM':
      return jsonRequest(`${settings.url.replace(/\/$/, '')}/bot${secret}/sendMessage`, {
        chat_id: settings.chatId,
        text: whole,
      });
    case 'DISCORD':
      return jsonRequest(secret ?? '', { content: whole, allowed_mentions: { parse: [] } });
  }
}

/**
 * A webhook's request. Its signature is the HMAC-SHA256, in hexadecimal, of the time stamp, a full stop and the body, with
 * the channel's secret as the key; the time stamp is in seconds, and of this try.
 */
function signedRequest(url: string, secret: string, { id, notification }: Delivery, sentAt: number): PostRequest {
  const body = JSON.stringify({
    id,
    ...notification,
    since: notification.since === null ? null : new Date(notification.since).toISOString(),
    at: new Date(notification.at).toISOString(),
  });
  const timestamp = String(Math.floor(sentAt / 1_000));
  const signature = createHmac('sha256', secret).update(`${timestamp}.${body}`).digest('hex');
  const headers = {
    'x-thermograph-delivery': id,
    'x-thermograph-timestamp': timestamp,
    'x-thermograph-signature': `sha256=${signature}`,
  };
  return { url, headers, body };
}

function jsonRequest(url: string, body: object, headers: PostRequest['headers'] = {}): PostRequest {
  return { url, headers, body: JSON.stringify(body) };
}

/** Of ntfy's scale from 1 to 5: an alert makes a sound, its end need not. */
function priorityOf({ notification: { kind } }: Delivery): number {
  return kind === 'FIRING' || kind === 'REMINDER' ? 4 : 3;
}
