import { resolve } from 'node:path';
import { readConfig } from '../config.ts';
import { refuseInUse } from '../db/database.ts';
import { systemClock } from '../domain/clock.ts';
import { commandLine, onlyFile, PASSPHRASE_OPTION, passphraseFrom, runCommand } from './command.ts';
import type { Manifest } from './manifest.ts';
import { prepareRestore } from './restore.ts';
import { applyRestore, type Restored, stageUndo } from './restore-swap.ts';

const HELP = `Restores a backup: npm run restore -- FILE [options]

The server must be stopped. The backup is checked first, and refused with nothing changed if it is damaged, foreign or of a
newer version. What was there before is kept beside it, in before-restore-<time>.

  --check                  only check the backup
  --settings-only          leave the history as it is
  --undo                   go back to what was there before the last restore; no FILE
  --passphrase-file FILE   the passphrase is its first line (else BACKUP_PASSPHRASE, if set)
  --help                   this text
`;

const OPTIONS = {
  ...PASSPHRASE_OPTION,
  check: { type: 'boolean' },
  'settings-only': { type: 'boolean' },
  undo: { type: 'boolean' },
  help: { type: 'boolean' },
} as const;

async function main(): Promise<void> {
  const { values, positionals } = commandLine(OPTIONS);
  if (values.help) return void process.stdout.write(HELP);
  const config = readConfig(process.env);
  if (!values.check) refuseInUse(config.databaseFile);
  if (values.undo) stageUndo(config.dataDir);
  else {
    const passphrase = passphraseFrom(values['passphrase-file'], config.backupPassphrase);
    const extent = values.check ? 'CHECK' : values['settings-only'] ? 'SETTINGS' : 'ALL';
    const file = resolve(onlyFile(positionals));
    tellContent(await prepareRestore({ dataDir: config.dataDir, file, passphrase, extent }));
  }
  if (values.check) return;
  const restored = applyRestore(config, systemClock.now());
  if (restored) tellRestored(restored);
}

function tellContent({ createdAt, version, hasSecrets, parts }: Manifest): void {
  const names = parts.map(({ name }) => name).join(', ');
  const secrets = hasSecrets ? 'with secrets' : 'without secrets';
  process.stdout.write(`The backup is whole: made ${createdAt} by version ${version}, ${secrets}: ${names}\n`);
}

function tellRestored({ before, droppedHolds, problem }: Restored): void {
  process.stdout.write(before === null ? 'Restored.\n' : `Restored. What was there before is in ${before}\n`);
  if (problem !== null) process.stdout.write(`Nothing could be taken from the database before: ${problem}\n`);
  for (const hold of droppedHolds) process.stdout.write(`Held when the backup was made, now left alone: ${hold}\n`);
}

runCommand(main, 'Nothing was restored:');
