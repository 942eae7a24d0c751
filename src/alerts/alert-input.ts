import { z } from 'zod';
import { type Alert, type AlertRuleType, COMPARISONS, type Comparison } from '../domain/alert.ts';
import { QUANTITIES, type Quantity } from '../domain/quantity.ts';
import { check, given, line, list, oneOf, whole } from '../input/check.ts';
import { PLACEHOLDERS, unknownPlaceholders } from './placeholders.ts';

/** A rule as users give it: of the fields only those that belong to its type. */
export interface AlertRuleInput {
  readonly type: AlertRuleType;
  readonly key?: string | null | undefined;
  readonly quantity?: Quantity | null | undefined;
  readonly circuit?: string | null | undefined;
  readonly comparison?: Comparison | null | undefined;
  readonly threshold?: number | null | undefined;
  readonly hysteresis?: number | null | undefined;
  readonly durationMs?: number | null | undefined;
  readonly options?: readonly string[] | null | undefined;
}

/** What a user may say of an alert; undefined means "left out", and so does null where it means nothing of its own. */
export interface AlertInput {
  readonly name?: string | null | undefined;
  /** As a whole. */
  readonly rule?: AlertRuleInput | null | undefined;
  readonly channelIds?: readonly string[] | null | undefined;
  /** Null: the usual message. */
  readonly message?: string | null | undefined;
  /** Null: no reminders. */
  readonly repeatEveryMs?: number | null | undefined;
  readonly enabled?: boolean | null | undefined;
}

/** What users choose of an alert. */
export type UserAlert = Pick<Alert, 'name' | 'rule' | 'channelIds' | 'message' | 'repeatEveryMs' | 'enabled'>;

/** No condition need hold longer, and no reminder be rarer, than a week. */
const MAX_DURATION_MS = 7 * 24 * 3_600_000;
const MIN_REPEAT_MS = 60_000;
/** Channels that one alert may be told over. */
export const MAX_CHANNELS = 10;
const MAX_MESSAGE_LENGTH = 1_000;

const duration = { durationMs: whole(0, MAX_DURATION_MS).default(0) };

const watched = {
  key: line(100).nullable().default(null),
  quantity: z
    .enum(Object.keys(QUANTITIES) as [Quantity, ...Quantity[]])
    .nullable()
    .default(null),
  circuit: line(20).nullable().default(null),
};

const rule = z
  .discriminatedUnion('type', [
    z.strictObject({
      type: z.literal('THRESHOLD'),
      ...watched,
      comparison: oneOf(COMPARISONS),
      threshold: z.number({ error: 'is required' }),
      hysteresis: z.number().min(0, { error: 'must not be negative' }).default(0),
      ...duration,
    }),
    z.strictObject({ type: z.literal('NO_DATA'), ...watched, ...duration }),
    z.strictObject({ type: z.literal('OFFLINE'), ...duration }),
    z.strictObject({ type: z.literal('FAULT'), ...duration }),
    z.strictObject({
      type: z.literal('UNEXPECTED_OPTION'),
      ...watched,
      options: list(line(100), 0, 100).default([]),
      ...duration,
    }),
  ])
  .superRefine((value, context) => {
    if (!('key' in value)) return;
    const refuse = (field: string, message: string) => context.addIssue({ code: 'custom', path: [field], message });
    if ((value.key === null) === (value.quantity === null)) refuse('key', 'either key or quantity is required');
    else if (value.circuit !== null && value.quantity === null) refuse('circuit', 'needs a quantity');
  });

const alert = z.object({
  name: line(100),
  rule,
  channelIds: list(z.string(), 0, MAX_CHANNELS).refine((ids) => new Set(ids).size === ids.length, {
    error: 'must not repeat itself',
  }),
  message: z
    .string()
    .trim()
    .min(1, { error: 'must not be empty' })
    .max(MAX_MESSAGE_LENGTH, { error: `must not be longer than ${MAX_MESSAGE_LENGTH} characters` })
    .superRefine((template, context) => {
      for (const name of unknownPlaceholders(template)) {
        const known = PLACEHOLDERS.map((placeholder) => `{${placeholder}}`).join(' ');
        context.addIssue({ code: 'custom', message: `{${name}} is no placeholder; known are ${known}` });
      }
    })
    .nullable(),
  repeatEveryMs: whole(MIN_REPEAT_MS, MAX_DURATION_MS).nullable(),
  enabled: z.boolean(),
});

/**
 * What results from `input` over a `current` alert, or over the defaults for a new one. Throws `BAD_USER_INPUT` with every
 * offending field below `input`. Whether heat pumps and channels fit is not looked at.
 */
export function checkAlert(input: AlertInput, current?: UserAlert): UserAlert {
  return check<UserAlert>(alert, {
    name: input.name ?? current?.name,
    rule: input.rule ? given(input.rule) : current?.rule,
    channelIds: input.channelIds ?? current?.channelIds ?? [],
    message: input.message === undefined ? (current?.message ?? null) : input.message,
    repeatEveryMs: input.repeatEveryMs === undefined ? (current?.repeatEveryMs ?? null) : input.repeatEveryMs,
    enabled: input.enabled ?? current?.enabled ?? true,
  });
}
