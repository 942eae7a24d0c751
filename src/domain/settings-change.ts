/** A setting that was changed at the heat pump itself, or by another program: no write of this server explains it. */
export interface SettingsChange {
  readonly id: string;
  readonly heatpumpId: string;
  /** Key of the sensor; the values are in its unit. */
  readonly key: string;
  readonly before: number;
  readonly after: number;
  /** When the new value was first read, milliseconds UTC; it may have been there for longer, while nobody read it. */
  readonly noticedAt: number;
}

/** The last value of a setting that is accounted for. */
export interface KnownSetting {
  readonly value: number;
  /** When it was read, milliseconds UTC: whatever was written since may explain another value. */
  readonly at: number;
}

/** What is accounted for of one heat pump; it outlives restarts, so that what happens meanwhile is noticed. */
export interface KnownSettings {
  readonly heatpumpId: string;
  /** Manufacturer and model, e.g. `idm/navigator_2_0`: what is known of one says nothing about another. */
  readonly model: string;
  /** By key of the sensor. */
  readonly settings: ReadonlyMap<string, KnownSetting>;
}
