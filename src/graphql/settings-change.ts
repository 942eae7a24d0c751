import type { SettingsChange } from '../domain/settings-change.ts';
import type { SettingsPage } from '../domain/settings-store.ts';
import { builder } from './builder.ts';
import { HeatpumpType } from './heatpump.ts';
import { latestOnly } from './latest-only.ts';
import { SensorType } from './sensor.ts';
import { MAX_PAGE, pageSize } from './settings-snapshot.ts';

const SettingsChangeType = builder.objectRef<SettingsChange>('SettingsChange').implement({
  description:
    'A setting that was changed at the heat pump itself, or by another program: no write of ours explains it.',
  fields: (t) => ({
    id: t.exposeID('id', { description: 'Identifier.' }),
    heatpump: t.field({
      type: HeatpumpType,
      description: 'Where it was changed.',
      resolve: ({ heatpumpId }, _, { heatpumps }) => heatpumps.info(heatpumpId),
    }),
    key: t.exposeString('key', { description: 'The key of the sensor.' }),
    sensor: t.field({
      type: SensorType,
      nullable: true,
      description: 'The sensor; null if the heat pump does not have it now.',
      resolve: ({ heatpumpId, key }, _, { heatpumps }) =>
        heatpumps.info(heatpumpId).sensors.find((sensor) => sensor.key === key),
    }),
    before: t.exposeFloat('before', { description: 'The value before, in the unit of the sensor.' }),
    after: t.exposeFloat('after', { description: 'The value after.' }),
    noticedAt: t.expose('noticedAt', {
      type: 'DateTime',
      description: 'When the new value was first read; it may have been there for longer, while nobody read it.',
    }),
  }),
});

const SettingsChangePageType = builder.objectRef<SettingsPage<SettingsChange>>('SettingsChangePage').implement({
  description: 'A part of the changes, newest first.',
  fields: (t) => ({
    changes: t.field({ type: [SettingsChangeType], description: 'The changes.', resolve: ({ items }) => items }),
    nextCursor: t.exposeString('nextCursor', {
      nullable: true,
      description: 'What to pass as "before" for the next page; null: there is none.',
    }),
  }),
});

builder.queryField('settingsChanges', (t) =>
  t.field({
    access: 'VIEWER',
    type: SettingsChangePageType,
    description: 'What others have changed in the settings of a heat pump, newest first; the last 2,000 are kept.',
    args: {
      heatpumpId: t.arg.id({ required: true, description: 'Where.' }),
      first: t.arg.int({ defaultValue: 50, description: `How many, 1 to ${MAX_PAGE}.` }),
      before: t.arg.string({ description: 'The nextCursor of the page before.' }),
    },
    resolve: (_, { heatpumpId, first, before }, { settings }) =>
      settings.changes({ heatpumpId, first: pageSize(first), before }),
  }),
);

builder.subscriptionField('settingsChanges', (t) =>
  t.field({
    access: 'VIEWER',
    type: SettingsChangeType,
    description: 'Every setting that others change from now on.',
    args: { heatpumpIds: t.arg.idList({ description: 'Only of these; left out: of all.' }) },
    subscribe: (_, { heatpumpIds }, { heatpumps }) => {
      const watched = heatpumps.watched(heatpumpIds);
      return latestOnly<SettingsChange, SettingsChange>(
        (offer) =>
          heatpumps.events.on('settingsChange', (change) => {
            if (watched(change.heatpumpId)) offer(change.id, change);
          }),
        (change) => (heatpumps.find(change.heatpumpId) ? change : null),
      );
    },
    resolve: (change) => change,
  }),
);
