import type { Quantity } from './quantity.ts';

/**
 * What can be wrong. `THRESHOLD`: a value is above or below a limit. `NO_DATA`: a value is not `GOOD`. `OFFLINE`: the heat
 * pump is not reached. `FAULT`: it reports a fault. `UNEXPECTED_OPTION`: a state is none of the expected, or unknown.
 */
export const ALERT_RULE_TYPES = ['THRESHOLD', 'NO_DATA', 'OFFLINE', 'FAULT', 'UNEXPECTED_OPTION'] as const;
/** One of {@link ALERT_RULE_TYPES}. */
export type AlertRuleType = (typeof ALERT_RULE_TYPES)[number];

/** On which side of its threshold a value is wrong. */
export const COMPARISONS = ['ABOVE', 'BELOW'] as const;
/** One of {@link COMPARISONS}. */
export type Comparison = (typeof COMPARISONS)[number];

/** The value an alert looks at: exactly one of `key` and `quantity` is set. */
export interface WatchedValue {
  /** Key of a sensor. */
  readonly key: string | null;
  readonly quantity: Quantity | null;
  /** Of which circuit the quantity is; null: of the heat pump as a whole. */
  readonly circuit: string | null;
}

/** How long a condition must hold before the alert fires, in milliseconds. */
interface Lasting {
  readonly durationMs: number;
}

/** When an alert fires. */
export type AlertRule =
  | (Lasting &
      WatchedValue & {
        readonly type: 'THRESHOLD';
        readonly comparison: Comparison;
        /** In the unit of the sensor or quantity, like `hysteresis`. */
        readonly threshold: number;
        /** How far the value must come back behind the threshold for the condition to end. */
        readonly hysteresis: number;
      })
  | (Lasting & WatchedValue & { readonly type: 'NO_DATA' })
  | (Lasting & { readonly type: 'OFFLINE' })
  | (Lasting & { readonly type: 'FAULT' })
  | (Lasting &
      WatchedValue & {
        readonly type: 'UNEXPECTED_OPTION';
        /** Names of the expected options; empty: every option that is known. */
        readonly options: readonly string[];
      });

/** Something to be told about. */
export interface Alert {
  readonly id: string;
  readonly name: string;
  /** The heat pump it watches; null: every one, each with a state of its own. */
  readonly heatpumpId: string | null;
  readonly rule: AlertRule;
  /** Ids of the channels that are told. */
  readonly channelIds: readonly string[];
  /** The message, with placeholders; null: the usual one in the language of the channel. */
  readonly message: string | null;
  /** How often to remind while it fires and nobody has acknowledged it; null: never. */
  readonly repeatEveryMs: number | null;
  /** Only then it is evaluated. */
  readonly enabled: boolean;
  /** Milliseconds UTC. */
  readonly createdAt: number;
  readonly updatedAt: number;
}

/**
 * How an alert is doing for one heat pump. `OK`: its condition does not hold. `PENDING`: it holds, but not long enough yet.
 * `FIRING`: it has held long enough, and its channels were told.
 */
export const ALERT_STATES = ['OK', 'PENDING', 'FIRING'] as const;
/** One of {@link ALERT_STATES}. */
export type AlertStateName = (typeof ALERT_STATES)[number];

/** The state of an alert for one heat pump. Times are milliseconds UTC. */
export interface AlertState {
  readonly state: AlertStateName;
  /** When it came into this state; null: it has never been in another. */
  readonly since: number | null;
  /** When somebody took notice; only while firing. */
  readonly acknowledgedAt: number | null;
  /** When the channels were last told; only while firing. */
  readonly notifiedAt: number | null;
  /** The value that brought it into this state, and its text. */
  readonly value: number | null;
  readonly text: string | null;
}

/** The state of an alert that nothing has happened to. */
export const INITIAL_STATE: AlertState = {
  state: 'OK',
  since: null,
  acknowledgedAt: null,
  notifiedAt: null,
  value: null,
  text: null,
};

/** A change of an alert's state for one heat pump, or its acknowledgement (then `state` is the previous one). */
export interface AlertEvent {
  readonly alertId: string;
  readonly heatpumpId: string;
  readonly previous: AlertStateName;
  readonly state: AlertStateName;
  readonly acknowledgedAt: number | null;
  readonly value: number | null;
  readonly text: string | null;
  /** Milliseconds UTC. */
  readonly at: number;
}

/** True if an alert watches this heat pump. */
export function concerns(alert: Alert, heatpumpId: string): boolean {
  return alert.heatpumpId === null || alert.heatpumpId === heatpumpId;
}
