import { AppError, type AppErrorCode, badInput } from '../domain/errors.ts';
import { BackupError, type BackupErrorCode } from '../operations/backup-error.ts';
import type { BackupFile } from '../operations/backup-files.ts';
import type { Manifest } from '../operations/manifest.ts';
import { BackupType } from './backup.ts';
import { builder, enumType } from './builder.ts';

/** What a backup can be found to be. */
type CheckCode = 'OK' | Exclude<BackupErrorCode, 'NOT_FOUND' | 'BUSY' | 'TOO_LARGE'>;

/** What came of looking into a backup. */
interface BackupCheck {
  readonly code: CheckCode;
  readonly message: string;
  /** Null if it is refused. */
  readonly manifest: Manifest | null;
}

const MIN_PASSPHRASE = 12;
const MAX_PASSPHRASE = 1_000;

/** Refusals of the whole request; the others are what was found out about the backup. */
const REFUSALS: Partial<Record<BackupErrorCode, AppErrorCode>> = { NOT_FOUND: 'NOT_FOUND', BUSY: 'CONFLICT' };

const BackupCheckCodeType = enumType<CheckCode>('BackupCheckCode', 'What a backup was found to be.', {
  OK: 'Whole, ours, and fit for this version.',
  FOREIGN: 'No backup of Thermograph.',
  DAMAGED: 'Cut off, or changed since it was made.',
  NEWER: 'Made by a newer version, which can restore it.',
  PASSPHRASE_NEEDED: 'Sealed; its passphrase is needed to look into it.',
  WRONG_PASSPHRASE: 'Sealed with another passphrase.',
  NO_SPACE: 'Too large for the disk to unpack it.',
});

const BackupCheckType = builder.objectRef<BackupCheck>('BackupCheck').implement({
  description: 'What came of looking into a backup, every byte of it.',
  fields: (t) => ({
    ok: t.boolean({ description: 'Whether it can be restored.', resolve: ({ code }) => code === 'OK' }),
    code: t.expose('code', { type: BackupCheckCodeType, description: 'What it was found to be.' }),
    message: t.exposeString('message', { description: 'The same as an English sentence.' }),
    createdAt: t.field({
      type: 'DateTime',
      nullable: true,
      description: 'When it was made; everything in it is as it was then. Null if it is refused, as what follows.',
      resolve: ({ manifest }) => manifest && Date.parse(manifest.createdAt),
    }),
    version: t.string({
      nullable: true,
      description: 'The version of Thermograph that made it.',
      resolve: ({ manifest }) => manifest?.version ?? null,
    }),
    hasSecrets: t.boolean({
      nullable: true,
      description: 'Whether passwords of channels and the keys of the server are in it.',
      resolve: ({ manifest }) => manifest?.hasSecrets ?? null,
    }),
    hasHistory: t.boolean({
      nullable: true,
      description: 'Whether history is in it.',
      resolve: ({ manifest }) => manifest?.parts.some(({ name }) => name === 'history.db') ?? null,
    }),
  }),
});

const CreateBackupInput = builder.inputType('CreateBackupInput', {
  description: 'A backup to make.',
  fields: (t) => ({
    passphrase: t.string({
      description: `Seals it, ${MIN_PASSPHRASE} characters or more; left out: the one that is set, or else it has no secrets.`,
    }),
  }),
});

const DeleteBackupInput = builder.inputType('DeleteBackupInput', {
  description: 'A backup to delete.',
  fields: (t) => ({ name: t.string({ required: true, description: 'Which one.' }) }),
});

const CheckBackupInput = builder.inputType('CheckBackupInput', {
  description: 'A backup to look into.',
  fields: (t) => ({
    name: t.string({ required: true, description: 'Which one.' }),
    passphrase: t.string({ description: 'Its passphrase; left out: the one that is set.' }),
  }),
});

const RestoreBackupInput = builder.inputType('RestoreBackupInput', {
  description: 'A backup to restore.',
  fields: (t) => ({
    name: t.string({ required: true, description: 'Which one.' }),
    passphrase: t.string({ description: 'Its passphrase; left out: the one that is set.' }),
    history: t.boolean({
      required: true,
      defaultValue: true,
      description: 'Whether history is restored, too; if not, it stays as it is.',
    }),
  }),
});

const UndoRestoreInput = builder.inputType('UndoRestoreInput', {
  description: 'What to go back to.',
  fields: (t) => ({
    name: t.string({ description: 'Which of the ways back; left out: what was there before the last restore.' }),
  }),
});

const CreateBackupPayload = builder.objectRef<{ backup: BackupFile }>('CreateBackupPayload').implement({
  description: 'The backup that was made.',
  fields: (t) => ({ backup: t.expose('backup', { type: BackupType, description: 'It is complete and on disk.' }) }),
});

const DeleteBackupPayload = builder.objectRef<{ deletedName: string }>('DeleteBackupPayload').implement({
  description: 'The backup that was deleted.',
  fields: (t) => ({ deletedName: t.exposeString('deletedName', { description: 'Its name.' }) }),
});

const CheckBackupPayload = builder.objectRef<{ check: BackupCheck }>('CheckBackupPayload').implement({
  description: 'What was found out.',
  fields: (t) => ({ check: t.expose('check', { type: BackupCheckType, description: 'Nothing was changed.' }) }),
});

const RestoreBackupPayload = builder.objectRef<{ check: BackupCheck }>('RestoreBackupPayload').implement({
  description: 'What becomes of a restore.',
  fields: (t) => ({
    check: t.expose('check', {
      type: BackupCheckType,
      description:
        'If it is OK, the backup takes the place of the data when the server starts anew; else nothing was changed.',
    }),
  }),
});

const UndoRestorePayload = builder.objectRef<{ restarts: boolean }>('UndoRestorePayload').implement({
  description: 'What becomes of going back.',
  fields: (t) => ({
    restarts: t.exposeBoolean('restarts', {
      description: 'Whether the server starts anew by itself; if not, it happens at its next start.',
    }),
  }),
});

builder.mutationField('createBackup', (t) =>
  t.field({
    type: CreateBackupPayload,
    access: 'ADMIN',
    audit: 'backup',
    description: 'Makes a backup of settings and history while everything goes on; answers when it is on disk.',
    args: { input: t.arg({ type: CreateBackupInput, required: true, description: 'The backup.' }) },
    resolve: async (_, { input }, { backups }) => {
      const passphrase = input.passphrase ?? null;
      checkPassphrase(passphrase);
      return { backup: await backups.make('MANUAL', passphrase).catch(refuse) };
    },
  }),
);

builder.mutationField('deleteBackup', (t) =>
  t.field({
    type: DeleteBackupPayload,
    access: 'ADMIN',
    audit: 'backup',
    description: 'Deletes a backup for good.',
    args: { input: t.arg({ type: DeleteBackupInput, required: true, description: 'Which one.' }) },
    resolve: async (_, { input: { name } }, { backups }) => {
      await attempt(() => backups.files.delete(name));
      return { deletedName: name };
    },
  }),
);

builder.mutationField('checkBackup', (t) =>
  t.field({
    type: CheckBackupPayload,
    access: 'ADMIN',
    audit: 'backup',
    description: 'Unpacks a backup beside the data and proves every byte of it; changes nothing.',
    args: { input: t.arg({ type: CheckBackupInput, required: true, description: 'Which one.' }) },
    resolve: async (_, { input: { name, passphrase } }, { backups }) => ({
      check: await checked(() => backups.check(name, passphrase ?? null)),
    }),
  }),
);

builder.mutationField('restoreBackup', (t) =>
  t.field({
    type: RestoreBackupPayload,
    access: 'ADMIN',
    audit: 'backup',
    description:
      'Checks a backup and restores it. The server starts anew; what was there before is kept as a way back. Nothing is made up for that was missed since: no run of a job, no message, no held value.',
    args: { input: t.arg({ type: RestoreBackupInput, required: true, description: 'Which one, and how much of it.' }) },
    resolve: async (_, { input: { name, passphrase, history } }, { backups }) => ({
      check: await checked(() => backups.restore(name, passphrase ?? null, history)),
    }),
  }),
);

builder.mutationField('undoRestore', (t) =>
  t.field({
    type: UndoRestorePayload,
    access: 'ADMIN',
    audit: 'backup',
    description:
      'Goes back to what was there before a restore. The server starts anew; what is there now becomes a way back.',
    args: { input: t.arg({ type: UndoRestoreInput, required: true, description: 'What to go back to.' }) },
    resolve: async (_, { input: { name } }, { backups }) => {
      await attempt(() => backups.undo(name ?? null));
      return { restarts: backups.canRestart };
    },
  }),
);

function checkPassphrase(passphrase: string | null): void {
  if (passphrase === null) return;
  if (passphrase.length >= MIN_PASSPHRASE && passphrase.length <= MAX_PASSPHRASE) return;
  const message = `must be ${MIN_PASSPHRASE} to ${MAX_PASSPHRASE} characters`;
  throw badInput({ path: ['input', 'passphrase'], message });
}

async function checked(look: () => Promise<Manifest>): Promise<BackupCheck> {
  try {
    return { code: 'OK', message: 'the backup is whole', manifest: await look() };
  } catch (thrown) {
    if (!(thrown instanceof BackupError) || REFUSALS[thrown.code]) return refuse(thrown);
    return { code: thrown.code as CheckCode, message: thrown.message, manifest: null };
  }
}

async function attempt(change: () => void): Promise<void> {
  try {
    change();
  } catch (thrown) {
    refuse(thrown);
  }
}

function refuse(thrown: unknown): never {
  if (!(thrown instanceof BackupError)) throw thrown;
  throw new AppError(REFUSALS[thrown.code] ?? 'CONFLICT', thrown.message);
}
