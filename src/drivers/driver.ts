import type { HeatpumpModel, ModelConfig } from '../domain/model.ts';
import type { LineRules } from '../modbus/line.ts';
import type { ReadRules } from '../modbus/read-plan.ts';

/** What a driver fulfils: a model's description, and how its device wants to be spoken to. All of it is data. */
export interface Driver extends HeatpumpModel {
  readonly lineRules: LineRules;
  readonly readRules: ReadRules;
  /**
   * A sensor that every device of this model has, read alone to see whether it is there.
   * A value outside `plausible` means that something else answers.
   */
  readonly probe: { readonly key: string; readonly plausible: readonly [lowest: number, highest: number] };
  /** Sensors shown after a successful connection test, for the owner to recognise the heat pump by. */
  readonly testKeys: readonly string[];
  /** The config of the smallest and of the largest installation, for tests and documentation. */
  readonly exampleConfigs: { readonly smallest: ModelConfig; readonly largest: ModelConfig };
}
