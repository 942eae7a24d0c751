import type { DeviceIdentity, ModelConfig } from '../domain/model.ts';
import type { RegisterTable } from '../domain/register.ts';
import type { Sensor } from '../domain/sensor.ts';
import type { ExceptionCode } from './modbus-server.ts';
import type { Settings, ThermalState } from './thermal-model.ts';

/** How a device behaves on the line beyond answering, from the maker's document or as seen on real ones. */
export interface DeviceBehaviour {
  /** The tables it serves; the functions of others are refused with exception 1. */
  readonly tables: readonly RegisterTable[];
  /** The answer to a request that touches an address that is not there. */
  readonly missing: ExceptionCode;
  /** Most words in one read; more are refused with exception 3. */
  readonly maxWords: number;
  /** More words within a second make it restart: connections drop and none is accepted for `restartMs`. Null: never. */
  readonly maxWordsPerSecond: number | null;
  readonly restartMs: number;
  /** Written `CYCLIC` values fall back after this time without any request; null: never. */
  readonly fallBackMs: number | null;
  /** Functions 3 and 4 read the same registers. */
  readonly isInputHolding: boolean;
}

/** How one model of heat pump shows a house and machine in its registers, by sensor key. Values are in sensor units. */
export interface DeviceProfile {
  readonly manufacturer: string;
  readonly model: string;
  readonly behaviour: DeviceBehaviour;
  /** What it is by itself, where that decides which registers it has. */
  readonly identity?: DeviceIdentity;
  /** The config whose registers it has, where every unit has all of them whatever its own config. */
  readonly registers?: ModelConfig;
  /** What the sensors measure now; a sensor named nowhere is not installed. A text is the number its word holds. */
  measure(state: ThermalState, config: ModelConfig): Readonly<Record<string, number>>;
  /** What is stored when the device is new; further keys may be written all the same. */
  stored(config: ModelConfig): Readonly<Record<string, number>>;
  /** What the stored values make the machine do. */
  apply(stored: ReadonlyMap<string, number>, settings: Settings): void;
  /** Stored requests that the machine itself takes back once they are done. */
  takeBack(settings: Readonly<Settings>, stored: Map<string, number>): void;
  /** The device moves written values into these limits. */
  readonly limits: Readonly<Record<string, readonly [lowest: number, highest: number]>>;
  /** Writes that are acknowledged and have no effect. */
  readonly ignored: RegExp;
  /** What the device makes of any other written value: it takes one, ignores it (null), or answers with an exception. */
  receive?(sensor: Sensor, value: number, config: ModelConfig): { readonly value: number } | null | ExceptionCode;
  /** The raw number by which a sensor says "not available" where it knows several; else its first one. */
  notAvailable?(sensor: Sensor): number;
}
