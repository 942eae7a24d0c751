import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ConfigError, readConfig } from '../src/config.ts';
import { makeTempDir } from './support/house.ts';

/** The message of the error that these settings are refused with. */
function complaintAbout(env: Record<string, string>): string {
  try {
    readConfig(env);
  } catch (thrown) {
    if (thrown instanceof ConfigError) return thrown.message;
    throw thrown;
  }
  throw new Error('the settings were accepted');
}

const TOKEN = 'f'.repeat(32);

describe('settings', () => {
  it('are those of a private server where nothing is set', () => {
    expect(readConfig({})).toStrictEqual({
      host: '127.0.0.1',
      port: 4000,
      dataDir: `${process.cwd()}/data`,
      databaseFile: `${process.cwd()}/data/thermograph.db`,
      pollIntervalMs: 10_000,
      logLevel: 'info',
      modbusAllow: [
        '10.0.0.0/8',
        '172.16.0.0/12',
        '192.168.0.0/16',
        '100.64.0.0/10',
        '127.0.0.0/8',
        '::1/128',
        'fc00::/7',
      ],
      historyFile: `${process.cwd()}/data/history.db`,
      historyRawDays: 30,
      historyMinuteDays: 365,
      historyMaxMb: 10_000,
      backupAt: { type: 'WEEKLY', days: ['MON', 'TUE', 'WED', 'THU', 'FRI', 'SAT', 'SUN'], times: ['03:15'] },
      backupKeep: 7,
      backupPassphrase: null,
      logFile: null,
      legacyMetrics: false,
      graphiql: true,
      crashBackoff: true,
      maxConnections: 6_000,
      maxConnectionsPerAddress: 5_500,
      adminTokenHash: null,
      metricsTokenHash: null,
      trustProxy: [],
      metricsAllow: ['127.0.0.0/8', '::1/128'],
    });
  });

  it('count as not set if they are empty, and others are nobody’s business', () => {
    const names = ['HOST', 'PORT', 'DATA_DIR', 'DATABASE_URL', 'POLL_INTERVAL_MS', 'LOG_LEVEL', 'MODBUS_ALLOW'];
    const empty = Object.fromEntries([...names, 'LEGACY_METRICS', 'ADMIN_TOKEN'].map((name) => [name, '']));
    expect(readConfig({ ...empty, PATH: '/bin', UNSET: undefined })).toStrictEqual(readConfig({}));
  });

  it.each([
    ['HOST', '::', { host: '::' }],
    ['HOST', 'heating.example', { host: 'heating.example' }],
    ['PORT', '0', { port: 0 }],
    ['GRAPHIQL', 'off', { graphiql: false }],
    ['NODE_ENV', 'production', { graphiql: false }],
    ['NODE_ENV', 'test', { graphiql: true }],
    ['MAX_CONNECTIONS_PER_ADDRESS', '6000', { maxConnectionsPerAddress: 6_000 }],
    ['PORT', '65535', { port: 65_535 }],
    [
      'DATA_DIR',
      '/srv/thermograph',
      {
        dataDir: '/srv/thermograph',
        databaseFile: '/srv/thermograph/thermograph.db',
        historyFile: '/srv/thermograph/history.db',
      },
    ],
    ['DATABASE_URL', 'file:/srv/other.db', { databaseFile: '/srv/other.db' }],
    ['DATABASE_URL', 'file:other.db', { databaseFile: `${process.cwd()}/data/other.db` }],
    ['POLL_INTERVAL_MS', '100', { pollIntervalMs: 100 }],
    ['POLL_INTERVAL_MS', '3600000', { pollIntervalMs: 3_600_000 }],
    ['LOG_LEVEL', 'silent', { logLevel: 'silent' }],
    ['MODBUS_ALLOW', '192.168.7.0/24, fd00::/8', { modbusAllow: ['192.168.7.0/24', 'fd00::/8'] }],
    ['HISTORY_RAW_DAYS', '1', { historyRawDays: 1 }],
    ['HISTORY_MINUTE_DAYS', '36500', { historyMinuteDays: 36_500 }],
    ['HISTORY_MAX_MB', '500', { historyMaxMb: 500 }],
    ['BACKUP_AT', 'off', { backupAt: null }],
    ['BACKUP_AT', '30 2 * * SUN', { backupAt: { type: 'CRON', expression: '30 2 * * SUN' } }],
    ['BACKUP_KEEP', '30', { backupKeep: 30 }],
    ['BACKUP_PASSPHRASE', 'twelve chars', { backupPassphrase: 'twelve chars' }],
    ['LOG_FILE', 'thermograph.log', { logFile: `${process.cwd()}/data/thermograph.log` }],
    ['LOG_FILE', '/var/log/thermograph.log', { logFile: '/var/log/thermograph.log' }],
    ['LEGACY_METRICS', 'on', { legacyMetrics: true }],
    ['LEGACY_METRICS', 'off', { legacyMetrics: false }],
    // printf %s TOKEN | sha256sum
    ['ADMIN_TOKEN', TOKEN, { adminTokenHash: '352302489bc2fcf025cf00cda8308033f97ac87712ce90b4d7cd72c58e4c3af9' }],
    ['METRICS_TOKEN', TOKEN, { metricsTokenHash: '352302489bc2fcf025cf00cda8308033f97ac87712ce90b4d7cd72c58e4c3af9' }],
    ['TRUST_PROXY', '10.0.0.1/32, fd00::/8', { trustProxy: ['10.0.0.1/32', 'fd00::/8'] }],
    ['METRICS_ALLOW', 'none', { metricsAllow: [] }],
  ])('%s may be %s', (name, value, expected) => {
    expect(readConfig({ [name]: value })).toStrictEqual({ ...readConfig({}), ...expected });
  });

  it.each([
    ['PORT', '65536', 'must be a whole number from 0 to 65535'],
    ['PORT', '-1', 'must be a whole number from 0 to 65535'],
    ['PORT', '4000.5', 'must be a whole number from 0 to 65535'],
    ['PORT', '0x10', 'must be a whole number from 0 to 65535'],
    ['PORT', 'http', 'must be a whole number from 0 to 65535'],
    ['DATABASE_URL', 'postgres://db/heat', 'must be "file:" and a path'],
    ['DATABASE_URL', 'file:', 'must be "file:" and a path'],
    ['POLL_INTERVAL_MS', '99', 'must be a whole number from 100 to 3600000'],
    ['POLL_INTERVAL_MS', '3600001', 'must be a whole number from 100 to 3600000'],
    ['POLL_INTERVAL_MS', '10s', 'must be a whole number from 100 to 3600000'],
    ['LOG_LEVEL', 'INFO', 'must be one of fatal, error, warn, info, debug, trace, silent'],
    ['MODBUS_ALLOW', '10.0.0.1', 'must be networks like 192.168.0.0/16, separated by commas, or none'],
    ['MODBUS_ALLOW', '10.0.0.0/33', 'must be networks like 192.168.0.0/16, separated by commas, or none'],
    ['MODBUS_ALLOW', 'fd00::/129', 'must be networks like 192.168.0.0/16, separated by commas, or none'],
    ['MODBUS_ALLOW', '10.0.0.0/8,', 'must be networks like 192.168.0.0/16, separated by commas, or none'],
    ['MODBUS_ALLOW', 'attic/8', 'must be networks like 192.168.0.0/16, separated by commas, or none'],
    ['HISTORY_RAW_DAYS', '0', 'must be a whole number from 1 to 3650'],
    ['HISTORY_MINUTE_DAYS', '29', 'must be a whole number from 30 to 36500'],
    ['HISTORY_MAX_MB', '9', 'must be a whole number from 10 to 10000000'],
    ['BACKUP_AT', '24:00', 'must be a time like 03:15, a cron expression like "15 3 * * SUN", or off'],
    ['BACKUP_AT', 'daily', 'must be a time like 03:15, a cron expression like "15 3 * * SUN", or off'],
    ['BACKUP_KEEP', '0', 'must be a whole number from 1 to 1000'],
    ['LEGACY_METRICS', 'true', 'must be on or off'],
  ])('%s may not be %s', (name, value, allowed) => {
    expect(complaintAbout({ [name]: value })).toBe(`${name} ${allowed}, not ${JSON.stringify(value)}`);
  });

  it('take a passphrase from the first line of a file', () => {
    const directory = makeTempDir();
    const file = join(directory.path, 'passphrase');
    writeFileSync(file, 'from a file, with spaces\nnot this\n');
    expect(readConfig({ BACKUP_PASSPHRASE_FILE: file }).backupPassphrase).toBe('from a file, with spaces');
    expect(complaintAbout({ ADMIN_TOKEN_FILE: file })).toContain('its first line must be 32 characters or more');
    writeFileSync(file, `${TOKEN}\n`);
    for (const name of ['ADMIN', 'METRICS']) {
      const { adminTokenHash, metricsTokenHash } = readConfig({ [`${name}_TOKEN_FILE`]: file });
      expect(name === 'ADMIN' ? adminTokenHash : metricsTokenHash).toMatch(/^352302489bc2/);
    }
    writeFileSync(file, 'short\n');
    const reason = 'BACKUP_PASSPHRASE_FILE cannot be used: its first line must be 12 characters or more';
    expect(complaintAbout({ BACKUP_PASSPHRASE_FILE: file })).toBe(reason);
    directory.remove();
    expect(complaintAbout({ BACKUP_PASSPHRASE_FILE: file })).toMatch(/^BACKUP_PASSPHRASE_FILE cannot be used: ENOENT/);
  });

  it('never show a token or a passphrase that is too short', () => {
    expect(complaintAbout({ BACKUP_PASSPHRASE: 'eleven char' })).toBe(
      'BACKUP_PASSPHRASE must be 12 characters or more',
    );
    expect(complaintAbout({ ADMIN_TOKEN: TOKEN.slice(1) })).toBe('ADMIN_TOKEN must be 32 characters or more');
  });

  it('are complained about all at once, a line each', () => {
    const lines = complaintAbout({ PORT: 'x', LOG_LEVEL: 'loud', ADMIN_TOKEN: 'secret', HOST: 'fine' }).split('\n');
    expect(lines.map((line) => line.split(' ')[0])).toStrictEqual(['PORT', 'LOG_LEVEL', 'ADMIN_TOKEN']);
    expect(lines.join()).not.toContain('secret');
  });
});
