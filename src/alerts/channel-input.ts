import { isIP } from 'node:net';
import { z } from 'zod';
import type { Channel, ChannelSettings, ChannelType, MailSecurity } from '../domain/channel.ts';
import { MAIL_SECURITIES } from '../domain/channel.ts';
import { badInput } from '../domain/errors.ts';
import { LANGUAGES, type Language } from '../domain/localized.ts';
import { check, given, line, list, oneOf, whole } from '../input/check.ts';

/** Where a channel leads, as users give it: of the fields only those that belong to its type. */
export interface ChannelSettingsInput {
  readonly url?: string | null | undefined;
  readonly topic?: string | null | undefined;
  readonly chatId?: string | null | undefined;
  readonly host?: string | null | undefined;
  readonly port?: number | null | undefined;
  readonly security?: MailSecurity | null | undefined;
  readonly user?: string | null | undefined;
  readonly from?: string | null | undefined;
  readonly to?: readonly string[] | null | undefined;
}

/** What a user may say of a channel; undefined means "left out". */
export interface ChannelInput {
  readonly name?: string | null | undefined;
  /** In a change, field by field; null takes a field away. */
  readonly settings?: ChannelSettingsInput | null | undefined;
  /** Null: none. */
  readonly secret?: string | null | undefined;
  readonly language?: Language | null | undefined;
  readonly enabled?: boolean | null | undefined;
}

/** What users choose of a channel. */
export type UserChannel = Pick<Channel, 'name' | 'settings' | 'secret' | 'language' | 'enabled'>;

const HOST_NAME = /^(?=.{1,253}$)[a-z0-9_]([a-z0-9_-]{0,62})(\.[a-z0-9_]([a-z0-9_-]{0,62}))*\.?$/;
const MAIL_PORTS: Readonly<Record<MailSecurity, number>> = { STARTTLS: 587, TLS: 465, NONE: 25 };

const url = line(500).superRefine((text, context) => {
  const message = urlFault(text);
  if (message) context.addIssue({ code: 'custom', message });
});
const address = z.email({ error: 'must be an e-mail address' }).max(254);

const settings = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('WEBHOOK'), url }),
  z
    .strictObject({
      type: z.literal('EMAIL'),
      host: line(253)
        .toLowerCase()
        .refine((host) => isIP(host) > 0 || HOST_NAME.test(host), { error: 'must be a host name or an IP address' }),
      port: whole(1, 65_535).optional(),
      security: oneOf(MAIL_SECURITIES).default('STARTTLS'),
      user: line(200).nullable().default(null),
      from: address,
      to: list(address, 1, 20),
    })
    .transform(({ port, ...rest }) => ({ ...rest, port: port ?? MAIL_PORTS[rest.security] })),
  z.strictObject({
    type: z.literal('NTFY'),
    url: url.default('https://ntfy.sh'),
    topic: z.string({ error: 'is required' }).regex(/^[\w-]{1,64}$/, {
      error: 'must be 1 to 64 letters, digits, _ or -',
    }),
  }),
  z.strictObject({
    type: z.literal('TELEGRAM'),
    url: url.default('https://api.telegram.org'),
    chatId: z.string({ error: 'is required' }).regex(/^(-?\d{1,20}|@\w{1,64})$/, {
      error: 'must be the number of a chat, or @ and the name of a channel',
    }),
  }),
  z.strictObject({ type: z.literal('DISCORD') }),
]);

/** The secret each type needs or may have; of a message about it the value is never a part. */
const SECRETS: Readonly<Record<ChannelType, z.ZodType<string | null>>> = {
  WEBHOOK: z
    .string({ error: 'is required: the key that signs' })
    .min(16, { error: 'must be 16 to 200 characters' })
    .max(200, {
      error: 'must be 16 to 200 characters',
    }),
  EMAIL: line(500).nullable(),
  NTFY: line(500).nullable(),
  TELEGRAM: z.string({ error: 'is required: the token of the bot' }).regex(/^\d{1,20}:[\w-]{1,100}$/, {
    error: 'must be a bot token, as in 123456:ABC-DEF',
  }),
  DISCORD: line(500).superRefine((text, context) => {
    const message = urlFault(text);
    if (message) context.addIssue({ code: 'custom', message });
  }),
};

const rest = z.object({ name: line(100), language: oneOf(LANGUAGES), enabled: z.boolean() });

/**
 * What results from `input` over a `current` channel of this type, or over the defaults for a new one. Throws
 * `BAD_USER_INPUT` with the offending fields below `input`.
 */
export function checkChannel(type: ChannelType, input: ChannelInput, current?: UserChannel): UserChannel {
  const checked = check(rest, {
    name: input.name ?? current?.name,
    language: input.language ?? current?.language ?? 'EN',
    enabled: input.enabled ?? current?.enabled ?? true,
  });
  const merged = given({ ...current?.settings, ...definedOf(input.settings ?? {}), type });
  const checkedSettings = check<ChannelSettings>(settings, merged, ['input', 'settings']);
  return { ...checked, settings: checkedSettings, secret: checkSecret(checkedSettings, input.secret, current) };
}

/** The secret that results. One given for one address is never sent to another: whoever may set addresses may not read it. */
function checkSecret(after: ChannelSettings, given: ChannelInput['secret'], current?: UserChannel): string | null {
  const refuse = (message: string, ...path: string[]) => badInput({ path: ['input', ...path], message });
  const kept = current?.secret ?? null;
  if (given === undefined && kept !== null && current && !isSamePlace(current.settings, after)) {
    throw refuse('must be given again, for the address has changed', 'secret');
  }
  const secret = check(SECRETS[after.type], given === undefined ? kept : given, ['input', 'secret']);
  if (after.type !== 'EMAIL') return secret;
  if ((after.user === null) !== (secret === null)) {
    throw refuse('user and secret, the password, are only given together', 'secret');
  }
  if (after.security === 'NONE' && secret !== null) {
    throw refuse('must not be NONE, for a password would be sent', 'settings', 'security');
  }
  return secret;
}

/** Why messages cannot be sent to this address; null if they can. */
function urlFault(text: string): string | null {
  const parsed = URL.canParse(text) ? new URL(text) : null;
  if (!parsed || !/^https?:$/.test(parsed.protocol)) return 'must be an address that begins with http:// or https://';
  if (parsed.username || parsed.password) return 'must not contain a user name or password';
  return parsed.hash ? 'must not contain #' : null;
}

function definedOf(input: ChannelSettingsInput): object {
  return Object.fromEntries(Object.entries(input).filter(([, value]) => value !== undefined));
}

/** True if a secret given for one is sent to nobody else with the other. */
function isSamePlace(before: ChannelSettings, after: ChannelSettings): boolean {
  const placeOf = (value: ChannelSettings) =>
    value.type === 'EMAIL' ? [value.host, value.port, value.security] : 'url' in value ? [value.url] : [];
  return JSON.stringify(placeOf(before)) === JSON.stringify(placeOf(after));
}
