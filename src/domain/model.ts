import type { WidgetType } from './dashboard.ts';
import type { Language, Localized } from './localized.ts';
import type { OperatingState, Quantity } from './quantity.ts';
import type { Sensor } from './sensor.ts';

/** Who makes a heat pump. */
export interface Manufacturer {
  /** Lower-case identifier, e.g. `idm`; the prefix of its metrics. */
  readonly id: string;
  readonly name: string;
}

/** How a config field is asked for: one or several of its options. */
export const CONFIG_FIELD_TYPES = ['CHOICE', 'CHOICES'] as const;
/** One of {@link CONFIG_FIELD_TYPES}. */
export type ConfigFieldType = (typeof CONFIG_FIELD_TYPES)[number];

/** A value of a config field. */
export type ConfigValue = string | number;

/** One question a set-up asks about a heat pump of this model. */
export interface ConfigField {
  /** Property of the config object. */
  readonly key: string;
  readonly type: ConfigFieldType;
  readonly options: readonly { readonly value: ConfigValue; readonly label: Localized }[];
  /** The text "auto" is an answer too: as the device itself says. */
  readonly allowsAuto: boolean;
  /** What is assumed when the field is left out: a value for `CHOICE`, a list or "auto" for `CHOICES`. */
  readonly default: ConfigValue | readonly ConfigValue[];
  readonly label: Localized;
  readonly help: Localized;
}

/** A model's own settings after checking: every field of the model is present. */
export type ModelConfig = Readonly<Record<string, ConfigValue | readonly ConfigValue[]>>;

/** What a heat pump with a given config can do. */
export interface Capabilities {
  readonly heating: boolean;
  readonly cooling: boolean;
  readonly hotWater: boolean;
  readonly solar: boolean;
  readonly pool: boolean;
  /** Letters or numbers of the heating circuits, as the maker counts them. */
  readonly circuits: readonly string[];
  /** Numbers of the zone modules, as the config counts them. */
  readonly zones: readonly number[];
  /** The quantities its sensors provide. */
  readonly quantities: readonly Quantity[];
}

/** One chart or number of a dashboard. */
export interface WidgetTemplate {
  readonly type: WidgetType;
  readonly title: Localized;
  /** Keys of the sensors shown. */
  readonly keys: readonly string[];
  /** Time range in hours. */
  readonly hours: number;
  /** Scale of a gauge in the sensor's unit. */
  readonly min: number | null;
  readonly max: number | null;
  /** Values at which a gauge changes its colour. */
  readonly thresholds: readonly number[];
}

/** The dashboard a new heat pump starts with. */
export interface DashboardTemplate {
  readonly name: Localized;
  readonly widgets: readonly WidgetTemplate[];
}

/** What a device says about itself; it decides which of its model's registers there are. */
export interface DeviceIdentity {
  /** Firmware version as the maker writes it; null where the device does not tell. */
  readonly firmware: string | null;
  /** What it has or is, in words of its driver, e.g. active functions or the version of its interface. */
  readonly features: readonly string[];
  /** False if the device speaks another version of its interface than this model or variant does. */
  readonly isExpectedVersion: boolean;
}

/** One line of the table that turns a model's own states into the common one; the first line that fits counts. */
export interface StateRule {
  /** Key of the sensor looked at; a sensor that the heat pump does not have never fits. */
  readonly key: string;
  /** Fits if the sensor has one of these values, … */
  readonly values?: readonly number[];
  /** … has any of these bits, … */
  readonly bits?: number;
  /** … or has more than this. */
  readonly above?: number;
  readonly state: OperatingState;
}

/** A kind of heat pump the server can talk to; everything about it is data. */
export interface HeatpumpModel {
  /** Lower-case identifier, unique within its manufacturer, e.g. `navigator_2_0`. */
  readonly id: string;
  readonly name: string;
  readonly manufacturer: Manufacturer;
  readonly protocol: 'MODBUS_TCP';
  readonly defaultPort: number;
  readonly defaultUnitId: number;
  /** How long connecting and each request may take, unless the owner says otherwise. */
  readonly defaultTimeoutMs: number;
  readonly configFields: readonly ConfigField[];
  /** Step by step, how the owner makes the device reachable, with the maker's menu path. */
  readonly setupInstructions: Readonly<Record<Language, readonly string[]>>;
  /**
   * The sensors of a heat pump with this (checked) config, in the order they are shown: those its identity speaks for, or
   * all that it may have while that is not known.
   */
  sensors(config: ModelConfig, identity?: DeviceIdentity): readonly Sensor[];
  capabilities(config: ModelConfig): Capabilities;
  defaultDashboard(config: ModelConfig): DashboardTemplate;
  /** How the common operating state follows from its sensors. */
  readonly stateRules: readonly StateRule[];
}
