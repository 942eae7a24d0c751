import type { DeviceError } from '../domain/device-error.ts';
import type { DeviceIdentity, HeatpumpModel, ModelConfig } from '../domain/model.ts';
import type { Result } from '../domain/result.ts';
import type { Reading } from '../domain/snapshot.ts';
import type { WearBudget } from '../domain/wear.ts';
import type { LineRules, UnitLine } from '../modbus/line.ts';
import type { ReadRules } from '../modbus/read-plan.ts';

/** A line that can only be read. */
export type ReadLine = Pick<UnitLine, 'read'>;

/** What a driver fulfils: a model's description, and how its device wants to be spoken to. All of it is data but for quirks. */
export interface Driver extends HeatpumpModel {
  readonly lineRules: LineRules;
  readonly readRules: ReadRules;
  /** The Modbus exceptions by which the device says that it does not have a register; any other one is a fault. */
  readonly refusals: readonly number[];
  /** What each of its `EEPROM` registers bears; null: nobody names a figure, or it has none. */
  readonly wear: WearBudget | null;
  /**
   * A sensor that every device of this model has with this config, read alone to see whether it is there.
   * A value outside `plausible` means that something else answers.
   */
  probe(config: ModelConfig): { readonly key: string; readonly plausible: readonly [lowest: number, highest: number] };
  /** Sensors shown after a successful connection test, for the owner to recognise the heat pump by. */
  readonly testKeys: readonly string[];
  /** The configs of the smallest and of the largest installation, and of others that differ in kind, for tests and documentation. */
  readonly exampleConfigs: Readonly<Record<'smallest' | 'largest', ModelConfig> & Record<string, ModelConfig>>;
  /** Asks the device what it is, where it can tell; read before its sensors. Only reads. */
  readonly identify?: (line: ReadLine, config: ModelConfig) => Promise<Result<DeviceIdentity, DeviceError>>;
  /** What takes several readings of one poll to say, e.g. a code made of two registers. Order and length stay. */
  readonly refine?: (readings: readonly Reading[]) => readonly Reading[];
}
