import { messageOf } from '../domain/errors.ts';
import type { Logger } from '../domain/logger.ts';
import {
  type MissingRegister,
  type MissingRegisterStore,
  placeOf,
  type RegisterAddress,
  type UnitIdentity,
} from '../domain/missing-register.ts';

/** A missing register is asked for again after a week: something may have been installed or updated. */
const RETEST_AFTER_MS = 7 * 24 * 3_600_000;

/** The registers that one unit does not have, remembered in the database. Without it they are learnt anew. */
export class MissingRegisters {
  readonly #store: MissingRegisterStore;
  readonly #logger: Logger;
  #byPlace = new Map<string, MissingRegister>();

  constructor(store: MissingRegisterStore, logger: Logger) {
    this.#store = store;
    this.#logger = logger;
  }

  get all(): readonly MissingRegister[] {
    return [...this.#byPlace.values()];
  }

  /** Those to be asked for again; also those that a wall clock gone astray had put off for longer. */
  due(now: number): readonly MissingRegister[] {
    return this.all.filter(({ retestAt }) => retestAt <= now || retestAt > now + RETEST_AFTER_MS);
  }

  /** Takes over what is known of this unit, and nothing else. */
  async load(unit: UnitIdentity): Promise<void> {
    const known = await this.#store.list(unit).catch((thrown: unknown) => {
      this.#logger.error({ ...unit, error: messageOf(thrown) }, 'missing registers cannot be loaded');
      return [];
    });
    this.#byPlace = new Map(known.map((register) => [placeOf(register), register]));
  }

  /** Notes what was refused at `now`, for the first time or again, and forgets what is back. */
  async note(
    unit: UnitIdentity,
    refused: readonly RegisterAddress[],
    back: readonly RegisterAddress[],
    now: number,
  ): Promise<void> {
    for (const register of back) this.#byPlace.delete(placeOf(register));
    for (const { table, address } of refused) {
      const place = placeOf({ table, address });
      const learntAt = this.#byPlace.get(place)?.learntAt ?? now;
      this.#byPlace.set(place, { table, address, learntAt, retestAt: now + RETEST_AFTER_MS });
    }
    await this.#store.replace(unit, this.all).catch((thrown: unknown) => {
      this.#logger.error({ ...unit, error: messageOf(thrown) }, 'missing registers cannot be kept');
    });
  }
}
