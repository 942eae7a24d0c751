import type { Refusal, RestoreStep, SettingObstacle, SettingsRestore, Undo } from '../domain/settings-restore.ts';
import { builder, enumType } from './builder.ts';
import { type OfSensor, SettingsSnapshotType, sensorFields, withSensors } from './settings-snapshot.ts';
import { WriteType } from './write.ts';

const SettingObstacleType = enumType<SettingObstacle>('SettingObstacle', 'Why an old value is not written.', {
  NO_SENSOR: 'The heat pump has no such register, or not any more.',
  NOT_A_SETTING: 'A command, a demand or a value that wants to be refreshed.',
  NO_VALUE: 'No old value is known.',
  NOT_READ: 'The present value is not known.',
  OTHER_UNIT: 'It was kept in another unit.',
  OUT_OF_RANGE: 'It may not be written as the heat pump is now.',
  READ_ONLY: 'The heat pump is set to read-only.',
  IN_USE: 'Somebody holds the value, or the heat pump is disabled.',
  WORN: 'Its register was written too often lately.',
  UNREACHABLE: 'It could not be sent; nothing was written.',
  STOPPED: 'A write before it came to no good end.',
  NOT_LAST: 'Of an undone write: another one followed.',
  NOT_SETTLED: 'Of an undone write: what became of it is not known.',
  NOTHING_CHANGED: 'Of an undone write: it has changed nothing.',
  CHANGED_SINCE: 'Of an undone write: somebody else has changed the value since.',
});

const SettingRefusalType = builder.objectRef<Refusal>('SettingRefusal').implement({
  description: 'Why an old value is not written.',
  fields: (t) => ({
    obstacle: t.expose('obstacle', { type: SettingObstacleType, description: 'For programs.' }),
    reason: t.exposeString('reason', { description: 'For people, in English.' }),
  }),
});

const UndoWriteInput = builder.inputType('UndoWriteInput', {
  description: 'A write to take back.',
  fields: (t) => ({ id: t.id({ required: true, description: 'The write: the last one of its sensor.' }) }),
});

const UndoWritePayload = builder.objectRef<Undo>('UndoWritePayload').implement({
  description: 'What came of undoing a write: another write, or a refusal.',
  fields: (t) => ({
    write: t.expose('write', {
      type: WriteType,
      nullable: true,
      description: 'The write that puts the value back; what becomes of it follows over "writes".',
    }),
    refusal: t.expose('refusal', {
      type: SettingRefusalType,
      nullable: true,
      description: 'Why nothing was written; null: a write was sent.',
    }),
  }),
});

builder.mutationField('undoWrite', (t) =>
  t.field({
    access: 'OPERATOR',
    audit: 'sensor',
    type: UndoWritePayload,
    description:
      'Writes the value that was there before the last write of a sensor, unless somebody has changed it since.',
    args: { input: t.arg({ type: UndoWriteInput, required: true, description: 'Which write.' }) },
    resolve: (_, { input }, { settings }) => settings.undo(input.id),
  }),
);

const RestoreStepType = builder.objectRef<RestoreStep & OfSensor>('RestoreStep').implement({
  description: 'One setting of a restore. In a preview, one without refusal would be written.',
  fields: (t) => ({
    ...sensorFields(t),
    present: t.exposeFloat('present', { nullable: true, description: 'What was there before; null: not known.' }),
    kept: t.exposeFloat('kept', { nullable: true, description: 'What the snapshot has; null: not known.' }),
    refusal: t.expose('refusal', {
      type: SettingRefusalType,
      nullable: true,
      description: 'Why it is not written; null: it is.',
    }),
    write: t.expose('write', {
      type: WriteType,
      nullable: true,
      description: 'The write, and what became of it; null: none was sent.',
    }),
  }),
});

const RestoreSettingsInput = builder.inputType('RestoreSettingsInput', {
  description: 'Settings to write back.',
  fields: (t) => ({
    snapshotId: t.id({ required: true, description: 'As they were in this snapshot, to the same heat pump.' }),
    keys: t.stringList({ description: 'Only these; left out: all that differ.' }),
    dryRun: t.boolean({ required: true, description: 'Only tell what would be written, and write nothing.' }),
  }),
});

const RestoreSettingsPayload = builder.objectRef<SettingsRestore>('RestoreSettingsPayload').implement({
  description: 'Settings that were, or would be, written back.',
  fields: (t) => ({
    snapshot: t.expose('snapshot', { type: SettingsSnapshotType, description: 'What they are restored to.' }),
    dryRun: t.exposeBoolean('isDryRun', { description: 'Nothing was written.' }),
    steps: t.field({
      type: [RestoreStepType],
      description: 'Those that differ, in the order of the manual; what is the same anyway is left out.',
      resolve: ({ snapshot, steps }, _, { heatpumps }) => withSensors(heatpumps, snapshot.heatpumpId, steps),
    }),
  }),
});

builder.mutationField('restoreSettings', (t) =>
  t.field({
    access: 'OPERATOR',
    audit: 'heatpump',
    type: RestoreSettingsPayload,
    description:
      'Writes settings back as they were, one after the other and under the limits of every write, and answers when it is known what became of each. A snapshot is taken before. Stops at the first write of unknown outcome.',
    args: { input: t.arg({ type: RestoreSettingsInput, required: true, description: 'Which, and to what.' }) },
    resolve: (_, { input: { snapshotId, keys, dryRun } }, { settings }) =>
      dryRun ? settings.previewRestore(snapshotId, keys ?? null) : settings.restore(snapshotId, keys ?? null),
  }),
);
