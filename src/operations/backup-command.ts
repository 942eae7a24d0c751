import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { readConfig } from '../config.ts';
import { systemClock } from '../domain/clock.ts';
import { BackupError } from './backup-error.ts';
import { commandLine, onlyFile, PASSPHRASE_OPTION, passphraseFrom, runCommand, UsageError } from './command.ts';
import { makeBackup } from './make-backup.ts';
import { readVersion } from './version.ts';

const HELP = `Makes a backup: npm run backup -- FILE [options]

Settings and history, as they are at one moment; the server may run (DATA_DIR, DATABASE_URL). With a passphrase the
file is sealed. Without one it is a gzipped tar archive, and has no passwords of channels and none of the server's keys.

  --passphrase-file FILE   the passphrase is its first line (else BACKUP_PASSPHRASE, if set)
  --help                   this text
`;

async function main(): Promise<void> {
  const { values, positionals } = commandLine({ ...PASSPHRASE_OPTION, help: { type: 'boolean' } });
  if (values.help) return void process.stdout.write(HELP);
  const file = resolve(onlyFile(positionals));
  if (existsSync(file)) throw new UsageError(`${file} is there already`);
  const config = readConfig(process.env);
  if (!existsSync(config.databaseFile)) throw new BackupError('NOT_FOUND', `${config.databaseFile} is not there`);
  const passphrase = passphraseFrom(values['passphrase-file'], config.backupPassphrase);
  const order = { places: config, file, passphrase, version: readVersion(), now: systemClock.now() };
  const { parts } = await makeBackup(order);
  const content = parts.map(({ name, bytes }) => `${name} (${bytes} bytes)`).join(', ');
  process.stdout.write(`${file} was made${passphrase === null ? ', without secrets' : ', sealed'}: ${content}\n`);
}

runCommand(main, 'No backup was made:');
