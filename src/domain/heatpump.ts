import type { DeviceError } from './device-error.ts';
import type { DeviceIdentity, HeatpumpModel, ModelConfig } from './model.ts';
import type { Pace } from './pace.ts';
import { isReadable, type Sensor } from './sensor.ts';
import { failedReading, type Reading, type Snapshot } from './snapshot.ts';

/** Where a heat pump is reached. */
export interface ConnectionSettings {
  /** Host name or IP address, lower case. */
  readonly host: string;
  readonly port: number;
  /** Modbus unit id, 0 to 255. */
  readonly unitId: number;
  /** Deadline of connecting and of each request. */
  readonly timeoutMs: number;
}

/** A heat pump as its owner set it up; what the database keeps. */
export interface HeatpumpSettings {
  readonly id: string;
  readonly name: string;
  /** Ids of manufacturer and model, e.g. `idm` and `navigator_2_0`. */
  readonly manufacturer: string;
  readonly model: string;
  readonly connection: ConnectionSettings;
  readonly config: ModelConfig;
  readonly enabled: boolean;
  /** No value of this heat pump may be written. */
  readonly readOnly: boolean;
  /** Null: the server's default. */
  readonly pollIntervalMs: number | null;
  /** Milliseconds UTC. */
  readonly createdAt: number;
  readonly updatedAt: number;
}

/**
 * `DISABLED`: not talked to. `CONNECTING`: no poll has ended yet. `ONLINE`: the last poll read everything.
 * `DEGRADED`: some registers failed, or the last poll did and its readings are still fresh.
 * `OFFLINE`: not reached, readings are stale or there are none.
 */
export const CONNECTION_STATES = ['DISABLED', 'CONNECTING', 'ONLINE', 'DEGRADED', 'OFFLINE'] as const;
/** One of {@link CONNECTION_STATES}. */
export type ConnectionState = (typeof CONNECTION_STATES)[number];

/** What the last complete poll cost. */
export interface PollStats {
  readonly durationMs: number;
  /** Modbus requests, and the registers (words) they read. */
  readonly requests: number;
  readonly registers: number;
}

/** How a heat pump is doing. Times are milliseconds UTC. */
export interface HeatpumpStatus {
  readonly state: ConnectionState;
  /** When it came into this state. */
  readonly since: number;
  readonly lastReadAt: number | null;
  readonly lastError: (DeviceError & { readonly at: number }) | null;
  /** Failed polls and probes since the last success. */
  readonly consecutiveFailures: number;
  readonly nextAttemptAt: number | null;
  readonly lastPoll: PollStats | null;
  /** How fast it was read last, and why; null while it is disabled, and before the first attempt has ended. */
  readonly pace: Pace | null;
}

/** Counts since the server started; they only grow. */
export interface DeviceCounters {
  readonly requests: number;
  /** By code of {@link DeviceError}. */
  readonly errors: Readonly<Partial<Record<DeviceError['code'], number>>>;
}

/** A heat pump as everything above the device layer sees it: an immutable view of one moment. */
export interface Heatpump {
  readonly settings: HeatpumpSettings;
  readonly model: HeatpumpModel;
  /** The poll interval in force. */
  readonly pollIntervalMs: number;
  readonly isDefault: boolean;
  /** What the device last said about itself; null before it was asked, and if it does not tell. */
  readonly identity: DeviceIdentity | null;
  /** The sensors it has, as far as is known: those its device refuses to read are left out. */
  readonly sensors: readonly Sensor[];
  readonly status: HeatpumpStatus;
  /** Null until the first poll is complete, and while disabled. */
  readonly snapshot: Snapshot | null;
  readonly counters: DeviceCounters;
}

/** The readings of a heat pump now; before its first poll every sensor is `FAILED`, for nothing has been read. */
export function readingsOf(heatpump: Heatpump): readonly Reading[] {
  if (heatpump.snapshot) return heatpump.snapshot.readings;
  return heatpump.sensors.filter(isReadable).map(failedReading);
}

/** The time between two polls as it is now, in milliseconds: the poll interval, or as long as a poll takes. */
export function intervalInForce({ pollIntervalMs, status }: Pick<Heatpump, 'pollIntervalMs' | 'status'>): number {
  return Math.max(pollIntervalMs, status.lastPoll?.durationMs ?? 0);
}
