import { type Bucket, bucketsOf, HOUR_MS, type Samples, TIERS, widen } from './buckets.ts';
import { consumptionOf } from './consumption.ts';
import type { CounterCorrection } from './counter-watch.ts';
import { blockId, blockStart, type HistoryFile } from './history-file.ts';
import { type Points, pointsOfSamples, pointsOfSteps, type Span } from './points.ts';
import { usedBytes } from './retention.ts';
import type { SeriesKind } from './series.ts';
import type { StoredSeries } from './series-table.ts';
import { chooseStep, type StepChoice, sourceOfStep } from './step-choice.ts';
import { lastBefore, type Tables, tablesOf } from './tables.ts';

/** One series that is asked for. */
export interface SeriesRequest {
  readonly heatpumpId: string;
  readonly key: string;
  /** The unit it has now; values recorded in it go first. */
  readonly unit: string | null;
}

/** What is asked for. Times are milliseconds UTC. */
export interface HistoryRequest extends Span {
  readonly series: readonly SeriesRequest[];
  readonly maxPoints: number;
  /** Null: chosen by range and `maxPoints`. 0: every sample, of states too. */
  readonly stepMs: number | null;
  /** Up to when everything that was polled is on disk. */
  readonly now: number;
}

/** What is recorded of one series. */
export interface SeriesResult extends Points {
  readonly kind: SeriesKind;
  readonly unit: string | null;
  readonly resolution: StepChoice['resolution'];
  /** Distance of the points; of samples the poll interval. */
  readonly stepMs: number;
}

/** What is in the file. */
export interface FileInfo {
  readonly bytes: number;
  /** Values recorded since the file was made. */
  readonly values: number;
  /** Begin of the oldest data; null if there are none. */
  readonly oldestAt: number | null;
}

/** A series that was found, with what matters of its heat pump. */
interface Target {
  readonly series: StoredSeries;
  readonly axis: number;
  /** From where on its raw values tell all that is known of it: always, if it has nothing older. */
  readonly rawFrom: number;
  /** The begin of all its data. */
  readonly oldestAt: number;
  /** From here on there are no roll-ups yet. */
  readonly unrolledFrom: number;
  readonly intervalMs: number;
}

/** Samples that are read at once to find out whether a state has few changes. */
const MOST_SAMPLES = 300_000;

/** Reads the file beside the writer; each question is answered from one state of the file. */
export class HistoryReader {
  readonly database: HistoryFile;
  readonly #tables: Tables;
  readonly #firstBlock;
  readonly #firstMinutes;
  readonly #firstHours;
  readonly #scanInterval;
  readonly #firstScan;
  readonly #firstUnrolled;
  readonly #values;

  constructor(database: HistoryFile) {
    this.database = database;
    this.#tables = tablesOf(database);
    const first = (table: string) =>
      database
        .prepare<[number, number], number | null>(`SELECT MIN(id) FROM ${table} WHERE id BETWEEN ? AND ?`)
        .pluck();
    const ofAxis = (what: string, table: string) =>
      database.prepare<[number], number | null>(`SELECT ${what} FROM ${table} WHERE axis = ?`).pluck();
    this.#firstBlock = first('raw');
    this.#firstMinutes = first('minute');
    this.#firstHours = first('hour');
    this.#firstScan = ofAxis('MIN(at)', 'scan');
    this.#scanInterval = ofAxis('interval_ms', 'scan');
    this.#firstUnrolled = ofAxis('MIN(hour)', 'unrolled');
    this.#values = database.prepare<[], number>("SELECT value FROM total WHERE name = 'values'").pluck();
  }

  /** The points of each series asked for; null for one of which nothing is recorded. */
  read(request: HistoryRequest): (SeriesResult | null)[] {
    return this.database.transaction(() => {
      const targets = request.series.map((series) => this.#find(series));
      const found = targets.filter((target) => target !== null);
      const begin = Math.max(request.from, Math.min(...found.map(({ oldestAt }) => oldestAt)));
      const span = { from: Math.min(begin, request.to), to: Math.min(request.to, request.now + 1) };
      return targets.map((target) => target && this.#readOne(target, request, span));
    })();
  }

  /** The corrections of a heat pump's counters that touch a span, oldest first. */
  corrections(heatpumpId: string, { from, to }: Span): CounterCorrection[] {
    return this.#tables.series
      .ofHeatpump(heatpumpId)
      .flatMap(({ id, key, unit }) =>
        this.#tables.corrections.between(id, from, to).map((one) => ({ ...one, heatpumpId, key, unit })),
      )
      .sort((a, b) => a.at - b.at);
  }

  /** What is in the file now. */
  info(): FileInfo {
    const oldest = this.#tables.series
      .axes()
      .flatMap(({ heatpumpId }) =>
        this.#tables.series.ofHeatpump(heatpumpId).map((series) => this.#oldestAt(series, heatpumpId)),
      );
    const oldestAt = oldest.reduce((earliest, at) => Math.min(earliest, at), Number.POSITIVE_INFINITY);
    return {
      bytes: usedBytes(this.#tables),
      values: this.#values.get() ?? 0,
      oldestAt: Number.isFinite(oldestAt) ? oldestAt : null,
    };
  }

  #find({ heatpumpId, key, unit }: SeriesRequest): Target | null {
    const series = this.#tables.series.find(heatpumpId, key, unit);
    const axis = this.#tables.series.findAxis(heatpumpId);
    if (!series || axis === null) return null;
    const oldestAt = this.#oldestAt(series, heatpumpId);
    const firstScan = this.#firstScan.get(axis) ?? Number.POSITIVE_INFINITY;
    return {
      series,
      axis,
      rawFrom: completeFrom(this.#rawFrom(axis), oldestAt),
      oldestAt,
      unrolledFrom: Math.min(this.#firstUnrolled.get(axis) ?? firstScan, firstScan),
      intervalMs: this.#intervalMs(axis),
    };
  }

  #readOne(target: Target, request: HistoryRequest, span: Span): SeriesResult {
    const { kind, unit } = target.series;
    const isLate = span.from > request.from;
    // One of the points says that there is nothing before.
    const maxPoints = isLate ? request.maxPoints - 1 : request.maxPoints;
    const few = request.stepMs === null ? this.#fewSamples(target, maxPoints, span) : null;
    const choice = few ? sourceOfStep(0) : this.#choose(target, request.stepMs, maxPoints, span);
    const points = few ?? this.#pointsOf(target, choice, span, request.now + 1);
    return {
      ...{ kind, unit, resolution: choice.resolution, stepMs: choice.stepMs || target.intervalMs },
      ...(isLate ? withGapAhead(points, request.from, span.from, target.intervalMs) : points),
    };
  }

  #choose(target: Target, stepMs: number | null, maxPoints: number, span: Span): StepChoice {
    if (stepMs !== null) return sourceOfStep(stepMs);
    return chooseStep(span, maxPoints, target.rawFrom, this.#minutesFrom(target));
  }

  #pointsOf(target: Target, choice: StepChoice, span: Span, end: number): Points {
    if (choice.stepMs === 0) return this.#samples(target, span, false);
    return this.#steps(target, choice, wholeSteps(span, choice.stepMs, end));
  }

  /** Every sample, or every change of a state, if there are so few that all can be shown. */
  #fewSamples(target: Target, maxPoints: number, span: Span): Points | null {
    const isState = target.series.kind === 'STATE';
    const most = (span.to - span.from) / target.intervalMs;
    if (span.from < target.rawFrom || most > (isState ? MOST_SAMPLES : maxPoints)) return null;
    const points = this.#samples(target, span, isState);
    return points.at.length <= maxPoints ? points : null;
  }

  #samples(target: Target, span: Span, changesOnly: boolean): Points {
    const samples = this.#rawOf(target, span);
    return pointsOfSamples(samples, this.#consumed(target, samples, span), span, changesOnly);
  }

  #steps(target: Target, { resolution, stepMs }: StepChoice, span: Span): Points {
    const buckets =
      resolution === 'RAW' ? this.#rawBuckets(target, stepMs, span) : this.#rolledUp(target, resolution, span);
    const isWide = resolution === 'RAW' || TIERS[resolution].bucketMs === stepMs;
    return pointsOfSteps(isWide ? buckets : widen(buckets, stepMs), target.series.kind, stepMs, span);
  }

  /** Roll-ups as far as there are, and after them the same made of raw values. */
  #rolledUp(target: Target, name: keyof typeof TIERS, { from, to }: Span): Bucket[] {
    const { bucketMs } = TIERS[name];
    const end = Math.max(from, Math.min(to, target.unrolledFrom));
    const kept = from < end ? this.#tables.buckets[name].between(target.series, from, end) : [];
    const begin = Math.max(from, target.unrolledFrom);
    return begin < to ? [...kept, ...this.#rawBuckets(target, bucketMs, { from: begin, to })] : kept;
  }

  #rawBuckets(target: Target, bucketMs: number, span: Span): Bucket[] {
    const samples = this.#rawOf(target, span);
    return bucketsOf(samples, bucketMs, this.#consumed(target, samples, span));
  }

  #rawOf({ axis, series }: Target, { from, to }: Span): Samples {
    const none = new Float64Array();
    return (
      this.#tables.samples.read(axis, [series.id], from, to)[0] ?? { times: none, intervalsMs: none, values: none }
    );
  }

  #consumed({ axis, series }: Target, { times, values }: Samples, { from, to }: Span): Float64Array | null {
    if (series.kind !== 'COUNTER') return null;
    const before = lastBefore(this.#tables, axis, series, from);
    return consumptionOf(times, values, before, this.#tables.corrections.between(series.id, from, to));
  }

  #rawFrom(axis: number): number {
    const first = this.#firstBlock.get(...idsOf(axis)) ?? null;
    return first === null ? (this.#firstScan.get(axis) ?? Number.POSITIVE_INFINITY) : blockStart(first);
  }

  #oldestAt(series: StoredSeries, heatpumpId: string): number {
    const rawFrom = this.#rawFrom(this.#tables.series.findAxis(heatpumpId) ?? 0);
    const first = this.#firstHours.get(...idsOf(series.id)) ?? null;
    if (first === null) return rawFrom;
    const start = blockStart(first);
    const [bucket] = this.#tables.buckets.HOUR.between(series, start, start + TIERS.HOUR.blockMs);
    return bucket && bucket.at + HOUR_MS <= rawFrom ? bucket.at : rawFrom;
  }

  #minutesFrom({ series, rawFrom, oldestAt }: Target): number {
    const first = this.#firstMinutes.get(...idsOf(series.id)) ?? null;
    return first && blockStart(first) + HOUR_MS <= rawFrom ? completeFrom(blockStart(first), oldestAt) : rawFrom;
  }

  #intervalMs(axis: number): number {
    const scanned = this.#scanInterval.get(axis);
    if (scanned) return scanned;
    const last = this.#tables.samples.lastAxis(axis);
    return last?.intervalsMs.at(-1) ?? HOUR_MS;
  }
}

/** From where on a source that begins at `from` tells all there is of a series: always, if nothing is older. */
function completeFrom(from: number, oldestAt: number): number {
  return from <= oldestAt ? Number.NEGATIVE_INFINITY : from;
}

/** All ids that blocks of a series can have. */
function idsOf(series: number): [number, number] {
  return [blockId(series, 0), blockId(series, Number.MAX_SAFE_INTEGER)];
}

/** The steps that a span touches, as a whole; but not what is after `end`. */
function wholeSteps({ from, to }: Span, stepMs: number, end: number): Span {
  return { from: from - (from % stepMs), to: Math.min(Math.ceil(to / stepMs) * stepMs, end) };
}

/** Says that there is nothing before the oldest data. */
function withGapAhead(points: Points, from: number, oldestAt: number, intervalMs: number): Points {
  if (Number.isNaN(points.mean[0])) return { ...points, at: Float64Array.of(from, ...points.at.subarray(1)) };
  if (oldestAt - from <= 3 * intervalMs) return points;
  const ahead = { at: from, count: 0, consumption: 0 } as Partial<Record<keyof Points, number>>;
  const entries = Object.entries(points).map(([name, column]) => [
    name,
    Float64Array.of(ahead[name as keyof Points] ?? Number.NaN, ...column),
  ]);
  return Object.fromEntries(entries) as unknown as Points;
}
