import { z } from 'zod';
import { ROLES, type Role } from '../domain/access.ts';
import { badInput } from '../domain/errors.ts';
import type { Rights, User } from '../domain/user.ts';
import { check, line, list, oneOf } from '../input/check.ts';
import { PASSWORD_LENGTH } from './sign-in.ts';

/** A new user as an admin describes them. */
export interface CreateUserInput {
  readonly name: string;
  readonly email: string;
  readonly password: string;
  readonly role: Role;
  /** Null or left out: all. */
  readonly heatpumpIds?: readonly string[] | null | undefined;
}

/** Changes to a user; what is left out stays, and so does what is null, but for the heat pumps: null means all. */
export interface UpdateUserInput {
  readonly id: string;
  readonly name?: string | null | undefined;
  readonly role?: Role | null | undefined;
  readonly heatpumpIds?: readonly string[] | null | undefined;
  readonly disabled?: boolean | null | undefined;
  readonly password?: string | null | undefined;
}

/** A new token as an admin describes it. */
export interface CreateTokenInput {
  readonly name: string;
  readonly role: Role;
  /** Null or left out: all. */
  readonly heatpumpIds?: readonly string[] | null | undefined;
  /** Milliseconds UTC; null or left out: never. */
  readonly expiresAt?: number | null | undefined;
}

/** What users choose of a user. */
export type UserContent = Pick<User, 'name' | 'email' | 'role' | 'heatpumpIds' | 'disabled'>;

/** Heat pumps that one user or token may be limited to. */
const MAX_HEATPUMPS = 500;

const email = z
  .string()
  .trim()
  .toLowerCase()
  .max(200, { error: 'must not be longer than 200 characters' })
  .pipe(z.email({ error: 'must be an e-mail address' }));
const { min, max } = PASSWORD_LENGTH;
const password = z
  .string()
  .min(min, { error: `must be ${min} characters or more` })
  .max(max, { error: `must not be longer than ${max} characters` });
const rights = z
  .object({ role: oneOf(ROLES), heatpumpIds: list(z.string(), 0, MAX_HEATPUMPS).nullable() })
  .refine(({ role, heatpumpIds }) => role !== 'ADMIN' || heatpumpIds === null, {
    path: ['heatpumpIds'],
    error: 'must be left out: an ADMIN sees all heat pumps',
  });
const user = rights.and(z.object({ name: line(100), email, disabled: z.boolean() }));

/** The user that results from `input` over the `current` one. Throws `BAD_USER_INPUT` with every offending field. */
export function checkUser(
  input: Omit<UpdateUserInput, 'id'> & { readonly email?: string },
  current: UserContent | null,
  isHeatpump: (id: string) => boolean,
): UserContent {
  const role = input.role ?? current?.role;
  const kept = role === 'ADMIN' ? null : (current?.heatpumpIds ?? null);
  const checked = check(user, {
    name: input.name ?? current?.name,
    email: input.email ?? current?.email,
    role,
    heatpumpIds: input.heatpumpIds === undefined ? kept : input.heatpumpIds,
    disabled: input.disabled ?? current?.disabled ?? false,
  });
  checkHeatpumps(checked, (id) => isHeatpump(id) || (current?.heatpumpIds?.includes(id) ?? false));
  return checked;
}

/** The same for a token. */
export function checkToken(input: CreateTokenInput, isHeatpump: (id: string) => boolean, now: number) {
  const future = z.number().min(now, { error: 'must be in the future' }).nullable();
  const schema = rights.and(z.object({ name: line(100), expiresAt: future }));
  const { name, role, heatpumpIds = null, expiresAt = null } = input;
  const checked = check(schema, { name, role, heatpumpIds, expiresAt });
  checkHeatpumps(checked, isHeatpump);
  return checked;
}

/** A password as it may be. Throws `BAD_USER_INPUT`. */
export function checkPassword(given: string): string {
  return check(password, given, ['input', 'password']);
}

/** An empty list is allowed: somebody may wait for their first heat pump. */
function checkHeatpumps({ heatpumpIds }: Rights, isHeatpump: (id: string) => boolean): void {
  const index = heatpumpIds?.findIndex((id) => !isHeatpump(id)) ?? -1;
  if (index >= 0) throw badInput({ path: ['input', 'heatpumpIds', index], message: 'no heat pump with this id' });
}
