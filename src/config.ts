import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { isIP } from 'node:net';
import { resolve } from 'node:path';
import { z } from 'zod';
import { messageOf } from './domain/errors.ts';
import { type Schedule, WEEKDAYS } from './domain/job.ts';
import { cronFault } from './jobs/schedule.ts';

/** Networks that heat pumps are expected in: private, carrier-grade NAT, loopback and unique local addresses. */
const PRIVATE_NETWORKS = '10.0.0.0/8,172.16.0.0/12,192.168.0.0/16,100.64.0.0/10,127.0.0.0/8,::1/128,fc00::/7';

/** This computer itself. */
const LOOPBACK = '127.0.0.0/8,::1/128';

/** The settings of the server, checked. */
export interface Config {
  readonly host: string;
  /** 0: any free one. */
  readonly port: number;
  readonly dataDir: string;
  readonly databaseFile: string;
  readonly pollIntervalMs: number;
  readonly logLevel: string;
  /** CIDRs of the networks that may be connected to. */
  readonly modbusAllow: readonly string[];
  /** Where values are recorded, and for how long and how much. */
  readonly historyFile: string;
  readonly historyRawDays: number;
  readonly historyMinuteDays: number;
  readonly historyMaxMb: number;
  readonly legacyMetrics: boolean;
  /** Whether the playground is served, and the schema may be asked for. */
  readonly graphiql: boolean;
  /** TCP connections at once, in all and of one address. */
  readonly maxConnections: number;
  readonly maxConnectionsPerAddress: number;
  /** Whether to wait before a start, if several before it have crashed. */
  readonly crashBackoff: boolean;
  /** When backups are made by themselves; null: never. */
  readonly backupAt: Schedule | null;
  /** Scheduled backups that are kept. */
  readonly backupKeep: number;
  /** Seals backups; null: they have no secrets. */
  readonly backupPassphrase: string | null;
  /** A file that logs go to as well; null: none. */
  readonly logFile: string | null;
  /** SHA-256 in hexadecimal of a token with the role ADMIN; null: none. */
  readonly adminTokenHash: string | null;
  /** The same of a token that may read metrics, and nothing else. */
  readonly metricsTokenHash: string | null;
  /** CIDRs of proxies whose word on who sends a request counts. */
  readonly trustProxy: readonly string[];
  /** CIDRs from which metrics may be read without a token. */
  readonly metricsAllow: readonly string[];
}

/** Settings that are wrong; the message has a line for each. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
}

const wholeNumber = (lowest: number, highest: number) =>
  z
    .string()
    .refine((text) => /^\d+$/.test(text) && Number(text) >= lowest && Number(text) <= highest, {
      error: `must be a whole number from ${lowest} to ${highest}`,
    })
    .transform(Number);

const CLOCK_TIME = /^([01]\d|2[0-3]):[0-5]\d$/;
const passphrase = z.string().min(12, { error: 'must be 12 characters or more' });
const token = z.string().min(32, { error: 'must be 32 characters or more' });

const onOrOff = z.enum(['on', 'off'], { error: 'must be on or off' });

/** Networks, separated by commas, or `none`. */
const networks = (otherwise: string) =>
  z
    .string()
    .default(otherwise)
    .transform((text) => (text.trim() === 'none' ? [] : text.split(',').map((cidr) => cidr.trim())))
    .refine((cidrs) => cidrs.every(isCidr), {
      error: 'must be networks like 192.168.0.0/16, separated by commas, or none',
    });

const environment = z.object({
  HOST: z.string().min(1).default('127.0.0.1'),
  PORT: wholeNumber(0, 65_535).default(4000),
  DATA_DIR: z.string().min(1).default('./data'),
  DATABASE_URL: z
    .string()
    .regex(/^file:./, { error: 'must be "file:" and a path' })
    .optional(),
  POLL_INTERVAL_MS: wholeNumber(100, 3_600_000).default(10_000),
  LOG_LEVEL: z
    .enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'], {
      error: 'must be one of fatal, error, warn, info, debug, trace, silent',
    })
    .default('info'),
  MODBUS_ALLOW: networks(PRIVATE_NETWORKS),
  TRUST_PROXY: networks('none'),
  METRICS_ALLOW: networks(LOOPBACK),
  HISTORY_RAW_DAYS: wholeNumber(1, 3_650).default(30),
  HISTORY_MINUTE_DAYS: wholeNumber(30, 36_500).default(365),
  HISTORY_MAX_MB: wholeNumber(10, 10_000_000).default(10_000),
  BACKUP_AT: z
    .string()
    .default('03:15')
    .refine((text) => text === 'off' || CLOCK_TIME.test(text) || cronFault(text) === null, {
      error: 'must be a time like 03:15, a cron expression like "15 3 * * SUN", or off',
    })
    .transform(toSchedule),
  BACKUP_KEEP: wholeNumber(1, 1_000).default(7),
  BACKUP_PASSPHRASE: passphrase.optional(),
  BACKUP_PASSPHRASE_FILE: z.string().optional(),
  LOG_FILE: z.string().optional(),
  LEGACY_METRICS: onOrOff.default('off'),
  CRASH_BACKOFF: onOrOff.default('on'),
  GRAPHIQL: onOrOff.optional(),
  NODE_ENV: z.string().optional(),
  MAX_CONNECTIONS: wholeNumber(10, 100_000).default(6_000),
  MAX_CONNECTIONS_PER_ADDRESS: wholeNumber(10, 100_000).default(5_500),
  ADMIN_TOKEN: token.optional(),
  ADMIN_TOKEN_FILE: z.string().optional(),
  METRICS_TOKEN: token.optional(),
  METRICS_TOKEN_FILE: z.string().optional(),
});

/** Settings whose value no message may show. */
const SECRETS: readonly string[] = ['ADMIN_TOKEN', 'METRICS_TOKEN', 'BACKUP_PASSPHRASE'];

/** Reads the settings from environment variables; an empty one counts as not set. Throws {@link ConfigError}. */
export function readConfig(env: Readonly<Record<string, string | undefined>>): Config {
  const given = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== ''));
  const result = environment.safeParse(given);
  if (!result.success) {
    const lines = result.error.issues.map(({ path, message }) => {
      const name = path.join('.');
      return SECRETS.includes(name) ? `${name} ${message}` : `${name} ${message}, not ${JSON.stringify(given[name])}`;
    });
    throw new ConfigError(lines.join('\n'));
  }
  const settings = result.data;
  const dataDir = resolve(settings.DATA_DIR);
  return {
    host: settings.HOST,
    port: settings.PORT,
    dataDir,
    databaseFile: resolve(dataDir, settings.DATABASE_URL?.slice('file:'.length) ?? 'thermograph.db'),
    pollIntervalMs: settings.POLL_INTERVAL_MS,
    logLevel: settings.LOG_LEVEL,
    modbusAllow: settings.MODBUS_ALLOW,
    historyFile: resolve(dataDir, 'history.db'),
    historyRawDays: settings.HISTORY_RAW_DAYS,
    historyMinuteDays: settings.HISTORY_MINUTE_DAYS,
    historyMaxMb: settings.HISTORY_MAX_MB,
    legacyMetrics: settings.LEGACY_METRICS === 'on',
    graphiql: (settings.GRAPHIQL ?? (settings.NODE_ENV === 'production' ? 'off' : 'on')) === 'on',
    crashBackoff: settings.CRASH_BACKOFF === 'on',
    maxConnections: settings.MAX_CONNECTIONS,
    maxConnectionsPerAddress: settings.MAX_CONNECTIONS_PER_ADDRESS,
    backupAt: settings.BACKUP_AT,
    backupKeep: settings.BACKUP_KEEP,
    backupPassphrase: settings.BACKUP_PASSPHRASE ?? readSecret('BACKUP_PASSPHRASE_FILE', given, passphrase),
    logFile: settings.LOG_FILE === undefined ? null : resolve(dataDir, settings.LOG_FILE),
    adminTokenHash: sha256(settings.ADMIN_TOKEN ?? readSecret('ADMIN_TOKEN_FILE', given, token)),
    metricsTokenHash: sha256(settings.METRICS_TOKEN ?? readSecret('METRICS_TOKEN_FILE', given, token)),
    trustProxy: settings.TRUST_PROXY,
    metricsAllow: settings.METRICS_ALLOW,
  };
}

function toSchedule(text: string): Schedule | null {
  if (text === 'off') return null;
  return CLOCK_TIME.test(text) ? { type: 'WEEKLY', days: WEEKDAYS, times: [text] } : { type: 'CRON', expression: text };
}

/** The first line of a file, for a secret that is given as one. Throws {@link ConfigError}. */
function readSecret(
  setting: string,
  given: Readonly<Record<string, string | undefined>>,
  kind: z.ZodString,
): string | null {
  const file = given[setting];
  if (file === undefined) return null;
  try {
    return kind.parse(readFileSync(file, 'utf8').split(/\r?\n/)[0]);
  } catch (thrown) {
    const reason = thrown instanceof z.ZodError ? `its first line ${thrown.issues[0]?.message}` : messageOf(thrown);
    throw new ConfigError(`${setting} cannot be used: ${reason}`);
  }
}

function sha256(text: string | null): string | null {
  return text === null ? null : createHash('sha256').update(text).digest('hex');
}

function isCidr(text: string): boolean {
  const [network = '', prefix = '', ...rest] = text.split('/');
  const bits = { 0: -1, 4: 32, 6: 128 }[isIP(network)] ?? -1;
  return rest.length === 0 && /^\d{1,3}$/.test(prefix) && Number(prefix) <= bits;
}
