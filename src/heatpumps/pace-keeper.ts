import { messageOf } from '../domain/errors.ts';
import type { Logger } from '../domain/logger.ts';
import type { PaceStore } from '../domain/pace.ts';
import { Sequence } from '../domain/sequence.ts';
import type { Pacer } from '../modbus/pacer.ts';

/** What a keeper needs of the house. */
export interface PaceKeeperDeps {
  readonly paces: PaceStore;
  readonly logger: Logger;
}

/** Whose pace it is. */
export interface PaceSubject {
  readonly heatpumpId: string;
  readonly name: string;
  /** Model and place of the unit. */
  readonly device: string;
  readonly pacer: Pacer;
}

/** Remembers across restarts how fast a unit that was lost may be read, and logs when that changes. */
export class PaceKeeper {
  readonly #subject: PaceSubject;
  readonly #deps: PaceKeeperDeps;
  readonly #changes = new Sequence();
  #lostAt: number | null = null;
  #reason: string;

  constructor(subject: PaceSubject, deps: PaceKeeperDeps) {
    this.#subject = subject;
    this.#deps = deps;
    this.#reason = subject.pacer.pace.reason;
  }

  /** Goes on from what is remembered of this very unit. Without it, that is learnt anew. */
  async resume(): Promise<void> {
    const { heatpumpId, device, pacer } = this.#subject;
    try {
      const kept = await this.#deps.paces.find(heatpumpId);
      if (kept?.device === device) pacer.restore(kept);
    } catch (thrown) {
      this.#deps.logger.error({ heatpumpId, error: messageOf(thrown) }, 'the pace of a heat pump cannot be loaded');
    }
    this.#lostAt = pacer.kept?.lostAt ?? null;
    this.#reason = pacer.pace.reason;
    pacer.onChange = () => this.#changed();
  }

  /** Resolves when all is on disk. */
  async stop(): Promise<void> {
    this.#subject.pacer.onChange = () => {};
    await this.#changes.ended();
  }

  #changed(): void {
    const { heatpumpId, name, device, pacer } = this.#subject;
    const { reason, requestsPerSecond, troubleAt } = pacer.pace;
    if (reason !== this.#reason) {
      const fields = { heatpumpId, name, reason, requestsPerSecond, troubleAt };
      if (reason === 'FREE') this.#deps.logger.info(fields, 'heat pump is read at full pace again');
      else this.#deps.logger.warn(fields, 'heat pump is read more slowly');
      this.#reason = reason;
    }
    const { kept } = pacer;
    if (kept && kept.lostAt !== this.#lostAt) {
      this.#lostAt = kept.lostAt;
      void this.#changes
        .run(() => this.#deps.paces.put(heatpumpId, { device, ...kept }))
        .catch((thrown: unknown) => {
          this.#deps.logger.error({ heatpumpId, error: messageOf(thrown) }, 'the pace of a heat pump cannot be kept');
        });
    }
  }
}
