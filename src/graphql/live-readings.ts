import type { Heatpump } from '../domain/heatpump.ts';
import { changedReadings, isComparable, type Reading, type Snapshot } from '../domain/snapshot.ts';
import { builder } from './builder.ts';
import { HeatpumpType } from './heatpump.ts';
import { latestOnly } from './latest-only.ts';
import { ReadingType } from './reading.ts';

/** What a listener is told about one heat pump. */
interface ReadingsEvent {
  readonly heatpump: Heatpump;
  readonly complete: boolean;
  readonly snapshot: Snapshot;
  readonly readings: readonly Reading[];
}

const ReadingsEventType = builder.objectRef<ReadingsEvent>('ReadingsEvent').implement({
  description: 'The readings of one poll of one heat pump; always of one poll, never half old.',
  fields: (t) => ({
    heatpump: t.expose('heatpump', { type: HeatpumpType, description: 'Whose readings they are.' }),
    complete: t.exposeBoolean('complete', {
      description:
        'True: all readings asked for. False: those that changed since the last event; the others were seen unchanged.',
    }),
    revision: t.int({
      description: 'Grows with every poll of a heat pump.',
      resolve: ({ snapshot }) => snapshot.revision,
    }),
    observedAt: t.field({
      type: 'DateTime',
      description: 'When the poll was complete.',
      resolve: ({ snapshot }) => snapshot.observedAt,
    }),
    readings: t.expose('readings', { type: [ReadingType], description: 'The readings; may be empty.' }),
  }),
});

builder.subscriptionField('readings', (t) =>
  t.field({
    access: 'VIEWER',
    type: ReadingsEventType,
    description: 'First the complete readings of each heat pump, then after each poll what has changed.',
    args: {
      heatpumpIds: t.arg.idList({ description: 'Only these; left out: all, also those added later.' }),
      keys: t.arg.stringList({ description: 'Only readings of these sensors.' }),
    },
    subscribe: (_, { heatpumpIds, keys }, { heatpumps }) => {
      const watched = heatpumps.watched(heatpumpIds);
      const wanted = keys ? new Set(keys) : null;
      const lastTold = new Map<string, Snapshot>();
      return latestOnly<Snapshot, ReadingsEvent>(
        (offer) => {
          for (const { settings, snapshot } of heatpumps.list()) {
            if (snapshot && watched(settings.id)) offer(settings.id, snapshot);
          }
          return heatpumps.events.on('snapshot', (snapshot) => {
            if (watched(snapshot.heatpumpId)) offer(snapshot.heatpumpId, snapshot);
          });
        },
        (snapshot) => {
          const heatpump = heatpumps.find(snapshot.heatpumpId);
          if (!heatpump) return null;
          const before = lastTold.get(snapshot.heatpumpId);
          lastTold.set(snapshot.heatpumpId, snapshot);
          const complete = !before || !isComparable(before, snapshot);
          const changed = complete ? snapshot.readings : changedReadings(before, snapshot);
          const readings = wanted ? changed.filter(({ sensor }) => wanted.has(sensor.key)) : changed;
          return { heatpump, complete, snapshot, readings };
        },
      );
    },
    resolve: (event) => event,
  }),
);
