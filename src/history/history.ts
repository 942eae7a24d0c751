import type { Clock } from '../domain/clock.ts';
import { badInput } from '../domain/errors.ts';
import type { EventSource } from '../domain/events.ts';
import type { Heatpump } from '../domain/heatpump.ts';
import type { Logger } from '../domain/logger.ts';
import { conversionFactor, type Quantity, quantityInfo } from '../domain/quantity.ts';
import type { CounterCorrection } from './counter-watch.ts';
import type { FileInfo, SeriesResult } from './history-reader.ts';
import type { Points, Span } from './points.ts';
import { ReadThread } from './read-thread.ts';
import { Recorder } from './recorder.ts';
import type { RetentionRules } from './retention.ts';
import { type SelectedSeries, type Selection, selectSeries } from './selection.ts';
import type { StepChoice } from './step-choice.ts';
import { type RecordingStatus, WriteQueue } from './write-queue.ts';

/** What history needs of the house. */
export interface HistoryDeps {
  /** The file it is kept in; it may not exist yet. */
  readonly file: string;
  readonly retention: RetentionRules;
  readonly events: EventSource;
  readonly find: (heatpumpId: string) => Heatpump | null;
  readonly clock: Clock;
  readonly logger: Logger;
}

/** The history of one series. */
export interface HistorySeries extends SelectedSeries {
  readonly resolution: StepChoice['resolution'];
  /** Distance of the points in milliseconds; of samples the poll interval. */
  readonly stepMs: number;
  readonly points: Points;
}

/** What is recorded, for how long, and how recording is doing. */
export interface HistoryInfo extends RetentionRules, FileInfo, RecordingStatus {}

/** A question about the history; times are milliseconds UTC. */
export interface HistoryQuery extends Selection, Span {
  /** Most points of each series. */
  readonly maxPoints: number;
}

/** Most points of one series, and of all series of one answer. */
const MAX_POINTS = 10_000;
const MAX_POINTS_OF_ALL = 100_000;

/** Records all heat pumps and tells what was. All work on the file is done by two threads: one writes, one reads. */
export class History {
  readonly #deps: HistoryDeps;
  readonly #queue: WriteQueue;
  readonly #recorder: Recorder;
  readonly #reader: ReadThread;

  /** Starts recording. */
  constructor(deps: HistoryDeps) {
    const data = { file: deps.file, retention: deps.retention };
    const { clock, logger } = deps;
    const onCorrections = (corrections: readonly CounterCorrection[]) => this.#tell(corrections);
    this.#deps = deps;
    this.#queue = new WriteQueue({ ...data, clock, logger, onCorrections });
    this.#recorder = new Recorder({ ...deps, queue: this.#queue });
    this.#reader = new ReadThread(data);
  }

  /** Drops what was recorded of heat pumps that are gone, for the server may have ended before it could. */
  forgetAllBut(heatpumpIds: readonly string[]): void {
    this.#queue.push({ type: 'keep', heatpumpIds });
  }

  /** The history of each series selected. Throws `BAD_USER_INPUT`, and what {@link ReadThread.ask} does. */
  async query(query: HistoryQuery): Promise<HistorySeries[]> {
    checkSpan(query);
    checkPoints(query.maxPoints);
    const selected = selectSeries(query);
    if (selected.length * query.maxPoints > MAX_POINTS_OF_ALL) {
      const most = Math.floor(MAX_POINTS_OF_ALL / selected.length);
      throw badInput({ path: ['maxPoints'], message: `must be ${most} or less for ${selected.length} series` });
    }
    const series = await this.read(selected, query, query.maxPoints);
    refuseUnknown(query.keys, series);
    return series;
  }

  /** The same in steps of `stepMs`, however many; 0 is every sample. The caller bounds the span. */
  async read(
    selected: readonly SelectedSeries[],
    span: Span,
    maxPoints: number,
    stepMs: number | null = null,
  ): Promise<HistorySeries[]> {
    const series = selected.map(({ heatpump, key, unit, sensor }) => ({
      heatpumpId: heatpump.settings.id,
      key,
      unit: sensor ? sensor.unit : unit,
    }));
    const request = { series, from: span.from, to: span.to, maxPoints, stepMs, now: this.#knownUntil() };
    const results = await this.#reader.ask<'read'>({ type: 'read', request });
    return selected.flatMap((one, index) => {
      const result = results[index] ?? null;
      return result || one.isKnown ? [toSeries(one, result, span)] : [];
    });
  }

  /** The corrections of a heat pump's counters that touch a span, oldest first. Throws like {@link query}. */
  async corrections(heatpumpId: string, span: Span): Promise<CounterCorrection[]> {
    checkSpan(span);
    return this.#reader.ask<'corrections'>({ type: 'corrections', heatpumpId, from: span.from, to: span.to });
  }

  /** How recording is doing. */
  get recordingStatus(): RecordingStatus {
    const { status } = this.#queue;
    return { ...status, waitingValues: status.waitingValues + this.#recorder.waitingValues };
  }

  /** What is recorded. Throws `UNREACHABLE` if the file cannot be read. */
  async info(): Promise<HistoryInfo> {
    const info = await this.#reader.ask<'info'>({ type: 'info' });
    return { ...this.#deps.retention, ...info, ...this.recordingStatus };
  }

  /** Writes what is left, and ends both threads. */
  async stop(): Promise<void> {
    this.#recorder.stop();
    await Promise.all([this.#queue.close(), this.#reader.close()]);
  }

  /** What was polled after it may not be on disk yet, and must not look like a gap. */
  #knownUntil(): number {
    return Math.min(this.#deps.clock.now(), this.#recorder.oldestWaitingAt - 1, this.#queue.oldestWaitingAt - 1);
  }

  #tell(corrections: readonly CounterCorrection[]): void {
    for (const correction of corrections) {
      if (correction.until === null) this.#deps.logger.warn(correction, 'a counter shows what it cannot have counted');
      else this.#deps.logger.info(correction, 'a counter was corrected');
    }
  }
}

/** The settings that history follows. */
export interface HistorySettings {
  readonly historyFile: string;
  readonly historyRawDays: number;
  readonly historyMinuteDays: number;
  readonly historyMaxMb: number;
}

/** Starts recording as the settings say. */
export function createHistory(settings: HistorySettings, deps: Omit<HistoryDeps, 'file' | 'retention'>): History {
  const { historyFile: file, historyRawDays: rawDays, historyMinuteDays: minuteDays, historyMaxMb } = settings;
  return new History({ ...deps, file, retention: { rawDays, minuteDays, maxBytes: historyMaxMb * 1_000_000 } });
}

/** Throws `BAD_USER_INPUT` unless the span is one. */
export function checkSpan({ from, to }: Span): void {
  if (from < 0) throw badInput({ path: ['from'], message: 'must not be before 1970' });
  if (from >= to) throw badInput({ path: ['from'], message: 'must be before to' });
}

function checkPoints(maxPoints: number): void {
  if (maxPoints >= 2 && maxPoints <= MAX_POINTS) return;
  throw badInput({ path: ['maxPoints'], message: `must be from 2 to ${MAX_POINTS}` });
}

/** Throws `BAD_USER_INPUT` for a key of which no heat pump has the sensor, nor once had. */
export function refuseUnknown(keys: readonly string[], series: readonly HistorySeries[]): void {
  const index = keys.findIndex((key) => !series.some((one) => one.key === key && one.quantity === null));
  if (index !== -1)
    throw badInput({ path: ['keys', index], message: `no sensor "${keys[index]}", now or in the past` });
}

function toSeries(selected: SelectedSeries, result: SeriesResult | null, { from }: Span): HistorySeries {
  const { heatpump, quantity } = selected;
  if (!result) {
    const unit = unitOf(quantity, selected.unit);
    return { ...selected, unit, resolution: 'RAW', stepMs: heatpump.pollIntervalMs, points: noPoints(from) };
  }
  const { kind, unit, resolution, stepMs } = result;
  const factor = quantity ? conversionFactor(unit, quantity) : 1;
  const points = factor === 1 ? result : scaled(result, factor);
  return { ...selected, ...{ kind, resolution, stepMs, points }, unit: unitOf(quantity, unit) };
}

function unitOf(quantity: Quantity | null, unit: string | null): string | null {
  return quantity ? quantityInfo(quantity).unit : unit;
}

function scaled({ at, count, ...rest }: Points, factor: number): Points {
  const scale = (column: Float64Array) => column.map((value) => value * factor);
  const { mean, min, max, last, consumption } = rest;
  return {
    ...{ at, count, mean: scale(mean), min: scale(min), max: scale(max) },
    ...{ last: scale(last), consumption: scale(consumption) },
  };
}

function noPoints(from: number): Points {
  const [nothing, zero] = [Float64Array.of(Number.NaN), Float64Array.of(0)];
  return {
    at: Float64Array.of(from),
    mean: nothing,
    min: nothing,
    max: nothing,
    last: nothing,
    count: zero,
    consumption: zero,
  };
}
