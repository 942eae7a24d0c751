import { randomInt, timingSafeEqual } from 'node:crypto';
import { AppError } from '../domain/errors.ts';
import type { User } from '../domain/user.ts';
import type { CreateUserInput } from './account-input.ts';
import type { Accounts } from './accounts.ts';
import { sha256 } from './doorkeeper.ts';
import type { GuessThrottle } from './guess-throttle.ts';

/** The first user, as whoever has read the log of the server describes them. */
export interface SetUpInput extends Pick<CreateUserInput, 'name' | 'email' | 'password'> {
  readonly code: string;
}

/** Letters and digits that cannot be mistaken for each other. */
const ALPHABET = 'ABCDEFGHJKMNPQRSTVWXYZ23456789';
const GROUPS = 4;
const GROUP_LENGTH = 4;

/** Lets whoever can read the log of the server make the first admin. */
export class SetUp {
  /** Of this start of the server only, e.g. `K7QM-2XHN-9RTA-WC4E`. */
  readonly code = newCode();
  readonly #accounts: Accounts;
  readonly #throttle: GuessThrottle;

  constructor(accounts: Accounts, throttle: GuessThrottle) {
    this.#accounts = accounts;
    this.#throttle = throttle;
  }

  /** Whether there is no user yet. */
  get isNeeded(): boolean {
    return this.#accounts.users().length === 0;
  }

  /** Makes the first admin. Throws `FORBIDDEN` for a wrong code, `CONFLICT`, `RATE_LIMITED` or `BAD_USER_INPUT`. */
  async run({ code, ...input }: SetUpInput, address: string): Promise<User> {
    if (!this.isNeeded) throw new AppError('CONFLICT', 'it has been set up already');
    this.#throttle.take('', address);
    const isRight = timingSafeEqual(sha256(normal(code)), sha256(normal(this.code)));
    if (!isRight) throw new AppError('FORBIDDEN', 'this is not the set-up code in the log of the server');
    this.#throttle.succeed('', address);
    return this.#accounts.createFirst(input);
  }
}

function newCode(): string {
  const group = () => Array.from({ length: GROUP_LENGTH }, () => ALPHABET[randomInt(ALPHABET.length)]).join('');
  return Array.from({ length: GROUPS }, group).join('-');
}

/** Typed by hand, it may lack its dashes. */
function normal(code: string): string {
  return code.toUpperCase().replace(/[\s-]/g, '');
}
