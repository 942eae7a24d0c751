import { type AppError, badInput } from '../domain/errors.ts';
import type { HeatpumpModel, Manufacturer, ModelConfig } from '../domain/model.ts';
import { checkConfig } from '../drivers/config.ts';
import type { Driver } from '../drivers/driver.ts';

/** The heat pumps the server knows how to talk to. */
export class Catalogue {
  readonly #drivers: readonly Driver[];

  constructor(drivers: readonly Driver[]) {
    this.#drivers = drivers;
  }

  /** Every manufacturer, in the drivers' order. */
  manufacturers(): Manufacturer[] {
    return [...new Map(this.#drivers.map(({ manufacturer }) => [manufacturer.id, manufacturer])).values()];
  }

  /** The models of a manufacturer; none if it is unknown. */
  models(manufacturerId: string): readonly HeatpumpModel[] {
    return this.#drivers.filter(({ manufacturer }) => manufacturer.id === manufacturerId);
  }

  /** The driver of a model; null if it is unknown. */
  find(manufacturerId: string, modelId: string): Driver | null {
    return this.#drivers.find(({ manufacturer, id }) => manufacturer.id === manufacturerId && id === modelId) ?? null;
  }

  /** A config for this model, complete and checked. Throws `BAD_USER_INPUT` with paths below `config`. */
  checkConfig(model: HeatpumpModel, config: unknown): ModelConfig {
    return checkConfig(model.configFields, config, ['config']);
  }

  /** The driver of a model that a user named. Throws `BAD_USER_INPUT` naming the field that is wrong. */
  require(manufacturerId: string | null | undefined, modelId: string | null | undefined): Driver {
    const models = this.models(manufacturerId ?? '');
    if (models.length === 0) throw unknown('manufacturer', this.manufacturers());
    const driver = this.find(manufacturerId ?? '', modelId ?? '');
    if (!driver) throw unknown('model', models);
    return driver;
  }
}

function unknown(field: string, known: readonly { readonly id: string }[]): AppError {
  return badInput({ path: ['input', field], message: `must be one of ${known.map(({ id }) => id).join(', ')}` });
}
