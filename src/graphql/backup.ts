import type { Schedule } from '../domain/job.ts';
import type { BackupFile, BackupOrigin } from '../operations/backup-files.ts';
import type { BackupStatus, Backups } from '../operations/backups.ts';
import { builder, enumType } from './builder.ts';

const BackupOriginType = enumType<BackupOrigin>('BackupOrigin', 'How a backup came to be.', {
  SCHEDULED: 'Made by itself, at the time that is set.',
  MANUAL: 'Made because somebody asked for it.',
  UPLOADED: 'Brought here from elsewhere; not checked yet.',
});

const BackupWorkType = enumType<NonNullable<BackupStatus['running']>>(
  'BackupWork',
  'What is being done with a backup.',
  {
    MAKING: 'One is being made.',
    CHECKING: 'One is being checked, maybe to be restored.',
    RECEIVING: 'One is being uploaded.',
  },
);

export const BackupType = builder.objectRef<BackupFile>('Backup').implement({
  description: 'A backup of settings and history, downloaded at `/backups/download?name=<name>`.',
  fields: (t) => ({
    name: t.exposeString('name', { description: 'Its file, which is also its identifier.' }),
    origin: t.expose('origin', { type: BackupOriginType, description: 'How it came to be.' }),
    isSealed: t.exposeBoolean('isSealed', {
      description:
        'Whether it needs a passphrase. One that does not has no passwords of channels and no keys of the server.',
    }),
    bytes: t.exposeFloat('bytes', { description: 'Its size in bytes.' }),
    at: t.expose('at', { type: 'DateTime', description: 'When it was made, or uploaded.' }),
  }),
});

const BackupOverviewType = builder.objectRef<Backups>('BackupOverview').implement({
  description: 'The backups that are here, and how making them is doing.',
  fields: (t) => ({
    files: t.field({
      type: [BackupType],
      description: 'All of them, newest first.',
      resolve: ({ files }) => files.list(),
    }),
    schedule: t.string({
      nullable: true,
      description: 'When they are made: times of every day as HH:MM, or a cron expression; null: never by themselves.',
      resolve: ({ status: { schedule } }) => schedule && scheduleText(schedule),
    }),
    nextAt: t.field({
      type: 'DateTime',
      nullable: true,
      description: 'When the next one is made.',
      resolve: ({ status }) => status.nextAt,
    }),
    keep: t.int({ description: 'How many scheduled ones are kept.', resolve: ({ status }) => status.keep }),
    isSealed: t.boolean({
      description: 'Whether a passphrase is set, so that scheduled backups are sealed and complete.',
      resolve: ({ status }) => status.isSealed,
    }),
    running: t.field({
      type: BackupWorkType,
      nullable: true,
      description: 'What is being done now; one thing at a time.',
      resolve: ({ status }) => status.running,
    }),
    problem: t.string({
      nullable: true,
      description: 'Why the last scheduled backup was not made, as an English sentence.',
      resolve: ({ status }) => status.problem,
    }),
    isRestorePending: t.boolean({
      description: 'Whether other data take the place of these when the server starts next.',
      resolve: ({ status }) => status.staged !== null,
    }),
    canRestart: t.boolean({
      description: 'Whether the server starts anew by itself after a restore.',
      resolve: ({ canRestart }) => canRestart,
    }),
    waysBack: t.stringList({
      description: 'Names of what was there before restores, newest first.',
      resolve: ({ status }) => status.waysBack,
    }),
  }),
});

builder.queryField('backups', (t) =>
  t.field({
    type: BackupOverviewType,
    access: 'ADMIN',
    description: 'The backups of this server.',
    resolve: (_, __, { backups }) => backups,
  }),
);

function scheduleText(schedule: Schedule): string {
  return schedule.type === 'CRON' ? schedule.expression : schedule.times.join(', ');
}
