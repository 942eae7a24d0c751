import { type ChannelInput, checkChannel } from '../alerts/channel-input.ts';
import { MAX_CHANNELS } from '../alerts/channel-manager.ts';
import type { Channel, ChannelType } from '../domain/channel.ts';
import { isNew, takenId } from './admission.ts';
import { decryptFernet } from './fernet.ts';
import { isEmpty, type Loose, lineOf, numberOf, objectOf, textOf, textsOf } from './loose.ts';
import { refusal, refusalOf } from './report.ts';
import type { Takeover } from './takeover.ts';

/** A channel as the file describes it; making its input may throw an `AppError`. */
interface Found {
  readonly type: ChannelType;
  readonly name: string;
  /** Where it leads, for its id. */
  readonly place: readonly string[];
  readonly section: Loose;
  input(): ChannelInput;
}

/** TLS from the first byte; idm_logger itself knows STARTTLS only, which servers do not speak there. */
const TLS_PORT = 465;
const USUAL_PORT = 587;

/** The channels of the notification settings, and the ids of all that alerts are told over: also those here already. */
export function takeChannels(takeover: Takeover): { readonly channels: Channel[]; readonly ids: string[] } {
  const { existing, report, now } = takeover;
  const channels: Channel[] = [];
  const ids: string[] = [];
  for (const found of foundChannels(takeover)) {
    const { type, name, section } = found;
    const id = takenId('channel', type, ...found.place);
    try {
      if (
        isNew('CHANNEL', { id, name }, { existing: existing.channels, taken: channels, most: MAX_CHANNELS }, report)
      ) {
        const checked = checkChannel(type, {
          ...found.input(),
          name,
          language: 'DE',
          enabled: section.enabled === true,
        });
        channels.push({ id, ...checked, createdAt: now, updatedAt: now });
        report.taken('CHANNEL', name, id);
      }
      ids.push(id);
    } catch (thrown) {
      report.notTaken('CHANNEL', name, refusalOf(thrown), section);
    }
  }
  return { channels, ids };
}

function foundChannels({ config, data }: Takeover): Found[] {
  return [
    ...telegram(objectOf(config.telegram)),
    ...discord(objectOf(config.discord)),
    ...email(config, data.secretKey),
  ];
}

function telegram(section: Loose): Found[] {
  const token = textOf(section.bot_token);
  const chats = [...new Set(textsOf(section.chat_ids))];
  if (chats.length === 0 && token === '') return [];
  return (chats.length === 0 ? [''] : chats).map((chatId) => ({
    type: 'TELEGRAM',
    name: lineOf(`Telegram ${chatId}`, 'Telegram'),
    place: [chatId, token],
    section,
    input: () => ({ settings: { chatId }, secret: token }),
  }));
}

function discord(section: Loose): Found[] {
  const url = textOf(section.webhook_url);
  if (url === '') return [];
  return [{ type: 'DISCORD', name: 'Discord', place: [url], section, input: () => ({ secret: url }) }];
}

function email(config: Loose, secretKey: string | null): Found[] {
  const section = objectOf(config.email);
  const host = textOf(section.smtp_server);
  const to = textsOf(section.recipients);
  if (host === '' && isEmpty(section.recipients)) return [];
  const port = numberOf(section.smtp_port) ?? USUAL_PORT;
  const user = textOf(section.username);
  const input = (): ChannelInput => {
    const secret = decrypted(textOf(section.encrypted_password), secretKey);
    const from = textOf(section.sender) || user;
    // A user without a password does not log in there either.
    const login = user !== '' && secret !== null ? { user } : {};
    const settings = { host, port, security: port === TLS_PORT ? 'TLS' : 'STARTTLS', from, to, ...login } as const;
    return { settings, secret: user === '' ? null : secret };
  };
  return [{ type: 'EMAIL', name: 'E-Mail', place: [host, String(port), user, ...to], section, input }];
}

/** The password a token holds; null if there is none. */
function decrypted(token: string, secretKey: string | null): string | null {
  if (token === '') return null;
  if (secretKey === null)
    throw refusal('its password needs the file .secret.key beside the database, which cannot be read');
  const password = decryptFernet(token, secretKey);
  if (password.ok) return password.value;
  throw refusal(`its password cannot be decrypted: ${password.error}`);
}
