import { join } from 'node:path';
import { ConfigError, readConfig } from './config.ts';
import { DatabaseError } from './db/migrate.ts';
import { systemClock } from './domain/clock.ts';
import type { Logger } from './domain/logger.ts';
import { DRIVERS } from './drivers/index.ts';
import { StartRecord } from './lifecycle/start-record.ts';
import { createLogOutput, type LogOutput } from './operations/log-output.ts';
import { type RestartableServer, startRestartable } from './restartable.ts';
import type { ThermographServer } from './server.ts';

/** By then whoever wants the process to end may lose patience. */
const LONGEST_STOP_MS = 9_700;

/** The server as a process: real settings, signals, exit code. Logs go to standard error, the address to standard output. */
async function main(): Promise<void> {
  const config = readConfig(process.env);
  const log = createLogOutput(config);
  const { logger } = log;
  const starts = new StartRecord({ file: join(config.dataDir, 'starts'), clock: systemClock, logger });
  if (config.crashBackoff) await starts.begin();
  const deps = { config, drivers: DRIVERS, clock: systemClock, logger, random: Math.random };
  const restarted = (again: ThermographServer) => tell(again, logger);
  const server = await startRestartable(deps, { restarted, lost: () => process.exit(1) });
  stopOnSignals(server, starts, log);
  // Only now, for whoever waits for this line may end the server at once.
  tell(server.first, logger);
}

/** The first signal ends the server well, and within ten seconds; a second one ends it at once. */
function stopOnSignals(server: RestartableServer, starts: StartRecord, { logger, close }: LogOutput): void {
  let isStopping = false;
  const stop = async (signal: string) => {
    if (isStopping) process.exit(1);
    isStopping = true;
    logger.info({ signal }, 'stopping');
    systemClock.setTimeout(() => process.exit(0), LONGEST_STOP_MS);
    starts.end();
    await server.stop();
    logger.info({}, 'stopped');
    await close();
    process.exit(0);
  };
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => void stop(signal));
}

/** Where a server is, and its set-up code: whoever can read this is the one to make the first user. */
function tell({ url, setUpCode }: ThermographServer, logger: Logger): void {
  process.stdout.write(`Thermograph is at ${url}\n`);
  if (setUpCode === null) return;
  logger.warn({ setUpCode }, 'there is no user yet: the set-up code makes the first one');
  process.stdout.write(`Set-up code: ${setUpCode}\n`);
}

main().catch((thrown: unknown) => {
  const isExpected = thrown instanceof ConfigError || thrown instanceof DatabaseError || isSystemError(thrown);
  process.stderr.write(`Thermograph cannot start:\n${isExpected ? thrown.message : String((thrown as Error).stack)}\n`);
  process.exit(1);
});

/** E.g. a port that is taken, or a folder that cannot be written. */
function isSystemError(thrown: unknown): thrown is NodeJS.ErrnoException {
  return thrown instanceof Error && 'syscall' in thrown;
}
