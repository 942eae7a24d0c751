import type { Clock } from '../domain/clock.ts';
import type { ConnectionTest } from '../domain/connection-test.ts';
import type { EncodingProbe } from '../domain/encoding-probe.ts';
import { AppError } from '../domain/errors.ts';
import type { Lines } from '../modbus/lines.ts';
import { type TestTarget, testConnection } from './connection-test.ts';
import { probeEncoding } from './encoding-probe.ts';

/** Checks that may run at once. */
const MAX_RUNNING = 8;

/** Looks at connections by reading; never writes. Only so many at once: throws `CONFLICT` beyond that. */
export class ConnectionChecks {
  readonly #lines: Lines;
  readonly #clock: Clock;
  #running = 0;

  constructor(lines: Lines, clock: Clock) {
    this.#lines = lines;
    this.#clock = clock;
  }

  /** Tells whether the expected heat pump answers. */
  test(target: TestTarget): Promise<ConnectionTest> {
    return this.#bounded(() => testConnection(target, this.#lines, this.#clock));
  }

  /** Finds out how the device codes its values. Throws `UNREACHABLE` if it does not answer. */
  probe({ driver, connection, config }: TestTarget): Promise<EncodingProbe> {
    return this.#bounded(async () => {
      const line = this.#lines.open({ ...connection, ...driver.lineRules });
      try {
        const result = await probeEncoding(driver.sensors(config), line, this.#clock);
        if (result.ok) return result.value;
        throw new AppError('UNREACHABLE', `the heat pump cannot be read: ${result.error.message}`);
      } finally {
        line.close();
      }
    });
  }

  async #bounded<T>(check: () => Promise<T>): Promise<T> {
    if (this.#running >= MAX_RUNNING) throw new AppError('CONFLICT', 'too many connection tests at once; try again');
    this.#running++;
    try {
      return await check();
    } finally {
      this.#running--;
    }
  }
}
