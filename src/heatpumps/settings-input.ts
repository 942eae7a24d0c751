import { isIP } from 'node:net';
import { z } from 'zod';
import type { Issue } from '../domain/errors.ts';
import type { ConnectionSettings, HeatpumpSettings } from '../domain/heatpump.ts';
import { checkConfig } from '../drivers/config.ts';
import type { Driver } from '../drivers/driver.ts';
import { check, line, whole } from '../input/check.ts';

/** Where a heat pump is reached, as users give it; what is left out is the model's default. */
export interface ConnectionInput {
  readonly host?: string | null | undefined;
  readonly port?: number | null | undefined;
  readonly unitId?: number | null | undefined;
  readonly timeoutMs?: number | null | undefined;
}

/** The settings a user may give; null and undefined both mean "left out". */
export interface SettingsInput {
  readonly name?: string | null | undefined;
  readonly connection?: ConnectionInput | null | undefined;
  /** The model's own settings, see {@link checkConfig}. */
  readonly config?: unknown;
  readonly enabled?: boolean | null | undefined;
  readonly pollIntervalMs?: number | null | undefined;
  readonly readOnly?: boolean | null | undefined;
}

/** The settings that users choose. */
export type UserSettings = Pick<
  HeatpumpSettings,
  'name' | 'connection' | 'config' | 'enabled' | 'pollIntervalMs' | 'readOnly'
>;

const PATH: Issue['path'] = ['input'];
const HOST_NAME = /^(?=.{1,253}$)[a-z0-9_]([a-z0-9_-]{0,62})(\.[a-z0-9_]([a-z0-9_-]{0,62}))*\.?$/;
/** What resolvers take for an IPv4 address in an unusual spelling, e.g. `127.1`, `0x7f000001` or `017700000001`. */
const ODD_ADDRESS = /(^|\.)(\d+|0x[0-9a-f]*)\.?$/;

const connection = z.object({
  host: z
    .string({ error: 'is required' })
    .trim()
    .toLowerCase()
    .refine(isHost, { error: 'must be a host name or an IP address in its usual form' }),
  port: whole(1, 65_535),
  unitId: whole(0, 255),
  timeoutMs: whole(100, 60_000),
});

const settings = z.object({
  name: line(100),
  connection,
  enabled: z.boolean(),
  pollIntervalMs: whole(100, 3_600_000).nullable(),
  readOnly: z.boolean(),
});

/**
 * The settings that result from `input` over `current` ones, or over the driver's defaults for a new heat pump.
 * Throws `BAD_USER_INPUT` with every offending field below `input`.
 */
export function checkSettings(driver: Driver, input: SettingsInput, current?: UserSettings): UserSettings {
  const checked = check(settings, {
    name: input.name ?? current?.name,
    connection: mergeConnection(driver, input.connection, current?.connection),
    enabled: input.enabled ?? current?.enabled ?? true,
    pollIntervalMs: input.pollIntervalMs === undefined ? (current?.pollIntervalMs ?? null) : input.pollIntervalMs,
    readOnly: input.readOnly ?? current?.readOnly ?? false,
  });
  return { ...checked, config: checkConfig(driver.configFields, input.config ?? current?.config, [...PATH, 'config']) };
}

function isHost(host: string): boolean {
  if (isIP(host) > 0) return !host.includes('%');
  return HOST_NAME.test(host) && !ODD_ADDRESS.test(host);
}

/** The connection settings that result from `input` and the driver's defaults. Throws `BAD_USER_INPUT`. */
export function checkConnection(driver: Driver, input: ConnectionInput): ConnectionSettings {
  return check(z.object({ connection }), { connection: mergeConnection(driver, input, undefined) }).connection;
}

function mergeConnection(
  driver: Driver,
  input: ConnectionInput | null | undefined,
  current: ConnectionSettings | undefined,
) {
  return {
    host: input?.host ?? current?.host,
    port: input?.port ?? current?.port ?? driver.defaultPort,
    unitId: input?.unitId ?? current?.unitId ?? driver.defaultUnitId,
    timeoutMs: input?.timeoutMs ?? current?.timeoutMs ?? driver.defaultTimeoutMs,
  };
}
