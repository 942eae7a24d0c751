import type { DeviceError } from '../domain/device-error.ts';
import type { DeviceCounters } from '../domain/heatpump.ts';
import type { Result } from '../domain/result.ts';
import type { UnitLine } from '../modbus/line.ts';

/** Counts the requests to one device and the errors they ended in. */
export class RequestCounter {
  #requests = 0;
  readonly #errors: Partial<Record<DeviceError['code'], number>> = {};

  get counters(): DeviceCounters {
    return { requests: this.#requests, errors: { ...this.#errors } };
  }

  /** The same line, counted. */
  over(line: UnitLine): UnitLine {
    return {
      pacer: line.pacer,
      read: (request) => line.read(request).then((result) => this.#count(result)),
      write: (request) => line.write(request).then((result) => this.#count(result)),
      close: () => line.close(),
    };
  }

  #count<T>(result: Result<T, DeviceError>): Result<T, DeviceError> {
    this.#requests++;
    if (!result.ok) this.#errors[result.error.code] = (this.#errors[result.error.code] ?? 0) + 1;
    return result;
  }
}
