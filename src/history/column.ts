import type { ByteReader, ByteWriter } from './bytes.ts';

/** Heat pumps show at most six decimals; whoever shows more gets whole floats. */
const SCALES = [1, 10, 100, 1_000, 10_000, 100_000, 1_000_000];
const AS_FLOAT32 = 0xfe;
const AS_FLOAT64 = 0xff;
/** Differences of two such numbers still fit the sign. */
const LARGEST = 2 ** 51;

/**
 * Writes finite numbers without loss. Decimals become whole numbers, of which the differences are kept, with runs of equal
 * ones counted: a value that stays takes nothing, one that drifts a byte. What is no short decimal is kept as float.
 */
export function writeColumn(writer: ByteWriter, values: ArrayLike<number>): void {
  const places = decimalPlaces(values);
  if (places === null) writeFloats(writer, values);
  else {
    writer.byte(places);
    writeDifferences(writer, values, scaleOf(places));
  }
}

/** Reads `count` numbers that {@link writeColumn} wrote. */
export function readColumn(reader: ByteReader, count: number): Float64Array {
  const values = new Float64Array(count);
  const coding = reader.byte();
  if (coding === AS_FLOAT32) for (let index = 0; index < count; index++) values[index] = reader.float32();
  else if (coding === AS_FLOAT64) for (let index = 0; index < count; index++) values[index] = reader.float64();
  else readDifferences(reader, values, scaleOf(coding));
  return values;
}

/** Writes ascending whole numbers at nearly equal distances: times. The changes of the distance are kept. */
export function writeTimes(writer: ByteWriter, times: ArrayLike<number>): void {
  const distances = Array.from({ length: times.length }, (_, index) =>
    index === 0 ? (times[0] ?? 0) : (times[index] ?? 0) - (times[index - 1] ?? 0),
  );
  writer.varint(distances[0] ?? 0);
  writeDifferences(writer, distances.slice(1), 1);
}

/** Reads `count` numbers that {@link writeTimes} wrote. */
export function readTimes(reader: ByteReader, count: number): Float64Array {
  const times = new Float64Array(count);
  if (count === 0) return times;
  times[0] = reader.varint();
  const distances = new Float64Array(count - 1);
  readDifferences(reader, distances, 1);
  for (let index = 1; index < count; index++) times[index] = (times[index - 1] ?? 0) + (distances[index - 1] ?? 0);
  return times;
}

/** The fewest decimals that show every value exactly; null if there are more than we look for. */
function decimalPlaces(values: ArrayLike<number>): number | null {
  let places = 0;
  for (let index = 0; index < values.length; index++) {
    const value = values[index] ?? 0;
    while (!isExact(value, scaleOf(places))) if (++places === SCALES.length) return null;
  }
  // What was exact with fewer decimals may be too large with more.
  const scale = scaleOf(places);
  for (let index = 0; index < values.length; index++) if (!isExact(values[index] ?? 0, scale)) return null;
  return places;
}

function isExact(value: number, scale: number): boolean {
  const whole = Math.round(value * scale);
  return whole / scale === value && Math.abs(whole) < LARGEST && !Object.is(value, -0);
}

function scaleOf(places: number): number {
  const scale = SCALES[places];
  if (scale === undefined) throw new RangeError(`a stored block has the unknown coding ${places}`);
  return scale;
}

/** Each difference as it is; a zero is followed by how many more there are. */
function writeDifferences(writer: ByteWriter, values: ArrayLike<number>, scale: number): void {
  let before = 0;
  for (let index = 0; index < values.length; ) {
    const whole = Math.round((values[index++] ?? 0) * scale);
    writer.signed(whole - before);
    if (whole === before) {
      const start = index;
      while (index < values.length && Math.round((values[index] ?? 0) * scale) === whole) index++;
      writer.varint(index - start);
    }
    before = whole;
  }
}

function readDifferences(reader: ByteReader, values: Float64Array, scale: number): void {
  let whole = 0;
  for (let index = 0; index < values.length; ) {
    const difference = reader.signed();
    whole += difference;
    values[index++] = whole / scale;
    if (difference !== 0) continue;
    const end = index + reader.varint();
    values.fill(whole / scale, index, end);
    index = end;
  }
}

function writeFloats(writer: ByteWriter, values: ArrayLike<number>): void {
  let isSingle = true;
  for (let index = 0; index < values.length && isSingle; index++) {
    isSingle = Object.is(Math.fround(values[index] ?? 0), values[index]);
  }
  writer.byte(isSingle ? AS_FLOAT32 : AS_FLOAT64);
  for (let index = 0; index < values.length; index++) {
    if (isSingle) writer.float32(values[index] ?? 0);
    else writer.float64(values[index] ?? 0);
  }
}
