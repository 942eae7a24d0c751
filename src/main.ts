import pino from 'pino';
import { type Config, ConfigError, readConfig } from './config.ts';
import { DatabaseError } from './db/migrate.ts';
import { systemClock } from './domain/clock.ts';
import { DRIVERS } from './drivers/index.ts';
import { startServer } from './server.ts';

/** The server as a process: real settings, signals, exit code. Logs go to standard error, the address to standard output. */
async function main(): Promise<void> {
  const config = readConfig(process.env);
  const logger = pino({ level: config.logLevel }, pino.destination(2));
  const server = await startServer({ config, drivers: DRIVERS, clock: systemClock, logger, random: Math.random });
  const stop = async (signal: string) => {
    logger.info({ signal }, 'stopping');
    await server.stop();
    logger.info({}, 'stopped');
  };
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void stop(signal));
  // Only now, for whoever waits for this line may end the server at once.
  process.stdout.write(`Thermograph is at ${server.url}\n`);
  warnAboutAccess(config, logger);
}

/** There is no access control yet, and nobody must believe that there is. */
function warnAboutAccess({ host, adminTokenGiven }: Config, logger: pino.Logger): void {
  if (adminTokenGiven) logger.warn('ADMIN_TOKEN has no effect: this version has no access control');
  const isLocal = host === '127.0.0.1' || host === '::1' || host === 'localhost';
  if (!isLocal) logger.warn({ host }, 'everyone who reaches this address can read and write the heat pumps');
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
