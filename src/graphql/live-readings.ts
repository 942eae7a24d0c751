import type { Heatpump } from '../domain/heatpump.ts';
import { builder } from './builder.ts';
import { HeatpumpType } from './heatpump.ts';
import { latestOnly } from './latest-only.ts';
import { ReadingType } from './reading.ts';
import { joinChanges, type ReadingsChange } from './readings-log.ts';

/** What a listener is told about one heat pump. */
interface ReadingsEvent extends Omit<ReadingsChange, 'heatpumpId' | 'isFirst'> {
  readonly heatpump: Heatpump;
}

const ReadingsEventType = builder.objectRef<ReadingsEvent>('ReadingsEvent').implement({
  description: 'The readings of one poll of one heat pump; always of one poll, never half old.',
  fields: (t) => ({
    heatpump: t.expose('heatpump', { type: HeatpumpType, description: 'Whose readings they are.' }),
    complete: t.exposeBoolean('complete', {
      description:
        'True: all readings asked for. False: those that changed since the last event; the others were seen unchanged.',
    }),
    gap: t.exposeBoolean('gap', {
      description:
        'True: what was missed since the revision asked for is not known any more; the event is complete instead.',
    }),
    skipped: t.exposeInt('skipped', {
      description:
        'How many events were left out before this one because they were not taken in time; it tells what they told.',
    }),
    revision: t.exposeInt('revision', {
      description:
        'Grows by one with every event of a heat pump, so that it is the last one plus one plus "skipped". Begins anew, somewhere else, with the server.',
    }),
    observedAt: t.expose('observedAt', { type: 'DateTime', description: 'When the poll was complete.' }),
    liveObservedAt: t.expose('liveObservedAt', {
      type: 'DateTime',
      nullable: true,
      description:
        'When the oldest good one of all readings of the poll group LIVE was read, changed or not: none is older. Null: there is none.',
    }),
    settingsObservedAt: t.expose('settingsObservedAt', {
      type: 'DateTime',
      nullable: true,
      description:
        'The same of the poll group SETTING, which is read in turn: a setting that was told longer ago was seen unchanged then or later.',
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
      since: t.arg.int({
        description:
          'Goes on after this revision: first what was missed, if it is still known, else one event with "gap" for each heat pump. Of several heat pumps the smallest of their last revisions; what was told already comes again then, to be told by its revision.',
      }),
    },
    subscribe: (_, { heatpumpIds, keys, since }, { heatpumps, readingsLog }) => {
      const watched = heatpumps.watched(heatpumpIds);
      const wanted = keys ? new Set(keys) : null;
      const revision = since ?? null;
      return latestOnly<ReadingsChange, ReadingsEvent>(
        (offer) => {
          for (const { settings } of heatpumps.list()) {
            if (!watched(settings.id)) continue;
            for (const change of readingsLog.start(settings.id, revision)) offer(settings.id, change);
          }
          return readingsLog.on((change) => {
            if (watched(change.heatpumpId)) offer(change.heatpumpId, change);
          });
        },
        ({ heatpumpId, isFirst, ...change }) => {
          const heatpump = heatpumps.find(heatpumpId);
          if (!heatpump) return null;
          const readings = wanted ? change.readings.filter(({ sensor }) => wanted.has(sensor.key)) : change.readings;
          return { ...change, heatpump, readings, gap: change.gap || (isFirst && revision !== null) };
        },
        joinChanges,
      );
    },
    resolve: (event) => event,
  }),
);
