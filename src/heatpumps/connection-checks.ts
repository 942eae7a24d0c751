import type { Clock } from '../domain/clock.ts';
import type { ConnectionTest } from '../domain/connection-test.ts';
import type { EncodingProbe } from '../domain/encoding-probe.ts';
import { AppError, rateLimited } from '../domain/errors.ts';
import type { Logger } from '../domain/logger.ts';
import { Throttle, type ThrottleRules } from '../domain/throttle.ts';
import type { Lines } from '../modbus/lines.ts';
import { type TestTarget, testConnection } from './connection-test.ts';
import { probeEncoding } from './encoding-probe.ts';

/** Checks that may run at once. */
const MAX_RUNNING = 8;

/** Enough for an installer who tries one setting after the other, and far too little to look through a network. */
const CHECKS: ThrottleRules = { perCaller: { burst: 20, refillMs: 3_000 }, inAll: { burst: 60, refillMs: 1_000 } };
/** Enough to set up a fleet in an hour. */
const AIMS: ThrottleRules = { perCaller: { burst: 120, refillMs: 3_000 }, inAll: { burst: 240, refillMs: 1_500 } };

/** What {@link ConnectionChecks} needs of the house. */
export interface ConnectionCheckDeps {
  readonly lines: Lines;
  readonly clock: Clock;
  readonly logger: Logger;
}

/**
 * Looks at connections by reading; never writes. Callers (null: the server itself) are held back, so that nobody can use the
 * server to find out what else is in its network.
 */
export class ConnectionChecks {
  readonly #deps: ConnectionCheckDeps;
  readonly #checks = new Throttle(CHECKS);
  readonly #aims = new Throttle(AIMS);
  /** The endpoints being checked. */
  readonly #running = new Set<string>();

  constructor(deps: ConnectionCheckDeps) {
    this.#deps = deps;
  }

  /** Tells whether the expected heat pump answers. Throws `RATE_LIMITED` or `CONFLICT`. */
  async test(target: TestTarget, caller: string | null): Promise<ConnectionTest> {
    const { lines, clock, logger } = this.#deps;
    const result = await this.#bounded(target, caller, () => testConnection(target, lines, clock));
    logger.info({ caller, connection: target.connection, code: result.code }, 'connection tested');
    return result;
  }

  /** Finds out how the device codes its values. Throws like {@link test}, or `UNREACHABLE` if it does not answer. */
  probe(target: TestTarget, caller: string | null): Promise<EncodingProbe> {
    const { driver, connection, config } = target;
    return this.#bounded(target, caller, async () => {
      const line = this.#deps.lines.open({ ...connection, ...driver.lineRules });
      try {
        const result = await probeEncoding(driver.sensors(config), line, this.#deps.clock);
        if (result.ok) return result.value;
        throw new AppError('UNREACHABLE', `the heat pump cannot be read: ${result.error.message}`);
      } finally {
        line.close();
      }
    });
  }

  /** Notes that a heat pump is to be read where none was before. Throws `RATE_LIMITED`. */
  aim(caller: string | null): void {
    this.#take(this.#aims, caller, 'too many connections were changed');
  }

  #take(throttle: Throttle, caller: string | null, what: string): void {
    const waitMs = caller === null ? null : throttle.take(caller, this.#deps.clock.monotonicMs());
    if (waitMs !== null) throw rateLimited(what, waitMs);
  }

  async #bounded<T>({ connection }: TestTarget, caller: string | null, check: () => Promise<T>): Promise<T> {
    const endpoint = `${connection.host}:${connection.port}`;
    if (this.#running.has(endpoint)) throw new AppError('CONFLICT', `${endpoint} is being tested already`);
    if (this.#running.size >= MAX_RUNNING)
      throw new AppError('CONFLICT', 'too many connection tests at once; try again');
    this.#take(this.#checks, caller, 'too many connection tests');
    this.#running.add(endpoint);
    try {
      return await check();
    } finally {
      this.#running.delete(endpoint);
    }
  }
}
