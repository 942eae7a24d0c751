import type { Language } from './localized.ts';

/** How people are told. `WEBHOOK`: a signed HTTP request. `EMAIL`: over SMTP. The others are services of these names. */
export const CHANNEL_TYPES = ['WEBHOOK', 'EMAIL', 'NTFY', 'TELEGRAM', 'DISCORD'] as const;
/** One of {@link CHANNEL_TYPES}. */
export type ChannelType = (typeof CHANNEL_TYPES)[number];

/** How the connection to a mail server is secured. `STARTTLS`: before anything is said. `TLS`: from the first byte. */
export const MAIL_SECURITIES = ['STARTTLS', 'TLS', 'NONE'] as const;
/** One of {@link MAIL_SECURITIES}. */
export type MailSecurity = (typeof MAIL_SECURITIES)[number];

/** Where a channel leads; everything of it may be shown. */
export type ChannelSettings =
  | { readonly type: 'WEBHOOK'; readonly url: string }
  | {
      readonly type: 'EMAIL';
      readonly host: string;
      readonly port: number;
      readonly security: MailSecurity;
      /** Null: no login. */
      readonly user: string | null;
      readonly from: string;
      readonly to: readonly string[];
    }
  | { readonly type: 'NTFY'; readonly url: string; readonly topic: string }
  | { readonly type: 'TELEGRAM'; readonly url: string; readonly chatId: string }
  | { readonly type: 'DISCORD' };

/** A way to tell people. */
export interface Channel {
  readonly id: string;
  readonly name: string;
  readonly settings: ChannelSettings;
  /**
   * Never shown or logged. The key that signs a webhook, the password of a mail server, an access token of ntfy, the token of
   * a Telegram bot, or the address of a Discord webhook, whoever knows which may post.
   */
  readonly secret: string | null;
  readonly language: Language;
  /** Only then it is told. */
  readonly enabled: boolean;
  /** Milliseconds UTC. */
  readonly createdAt: number;
  readonly updatedAt: number;
}

/** What a message is about. */
export const NOTIFICATION_KINDS = ['FIRING', 'REMINDER', 'RECOVERED', 'TEST'] as const;
/** One of {@link NOTIFICATION_KINDS}. */
export type NotificationKind = (typeof NOTIFICATION_KINDS)[number];

/** A message as it is sent, in the language of its channel. */
export interface Notification {
  readonly kind: NotificationKind;
  readonly title: string;
  readonly text: string;
  /** Null in a test, like `heatpump`. */
  readonly alert: { readonly id: string; readonly name: string } | null;
  readonly heatpump: { readonly id: string; readonly name: string } | null;
  readonly value: number | null;
  readonly unit: string | null;
  readonly threshold: number | null;
  /** Since when the condition has held, and when the message was made; milliseconds UTC. */
  readonly since: number | null;
  readonly at: number;
}

/** What can go wrong on the way to people, and whether trying again can help. */
const DELIVERY_ERROR_CODES = {
  /** The host name could not be resolved. */
  DNS_FAILED: { retry: true },
  /** The address is one that no message may be sent to. */
  NOT_ALLOWED: { retry: false },
  /** No connection, or it broke. */
  UNREACHABLE: { retry: true },
  /** Not done in time. */
  TIMEOUT: { retry: true },
  /** No secure connection could be agreed on, or the certificate is not valid. */
  TLS_FAILED: { retry: true },
  /** The service cannot take it now. */
  UNAVAILABLE: { retry: true },
  /** The service does not accept the password or token. */
  UNAUTHORIZED: { retry: false },
  /** The service refuses the message. */
  REJECTED: { retry: false },
  /** The channel was disabled before it could be sent. */
  DISABLED: { retry: false },
  /** More messages were waiting than are kept. */
  DROPPED: { retry: false },
} as const;

/** One kind of failure to deliver. */
export type DeliveryErrorCode = keyof typeof DELIVERY_ERROR_CODES;

/** The failures, for documentation and schemas. */
export const DELIVERY_ERROR_CODE_NAMES = Object.keys(DELIVERY_ERROR_CODES) as readonly DeliveryErrorCode[];

/** A failed try to deliver, as a value. Its message holds no secret, and nothing that the other side has sent. */
export interface DeliveryError {
  readonly code: DeliveryErrorCode;
  readonly message: string;
}

/** True if trying the same again later can help. */
export function canRetry(error: DeliveryError): boolean {
  return DELIVERY_ERROR_CODES[error.code].retry;
}

/** `PENDING`: still to be sent. `DELIVERED`: accepted by the other side. `FAILED`: given up. */
export const DELIVERY_STATES = ['PENDING', 'DELIVERED', 'FAILED'] as const;
/** One of {@link DELIVERY_STATES}. */
export type DeliveryState = (typeof DELIVERY_STATES)[number];

/** One message on its way through one channel, and what became of it. Times are milliseconds UTC. */
export interface Delivery {
  /** Sent along, for the receiver to recognise a message that comes twice. */
  readonly id: string;
  readonly channelId: string;
  readonly notification: Notification;
  readonly state: DeliveryState;
  readonly attempts: number;
  readonly lastAttemptAt: number | null;
  /** Null once it is settled. */
  readonly nextAttemptAt: number | null;
  /** Of the last try; null if that succeeded, or there was none. */
  readonly error: DeliveryError | null;
  readonly createdAt: number;
}
