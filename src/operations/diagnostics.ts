import { readFileSync } from 'node:fs';
import { arch, cpus, freemem, loadavg, platform, release, totalmem } from 'node:os';
import type { Clock } from '../domain/clock.ts';
import type { Heatpump } from '../domain/heatpump.ts';
import { withoutSecrets } from '../domain/redaction.ts';
import type { RegisterBlock } from '../heatpumps/register-memory.ts';
import type { UnitReport } from '../heatpumps/runtime.ts';
import type { BackupStatus } from './backups.ts';
import { usableBytes } from './disk-space.ts';
import type { LogLine } from './log-book.ts';

/** Where diagnostics come from. */
export interface DiagnosticsSources {
  /** Of Thermograph. */
  readonly version: string;
  /** All of them; secrets are taken out here. */
  readonly settings: { readonly dataDir: string };
  readonly heatpumps: {
    list(): readonly Heatpump[];
    report(id: string): UnitReport;
  };
  readonly history: { info(): Promise<object> };
  readonly backups: { readonly status: BackupStatus };
  readonly log: { last(first: number): readonly LogLine[] };
  readonly clock: Clock;
}

/** What a bug report needs: how the server and each heat pump are doing, with the words as they were read, and no secrets. */
export type Diagnostics = (options: { readonly maskHosts: boolean }) => Promise<object>;

const LOG_LINES = 300;
/** Fields of the log that tell of people. */
const PERSONAL: readonly string[] = ['actor', 'user', 'userId', 'email', 'address'];

/** What tells what is wrong with a server; `maskHosts` puts a number in place of each address of a heat pump. */
export function createDiagnostics(sources: DiagnosticsSources): Diagnostics {
  const startedAt = sources.clock.monotonicMs();
  return async ({ maskHosts }) => {
    const { version, settings, heatpumps, history, backups, log, clock } = sources;
    const pumps = heatpumps.list();
    const report = {
      madeAt: isoTime(clock.now()),
      server: { version, node: process.version, uptimeS: Math.round((clock.monotonicMs() - startedAt) / 1_000) },
      computer: describeComputer(settings.dataDir),
      settings,
      history: await history.info().catch((thrown: Error) => ({ problem: thrown.message })),
      backups: backups.status,
      heatpumps: pumps.map((pump) => describeHeatpump(pump, heatpumps.report(pump.settings.id))),
      log: log.last(LOG_LINES).map(describeLine),
    };
    const safe = withoutSecrets(report) as object;
    return maskHosts ? maskedHosts(safe, pumps) : safe;
  };
}

function describeComputer(dataDir: string): object {
  const processors = cpus();
  return {
    platform: platform(),
    release: release(),
    architecture: arch(),
    processors: `${processors.length} x ${processors[0]?.model ?? 'unknown'}`,
    isContainer: isContainer(),
    load: loadavg(),
    memory: { totalBytes: totalmem(), freeBytes: freemem(), ...process.memoryUsage() },
    usableDiskBytes: usableBytes(dataDir),
  };
}

/** As far as Linux tells. */
function isContainer(): boolean {
  try {
    return /docker|containerd|kubepods|libpod/.test(readFileSync('/proc/1/cgroup', 'utf8'));
  } catch {
    return false;
  }
}

function describeHeatpump(pump: Heatpump, { registers, missing }: UnitReport): object {
  const { settings, model, pollIntervalMs, identity, sensors, status, snapshot, counters } = pump;
  return {
    settings,
    driver: `${model.manufacturer.id}/${model.id}`,
    pollIntervalMs,
    identity,
    status,
    counters,
    sensors: sensors.length,
    readings: snapshot?.readings.map(({ sensor, value, quality }) => [sensor.key, value, quality]) ?? null,
    missingRegisters: missing,
    registers: registers.map(describeBlock),
  };
}

/** Who did something is nobody's business who looks for faults. */
function describeLine({ at, fields, ...line }: LogLine): object {
  const impersonal = Object.entries(fields).filter(([name]) => !PERSONAL.includes(name));
  return { at: isoTime(at), ...line, fields: Object.fromEntries(impersonal) };
}

/** Words as four hexadecimal digits each, as manuals and other programs show them. */
function describeBlock({ table, address, words, readAt }: RegisterBlock): object {
  const hex = words.map((word) => word.toString(16).padStart(4, '0')).join(' ');
  return { table, address, readAt: isoTime(readAt), words: hex };
}

/** Addresses turn up in messages, too, so the whole text is searched. */
function maskedHosts(report: object, pumps: readonly Heatpump[]): object {
  const hosts = [...new Set(pumps.map(({ settings }) => settings.connection.host))];
  // Longer ones first, for one may be the beginning of another.
  const numbered = hosts.map((host, index) => ({ host, mask: `host-${index + 1}` }));
  numbered.sort((a, b) => b.host.length - a.host.length);
  const text = numbered.reduce(
    (masked, { host, mask }) => masked.replaceAll(new RegExp(escaped(JSON.stringify(host).slice(1, -1)), 'gi'), mask),
    JSON.stringify(report),
  );
  return JSON.parse(text) as object;
}

function escaped(text: string): string {
  return text.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&');
}

function isoTime(timeMs: number): string {
  return new Date(timeMs).toISOString();
}
