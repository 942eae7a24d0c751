import type { Sensor } from '../domain/sensor.ts';
import type {
  SettingDifference,
  SettingEntry,
  SettingsSnapshotHead,
  SnapshotTrigger,
} from '../domain/settings-snapshot.ts';
import type { SettingsPage } from '../domain/settings-store.ts';
import type { SettingsDifference } from '../heatpumps/settings-history.ts';
import { check, whole } from '../input/check.ts';
import { builder, enumType, type FieldsOf } from './builder.ts';
import { HeatpumpType } from './heatpump.ts';
import { QualityType } from './reading.ts';
import type { SeenHeatpumps } from './seen-heatpumps.ts';
import { SensorType } from './sensor.ts';

/** Something that is told of a sensor by its key; null: the heat pump has no such sensor now. */
export interface OfSensor {
  readonly key: string;
  readonly sensor: Sensor | null;
}

/** The fields of such a type. */
export function sensorFields<T extends OfSensor>(t: FieldsOf<T>) {
  return {
    key: t.string({ description: 'The key of the sensor.', resolve: ({ key }) => key }),
    sensor: t.field({
      type: SensorType,
      nullable: true,
      description: 'The sensor; null if the heat pump does not have it now.',
      resolve: ({ sensor }) => sensor,
    }),
  };
}

/** Finds the sensors of a heat pump by their keys. */
export function withSensors<T extends { readonly key: string }>(
  heatpumps: SeenHeatpumps,
  heatpumpId: string,
  items: readonly T[],
): (T & OfSensor)[] {
  const sensors = new Map(heatpumps.info(heatpumpId).sensors.map((sensor) => [sensor.key, sensor]));
  return items.map((item) => ({ ...item, sensor: sensors.get(item.key) ?? null }));
}

const SnapshotTriggerType = enumType<SnapshotTrigger>(
  'SettingsSnapshotTrigger',
  'Why a snapshot of the settings was taken; days are those of UTC.',
  {
    DAILY: 'With the first poll of a day.',
    BEFORE_WRITE: 'Before the first change of a setting on a day.',
    BEFORE_RESTORE: 'Before settings were restored.',
    ON_DEMAND: 'Somebody asked for it.',
  },
);

const SettingEntryType = builder.objectRef<SettingEntry & OfSensor>('SettingEntry').implement({
  description: 'What a register that can be written held at some time.',
  fields: (t) => ({
    ...sensorFields(t),
    value: t.exposeFloat('value', { nullable: true, description: 'In "unit"; null if it was not known.' }),
    unit: t.exposeString('unit', { nullable: true, description: 'The unit at that time; null: it had none.' }),
    quality: t.expose('quality', { type: QualityType, description: 'Only GOOD ones carry a value.' }),
  }),
});

export const SettingsSnapshotType = builder.objectRef<SettingsSnapshotHead>('SettingsSnapshot').implement({
  description: 'All registers of a heat pump that can be written, as they were at one time.',
  fields: (t) => ({
    id: t.exposeID('id', { description: 'Identifier.' }),
    heatpump: t.field({
      type: HeatpumpType,
      description: 'Whose they are.',
      resolve: ({ heatpumpId }, _, { heatpumps }) => heatpumps.info(heatpumpId),
    }),
    takenAt: t.expose('takenAt', { type: 'DateTime', description: 'When it was taken.' }),
    trigger: t.expose('trigger', { type: SnapshotTriggerType, description: 'Why it was taken.' }),
    known: t.exposeInt('known', { description: 'Registers that it has a value of.' }),
    unknown: t.exposeInt('unknown', { description: 'Registers whose value was not known, or too old.' }),
    entries: t.field({
      type: [SettingEntryType],
      description: 'The registers, in the order of the manual.',
      resolve: async ({ id, heatpumpId }, _, { heatpumps, settings }) => {
        return withSensors(heatpumps, heatpumpId, (await settings.snapshot(id)).entries);
      },
    }),
  }),
});

const SettingDifferenceType = builder
  .objectRef<SettingDifference & OfSensor & { readonly heatpumpId: string }>('SettingDifference')
  .implement({
    description: 'A register that is not the same on two sides.',
    fields: (t) => {
      const side = (name: 'before' | 'after', description: string) =>
        t.field({
          type: SettingEntryType,
          nullable: true,
          description,
          resolve: ({ sensor, [name]: entry }) => entry && { ...entry, sensor },
        });
      return {
        ...sensorFields(t),
        before: side('before', 'What was there; null: there was no such register.'),
        after: side('after', 'What is there after; null: there is no such register.'),
      };
    },
  });

const SettingsDifferenceType = builder.objectRef<SettingsDifference>('SettingsDifference').implement({
  description: 'How settings differ between two snapshots, or between one and now.',
  fields: (t) => ({
    from: t.expose('from', { type: SettingsSnapshotType, description: 'The first snapshot.' }),
    to: t.expose('to', { type: SettingsSnapshotType, nullable: true, description: 'The second; null: now.' }),
    differences: t.field({
      type: [SettingDifferenceType],
      description: 'The registers that differ, or are known on one side only, in the order of the manual.',
      resolve: ({ from: { heatpumpId }, differences }, _, { heatpumps }) =>
        withSensors(heatpumps, heatpumpId, differences).map((difference) => ({ ...difference, heatpumpId })),
    }),
  }),
});

const NEXT_CURSOR = 'What to pass as "before" for the next page; null: there is none.';

const SettingsSnapshotPageType = builder
  .objectRef<SettingsPage<SettingsSnapshotHead>>('SettingsSnapshotPage')
  .implement({
    description: 'A part of the snapshots, newest first.',
    fields: (t) => ({
      snapshots: t.field({
        type: [SettingsSnapshotType],
        description: 'The snapshots.',
        resolve: ({ items }) => items,
      }),
      nextCursor: t.exposeString('nextCursor', { nullable: true, description: NEXT_CURSOR }),
    }),
  });

/** How many of a list to show at once. Throws `BAD_USER_INPUT`. */
export function pageSize(first: number | null | undefined): number {
  return check(whole(1, MAX_PAGE), first, ['first']);
}

/** Snapshots or changes on a page at most. */
export const MAX_PAGE = 200;

builder.queryField('settingsSnapshots', (t) =>
  t.field({
    access: 'VIEWER',
    type: SettingsSnapshotPageType,
    description: 'The snapshots of the settings of a heat pump, newest first; the last 400 are kept.',
    args: {
      heatpumpId: t.arg.id({ required: true, description: 'Whose.' }),
      first: t.arg.int({ defaultValue: 50, description: `How many, 1 to ${MAX_PAGE}.` }),
      before: t.arg.string({ description: 'The nextCursor of the page before.' }),
    },
    resolve: (_, { heatpumpId, first, before }, { settings }) =>
      settings.snapshots({ heatpumpId, first: pageSize(first), before }),
  }),
);

builder.queryField('settingsDifference', (t) =>
  t.field({
    access: 'VIEWER',
    type: SettingsDifferenceType,
    description: 'How the settings differ between two snapshots, or between one and now.',
    args: {
      from: t.arg.id({ required: true, description: 'The first snapshot.' }),
      to: t.arg.id({ description: 'The second; left out: as the heat pump was last read.' }),
    },
    resolve: (_, { from, to }, { settings }) => settings.difference(from, to ?? null),
  }),
);

const TakeSettingsSnapshotInput = builder.inputType('TakeSettingsSnapshotInput', {
  description: 'Of which heat pump to take a snapshot.',
  fields: (t) => ({ heatpumpId: t.id({ required: true, description: 'Identifier.' }) }),
});

const TakeSettingsSnapshotPayload = builder
  .objectRef<{ readonly snapshot: SettingsSnapshotHead }>('TakeSettingsSnapshotPayload')
  .implement({
    description: 'A snapshot that was taken.',
    fields: (t) => ({ snapshot: t.expose('snapshot', { type: SettingsSnapshotType, description: 'The snapshot.' }) }),
  });

builder.mutationField('takeSettingsSnapshot', (t) =>
  t.field({
    access: 'OPERATOR',
    audit: 'heatpump',
    type: TakeSettingsSnapshotPayload,
    description: 'Keeps what the registers that can be written hold now. CONFLICT while none of them is known.',
    args: { input: t.arg({ type: TakeSettingsSnapshotInput, required: true, description: 'Of what.' }) },
    resolve: async (_, { input }, { settings }) => ({ snapshot: await settings.takeSnapshot(input.heatpumpId) }),
  }),
);
