import type { Settings, ThermalState } from './thermal-model.ts';

/** How one model of heat pump shows a house and machine in its registers, by sensor key. Values are in sensor units. */
export interface DeviceProfile {
  readonly manufacturer: string;
  readonly model: string;
  /** What the sensors measure now; a sensor named nowhere is not installed. */
  measure(state: ThermalState, circuits: readonly string[], zones: readonly number[]): Readonly<Record<string, number>>;
  /** What is stored when the device is new; further keys may be written all the same. */
  stored(circuits: readonly string[], zones: readonly number[]): Readonly<Record<string, number>>;
  /** What the stored values make the machine do. */
  apply(stored: ReadonlyMap<string, number>, settings: Settings): void;
  /** Stored requests that the machine itself takes back once they are done. */
  takeBack(settings: Readonly<Settings>, stored: Map<string, number>): void;
  /** The device moves written values into these limits. */
  readonly limits: Readonly<Record<string, readonly [lowest: number, highest: number]>>;
  /** Writes that are acknowledged and have no effect. */
  readonly ignored: RegExp;
}
