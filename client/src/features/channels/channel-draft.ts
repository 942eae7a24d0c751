import type { FieldIssue } from '../../graphql/error-text.ts';
import type {
  ChannelPartsFragment,
  ChannelSettingsInput,
  ChannelType,
  CreateChannelInput,
  Language,
  MailSecurity,
  UpdateChannelInput,
} from '../../graphql/generated/types.ts';
import { CHANNEL_FIELDS, type ChannelField } from './channel-fields.ts';

/** A channel as it stands in the form; all settings as text. */
export interface ChannelDraft {
  readonly name: string;
  readonly type: ChannelType;
  readonly language: Language;
  readonly enabled: boolean;
  readonly fields: Readonly<Record<ChannelField, string>>;
  readonly security: MailSecurity;
  /** Empty: stays as it is. */
  readonly secret: string;
  /** Whether the secret there is shall be taken away. */
  readonly isSecretRemoved: boolean;
}

/** What is sent for a draft, or what is wrong with it. */
export type DraftInput =
  | { readonly ok: true; readonly value: Omit<UpdateChannelInput, 'id'> & Pick<CreateChannelInput, 'name' | 'type'> }
  | { readonly ok: false; readonly issues: readonly FieldIssue[] };

const NOTHING = { url: '', topic: '', chatId: '', host: '', port: '', user: '', from: '', to: '' };

/** A new channel, whose messages are in the language of whoever adds it. */
export function newDraft(language: Language): ChannelDraft {
  const rest = { security: 'STARTTLS', secret: '', isSecretRemoved: false } as const;
  return { name: '', type: 'EMAIL', language, enabled: true, fields: NOTHING, ...rest };
}

/** A channel that exists, to be changed; its secret is not known here. */
export function draftOf({ name, type, language, enabled, settings }: ChannelPartsFragment): ChannelDraft {
  const { url, topic, chatId, host, port, user, from, to, security } = settings;
  const fields = {
    url: url ?? '',
    topic: topic ?? '',
    chatId: chatId ?? '',
    host: host ?? '',
    port: port === null ? '' : String(port),
    user: user ?? '',
    from: from ?? '',
    to: to.join(', '),
  };
  return {
    name,
    type,
    language,
    enabled,
    fields,
    security: security ?? 'STARTTLS',
    secret: '',
    isSecretRemoved: false,
  };
}

/** What is sent for a draft: of the settings those of its type, an empty one as none. */
export function inputOf(draft: ChannelDraft): DraftInput {
  const { name, type, language, enabled, fields } = draft;
  const port = fields.port.trim();
  if (CHANNEL_FIELDS[type].includes('port') && !/^\d{0,9}$/.test(port)) {
    return { ok: false, issues: [{ path: 'settings.port', message: 'must be a whole number' }] };
  }
  const secret = draft.isSecretRemoved ? { secret: null } : draft.secret === '' ? {} : { secret: draft.secret };
  return { ok: true, value: { name, type, language, enabled, settings: settingsOf(draft), ...secret } };
}

function settingsOf({ type, fields, security }: ChannelDraft): ChannelSettingsInput {
  const entries = CHANNEL_FIELDS[type].map((field) => {
    if (field === 'security') return [field, security] as const;
    const text = fields[field].trim();
    if (field === 'to') return [field, text.split(/[\s,;]+/).filter((address) => address !== '')] as const;
    if (text === '') return [field, null] as const;
    return [field, field === 'port' ? Number(text) : text] as const;
  });
  return Object.fromEntries(entries) as ChannelSettingsInput;
}
