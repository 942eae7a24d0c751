import { badInput } from '../domain/errors.ts';
import type { Heatpump } from '../domain/heatpump.ts';
import type { CorrectionKind } from '../history/counter-guard.ts';
import type { CounterCorrection } from '../history/counter-watch.ts';
import type { HistoryInfo, HistorySeries } from '../history/history.ts';
import type { SeriesKind } from '../history/series.ts';
import { stateText } from '../history/state-text.ts';
import type { StepChoice } from '../history/step-choice.ts';
import { builder, enumType } from './builder.ts';
import { flatList } from './flat-list.ts';
import type { SeenHeatpumps } from './seen-heatpumps.ts';
import { QuantityType } from './sensor.ts';

const SeriesKindType = enumType<SeriesKind>('SeriesKind', 'How the values of a series are summed up.', {
  ANALOG: 'A measured value: it is averaged.',
  STATE: 'A state, an option or a boolean: never averaged, it holds until the next one.',
  COUNTER: 'A counter of energy, starts or run time: its growth is consumption.',
});

const HistoryResolutionType = enumType<StepChoice['resolution']>('HistoryResolution', 'What points are made of.', {
  RAW: 'Values as they were polled.',
  MINUTE: 'Roll-ups per minute.',
  HOUR: 'Roll-ups per hour.',
});

/** One point, taken out of the columns. */
interface HistoryPoint {
  readonly at: number;
  readonly mean: number | null;
  readonly min: number | null;
  readonly max: number | null;
  readonly last: number | null;
  readonly count: number;
  readonly consumption: number | null;
  readonly text: string | null;
}

const HistoryPointType = builder.objectRef<HistoryPoint>('HistoryPoint').implement({
  description: 'What a series was at one time or in one step; without a mean there is no data.',
  fields: (t) => ({
    at: t.expose('at', { type: 'DateTime', description: 'Begin of the step; of a single value, when it was polled.' }),
    mean: t.exposeFloat('mean', {
      nullable: true,
      description: 'The mean of the step; of a state the one the step begins with. Null: no data.',
    }),
    min: t.exposeFloat('min', { nullable: true, description: 'The smallest value of the step.' }),
    max: t.exposeFloat('max', { nullable: true, description: 'The largest value of the step.' }),
    last: t.exposeFloat('last', { nullable: true, description: 'The last value of the step.' }),
    count: t.exposeInt('count', { description: 'How many polled values it is made of.' }),
    consumption: t.exposeFloat('consumption', {
      nullable: true,
      description: 'Of a counter, what was consumed up to the last value of the step since the one before the step.',
    }),
    text: t.exposeString('text', { nullable: true, description: 'The name of the state.' }),
  }),
});

const HistorySeriesType = builder.objectRef<HistorySeries>('HistorySeries').implement({
  description: 'The history of one sensor or quantity of one heat pump.',
  fields: (t) => ({
    heatpumpId: t.id({ description: 'Of which heat pump.', resolve: ({ heatpump }) => heatpump.settings.id }),
    key: t.exposeString('key', { description: 'Key of the sensor; of a quantity that is worked out, its name.' }),
    quantity: t.expose('quantity', {
      type: QuantityType,
      nullable: true,
      description: 'The quantity it was asked for by; the values are then in the unit of the quantity.',
    }),
    circuit: t.string({
      nullable: true,
      description: 'The circuit its quantity is of; null: of the heat pump as a whole.',
      resolve: ({ sensor }) => sensor?.circuit ?? null,
    }),
    unit: t.exposeString('unit', { nullable: true, description: 'Unit of its values.' }),
    kind: t.expose('kind', { type: SeriesKindType, description: 'How its values are summed up.' }),
    resolution: t.expose('resolution', { type: HistoryResolutionType, description: 'What its points are made of.' }),
    stepMs: t.exposeInt('stepMs', {
      description:
        'Distance of the points in milliseconds; steps are whole multiples of it in UTC. Of single values: the poll interval.',
    }),
    points: t.field({
      type: [HistoryPointType],
      description:
        'In order of time. Single values if all fit, of a state only the changes; else one for each step. A time without data has points without a mean.',
      resolve: (series, _, context, info) =>
        flatList(info, context, series.points.at.length, columnsOf(series), () => pointsOf(series)),
    }),
  }),
});

/** Each field of a point by its index. */
function columnsOf(series: HistorySeries) {
  const { points, kind } = series;
  const { at, mean, min, max, last, count, consumption } = points;
  const isKnown = (index: number) => !Number.isNaN(mean[index]);
  return {
    at: (index: number) => new Date(at[index] ?? 0).toISOString(),
    mean: (index: number) => numberAt(mean, index),
    min: (index: number) => numberAt(min, index),
    max: (index: number) => numberAt(max, index),
    last: (index: number) => numberAt(last, index),
    count: (index: number) => count[index] ?? 0,
    consumption: (index: number) => (kind === 'COUNTER' && isKnown(index) ? numberAt(consumption, index) : null),
    text: (index: number) => (kind === 'STATE' && isKnown(index) ? stateText(series, mean[index] ?? 0) : null),
  };
}

function pointsOf(series: HistorySeries): HistoryPoint[] {
  const columns = columnsOf(series);
  return Array.from(series.points.at, (at, index) => ({
    at,
    mean: columns.mean(index),
    min: columns.min(index),
    max: columns.max(index),
    last: columns.last(index),
    count: columns.count(index),
    consumption: columns.consumption(index),
    text: columns.text(index),
  }));
}

function numberAt(column: Float64Array, index: number): number | null {
  const value = column[index];
  return value === undefined || Number.isNaN(value) ? null : value;
}

const CorrectionKindType = enumType<CorrectionKind>('CounterCorrectionKind', 'What was wrong with a counter.', {
  HELD: 'It shows what it cannot have counted; nothing is counted until it is clear why.',
  TRANSIENT: 'It showed something else for a while, and came back.',
  RESET: 'It began anew.',
  JUMP: 'It went on from a level that it cannot have reached; the jump was not counted.',
  CAUGHT_UP: 'It had stood still and made up for it; that was counted.',
  WRAP: 'Its register overflowed.',
});

const CounterCorrectionType = builder.objectRef<CounterCorrection>('CounterCorrection').implement({
  description: 'A time in which the values of a counter are no measure of consumption. The values themselves are kept.',
  fields: (t) => ({
    heatpumpId: t.exposeID('heatpumpId', { description: 'Of which heat pump.' }),
    key: t.exposeString('key', { description: 'Key of the sensor.' }),
    unit: t.exposeString('unit', { nullable: true, description: 'Unit of the values.' }),
    kind: t.expose('kind', { type: CorrectionKindType, description: 'What was wrong.' }),
    at: t.expose('at', { type: 'DateTime', description: 'When it began.' }),
    until: t.expose('until', {
      type: 'DateTime',
      nullable: true,
      description: 'When counting went on; null: not yet.',
    }),
    before: t.exposeFloat('before', { description: 'The last value before.' }),
    odd: t.exposeFloat('odd', { description: 'The first value that did not follow.' }),
    after: t.exposeFloat('after', { nullable: true, description: 'The value with which counting went on.' }),
    counted: t.exposeFloat('counted', { description: 'What was counted for the whole time.' }),
  }),
});

const HistoryInfoType = builder.objectRef<HistoryInfo>('HistoryInfo').implement({
  description: 'What is recorded, for how long, and how recording is doing.',
  fields: (t) => ({
    rawDays: t.exposeInt('rawDays', { description: 'Days that every value is kept.' }),
    minuteDays: t.exposeInt('minuteDays', {
      description: 'Days that roll-ups per minute are kept; those per hour stay.',
    }),
    maxBytes: t.exposeFloat('maxBytes', { description: 'Size beyond which the oldest is dropped early.' }),
    bytes: t.exposeFloat('bytes', { description: 'Size of what is recorded.' }),
    values: t.exposeFloat('values', { description: 'Values recorded since the file was made.' }),
    oldestAt: t.expose('oldestAt', { type: 'DateTime', nullable: true, description: 'Begin of the oldest data.' }),
    recording: t.boolean({
      description: 'Whether values are being recorded.',
      resolve: ({ problem }) => problem === null,
    }),
    problem: t.exposeString('problem', {
      nullable: true,
      description: 'Why nothing can be recorded now, in English; recording resumes by itself.',
    }),
    waitingValues: t.exposeInt('waitingValues', { description: 'Values waiting to be written.' }),
    lostValues: t.exposeFloat('lostValues', {
      description: 'Values lost since the server started, for more were waiting than can be kept.',
    }),
  }),
});

/** The heat pumps that are meant. Throws `BAD_USER_INPUT` or `NOT_FOUND`. */
function heatpumpsMeant(
  heatpumps: SeenHeatpumps,
  {
    heatpumpId,
    heatpumpIds,
  }: { heatpumpId?: string | null | undefined; heatpumpIds?: readonly string[] | null | undefined },
): Heatpump[] {
  if (heatpumpId && heatpumpIds) {
    throw badInput({ path: ['heatpumpIds'], message: 'must be left out where heatpumpId is given' });
  }
  if (heatpumpIds) {
    const isMeant = heatpumps.watched(heatpumpIds);
    return heatpumps.list().filter(({ settings }) => isMeant(settings.id));
  }
  if (heatpumpId) return [heatpumps.info(heatpumpId)];
  const heatpump = heatpumps.default();
  return heatpump ? [heatpump] : [];
}

builder.queryField('history', (t) =>
  t.field({
    access: 'VIEWER',
    type: [HistorySeriesType],
    description:
      'What was recorded, from `from` up to `to`: of each heat pump the series of each key and quantity that it has. Every value if all fit into `maxPoints`, else steps of a common width.',
    args: {
      heatpumpId: t.arg.id({ description: 'Of this one; left out, as heatpumpIds: the default one.' }),
      heatpumpIds: t.arg.idList({ description: 'Of these.' }),
      keys: t.arg.stringList({
        required: true,
        description: 'Keys of sensors; may be empty where quantities are given.',
      }),
      quantities: t.arg({
        type: [QuantityType],
        description: 'Every sensor of these quantities, in the unit of the quantity.',
      }),
      from: t.arg({ type: 'DateTime', required: true, description: 'From this time on.' }),
      to: t.arg({ type: 'DateTime', required: true, description: 'Before this time.' }),
      maxPoints: t.arg.int({ defaultValue: 500, description: 'Most points of each series, 2 to 10000.' }),
    },
    resolve: (_, { heatpumpId, heatpumpIds, keys, quantities, from, to, maxPoints }, { heatpumps, history }) =>
      history.query({
        heatpumps: heatpumpsMeant(heatpumps, { heatpumpId, heatpumpIds }),
        ...{ keys, quantities: quantities ?? [], from, to, maxPoints: maxPoints ?? 500 },
      }),
  }),
);

builder.queryField('historyInfo', (t) =>
  t.field({
    access: 'VIEWER',
    type: HistoryInfoType,
    description: 'What is recorded, for how long, and how recording is doing.',
    resolve: (_, __, { history }) => history.info(),
  }),
);

builder.queryField('counterCorrections', (t) =>
  t.field({
    access: 'VIEWER',
    type: [CounterCorrectionType],
    description: 'Where counters of energy, starts and run time were corrected, oldest first.',
    args: {
      heatpumpId: t.arg.id({ description: 'Of this heat pump; left out: the default one.' }),
      from: t.arg({ type: 'DateTime', required: true, description: 'Those not over before this time.' }),
      to: t.arg({ type: 'DateTime', required: true, description: 'Those begun before this time.' }),
    },
    resolve: async (_, { heatpumpId, from, to }, { heatpumps, history }) => {
      const [heatpump] = heatpumpsMeant(heatpumps, { heatpumpId });
      return heatpump ? history.corrections(heatpump.settings.id, { from, to }) : [];
    },
  }),
);
