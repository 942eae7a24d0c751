import { z } from 'zod';
import { badInput, type Issue } from '../domain/errors.ts';

/** A whole number within bounds, both allowed. */
export function whole(min: number, max: number) {
  const error = `must be a whole number from ${min} to ${max}`;
  return z.int({ error }).min(min, { error }).max(max, { error });
}

/** A number that is one. */
export function number() {
  return z.number({ error: 'must be a number' });
}

/** A line of text without control characters. */
export function line(maxLength: number) {
  return z
    .string({ error: 'is required' })
    .trim()
    .min(1, { error: 'must not be empty' })
    .max(maxLength, { error: `must not be longer than ${maxLength} characters` })
    .regex(/^\P{Cc}*$/u, { error: 'must not contain control characters' });
}

/** One of a few words. */
export function oneOf<const T extends readonly [string, ...string[]]>(values: T) {
  return z.enum(values, { error: `must be one of ${values.join(', ')}` });
}

/** A list within bounds. */
export function list<T extends z.ZodType>(item: T, min: number, max: number) {
  return z
    .array(item, { error: 'must be a list' })
    .min(min, { error: `must have ${min} or more` })
    .max(max, { error: `must not have more than ${max}` });
}

/** A field that may be left out, or null; then it is `otherwise`. */
export function optional<T extends z.ZodType, const D>(schema: T, otherwise: D) {
  return schema.nullish().transform((value): z.output<T> | D => value ?? otherwise);
}

/** What is given of an input; null and undefined both mean "left out". */
export function given(input: object): Record<string, unknown> {
  return Object.fromEntries(Object.entries(input).filter(([, value]) => value !== null && value !== undefined));
}

/** The value as the schema makes it. Throws `BAD_USER_INPUT` with every offending field below `path`. */
export function check<T>(schema: z.ZodType<T>, value: unknown, path: Issue['path'] = ['input']): T {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  const [first, ...rest] = result.error.issues.flatMap((issue) => toIssues(issue, path));
  throw badInput(first ?? { path, message: result.error.message }, ...rest);
}

function toIssues(issue: z.core.$ZodIssue, path: Issue['path']): Issue[] {
  const place = [...path, ...(issue.path as (string | number)[])];
  if (issue.code !== 'unrecognized_keys') return [{ path: place, message: issue.message }];
  return issue.keys.map((key) => ({ path: [...place, key], message: 'is not known here' }));
}
