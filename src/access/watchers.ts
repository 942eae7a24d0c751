import type { Clock, Timer } from '../domain/clock.ts';
import { messageOf } from '../domain/errors.ts';
import type { Logger } from '../domain/logger.ts';
import type { Credential } from './credential.ts';

/** A credential on which something is running. */
interface Watched {
  credential: Credential;
  readonly listeners: Set<() => void>;
  timer: Timer | null;
}

/** What watchers need of the house. */
export interface WatchersDeps {
  /** The credential as it is now; null: it has ended. */
  readonly again: (credential: Credential) => Promise<Credential | null>;
  readonly clock: Clock;
  readonly logger: Logger;
}

/** Timers that reach further overflow. */
const LONGEST_TIMER_MS = 86_400_000;

/** Tells what is running, e.g. subscriptions, when the credential it was started with ends or gives other rights. */
export class Watchers {
  readonly #deps: WatchersDeps;
  readonly #watched = new Map<string, Watched>();
  #changes = 0;

  constructor(deps: WatchersDeps) {
    this.#deps = deps;
  }

  /** Counts the changes after which credentials were looked at. */
  get changes(): number {
    return this.#changes;
  }

  /**
   * Calls `listener` once when that happens; returns how to stop listening. The credential is as it was after so many `changes`:
   * if there were others since, it is looked at again at once.
   */
  watch(credential: Credential, listener: () => void, changes: number): () => void {
    const { key } = credential;
    if (key === '') return () => {};
    const watched = this.#watched.get(key) ?? { credential, listeners: new Set(), timer: null };
    this.#watched.set(key, watched);
    if (watched.listeners.size === 0) this.#arm(watched);
    watched.listeners.add(listener);
    if (changes !== this.#changes) void this.#check(watched);
    return () => {
      watched.listeners.delete(listener);
      if (watched.listeners.size === 0) this.#forget(watched);
    };
  }

  /** Looks at every credential again: something may have changed. */
  async check(): Promise<void> {
    this.#changes++;
    await Promise.all([...this.#watched.values()].map((watched) => this.#check(watched)));
  }

  /** Ends all timers. */
  stop(): void {
    for (const watched of this.#watched.values()) this.#forget(watched);
  }

  /** If it cannot be found out whether somebody still may, they may not. */
  async #check(watched: Watched): Promise<void> {
    const { credential } = watched;
    const now = await this.#deps.again(credential).catch((thrown: unknown) => {
      this.#deps.logger.error({ error: messageOf(thrown) }, 'a sign-in cannot be checked');
      return null;
    });
    if (this.#watched.get(credential.key) !== watched) return;
    if (now?.access.scope === credential.access.scope) {
      watched.credential = now;
      return this.#arm(watched);
    }
    this.#forget(watched);
    for (const listener of watched.listeners) listener();
  }

  #arm(watched: Watched): void {
    const { clock } = this.#deps;
    const { expiresAt } = watched.credential;
    if (watched.timer !== null) clock.clearTimeout(watched.timer);
    watched.timer = null;
    if (expiresAt === null) return;
    const delayMs = Math.min(Math.max(expiresAt - clock.now(), 0), LONGEST_TIMER_MS);
    watched.timer = clock.setTimeout(() => void this.#check(watched), delayMs);
  }

  #forget(watched: Watched): void {
    if (watched.timer !== null) this.#deps.clock.clearTimeout(watched.timer);
    watched.timer = null;
    // Who was sent away may have come back with the same key, and is watched anew.
    const { key } = watched.credential;
    if (this.#watched.get(key) === watched) this.#watched.delete(key);
  }
}
