import { ByteReader, ByteWriter } from './bytes.ts';
import { readColumn, readTimes, writeColumn, writeTimes } from './column.ts';

/** When a heat pump was read; shared by all its series. */
export interface TimeAxis {
  /** Ends of the polls, milliseconds UTC, ascending. */
  readonly times: Float64Array;
  /** The poll interval in force at each of them, in milliseconds. */
  readonly intervalsMs: Float64Array;
}

/** The stored form of a {@link TimeAxis}. */
export function encodeAxis({ times, intervalsMs }: TimeAxis): Uint8Array {
  const writer = new ByteWriter();
  writer.varint(times.length);
  writeTimes(writer, times);
  writeColumn(writer, intervalsMs);
  return writer.finish();
}

/** The opposite of {@link encodeAxis}. Throws RangeError if the block is damaged. */
export function decodeAxis(block: Uint8Array): TimeAxis {
  const reader = new ByteReader(block);
  const count = reader.varint();
  return { times: readTimes(reader, count), intervalsMs: readColumn(reader, count) };
}

/** The stored form of one series' values along an axis, NaN where there is none; null if there are none at all. */
export function encodeValues(values: Float64Array): Uint8Array | null {
  const present = values.filter((value) => !Number.isNaN(value));
  if (present.length === 0) return null;
  const writer = new ByteWriter();
  writeRuns(writer, present.length === values.length ? [] : runsOf(values));
  writeColumn(writer, present);
  return writer.finish();
}

/** The opposite of {@link encodeValues}, for an axis of `count` times. Throws RangeError if the block is damaged. */
export function decodeValues(block: Uint8Array, count: number): Float64Array {
  const reader = new ByteReader(block);
  const runs = Array.from({ length: reader.varint() }, () => reader.varint());
  if (runs.length === 0) return readColumn(reader, count);
  const present = runs.reduce((sum, length, index) => (index % 2 === 0 ? sum + length : sum), 0);
  return spread(readColumn(reader, present), runs, count);
}

/** Lengths of the runs with and without a value, in turn, beginning with one with. */
function runsOf(values: Float64Array): number[] {
  const runs = [0];
  let isPresent = true;
  for (const value of values) {
    if (Number.isNaN(value) === isPresent) {
      runs.push(0);
      isPresent = !isPresent;
    }
    runs.push((runs.pop() ?? 0) + 1);
  }
  return runs;
}

function writeRuns(writer: ByteWriter, runs: readonly number[]): void {
  writer.varint(runs.length);
  for (const length of runs) writer.varint(length);
}

function spread(present: Float64Array, runs: readonly number[], count: number): Float64Array {
  const values = new Float64Array(count).fill(Number.NaN);
  let from = 0;
  let to = 0;
  for (const [index, length] of runs.entries()) {
    if (index % 2 === 0) {
      values.set(present.subarray(from, from + length), to);
      from += length;
    }
    to += length;
  }
  return values;
}
