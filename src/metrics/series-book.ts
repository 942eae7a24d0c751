/** One thing that is measured. */
export interface Metric {
  readonly name: string;
  readonly help: string;
  readonly type: 'counter' | 'gauge';
}

/** Labels, which may hold any text. */
export type Labels = Readonly<Record<string, string>>;

/** The longest number and the end of its line, such as `-1.2345678901234567e-300`. */
const MAX_VALUE_BYTES = 26;

/** One series, and what it last told. */
class Series {
  /** What it is known by in its group. */
  readonly key: unknown;
  /** Its line up to the value. */
  readonly prefix: string;
  /** Null: nothing. */
  value: number | null = null;
  /** When it was last told, in turns of its group. */
  turn = 0;
  readonly family: Family;

  constructor(key: unknown, family: Family, prefix: string) {
    this.key = key;
    this.family = family;
    this.prefix = prefix;
  }

  tell(value: number | null): void {
    if (Object.is(value, this.value)) return;
    this.value = value;
    this.family.change();
  }
}

/** All series of a name, which have to stand together in Prometheus' text format 0.0.4. */
class Family {
  readonly #head: Buffer;
  readonly #series = new Set<Series>();
  /** What all lines take at most. */
  #maxBytes: number;
  #bytes: Buffer | null = null;

  constructor({ name, help, type }: Metric) {
    this.#head = Buffer.from(`# HELP ${name} ${escapeHelp(help)}\n# TYPE ${name} ${type}\n`);
    this.#maxBytes = this.#head.length;
  }

  add(series: Series): void {
    this.#series.add(series);
    this.#maxBytes += maxBytesOf(series);
  }

  remove(series: Series): void {
    if (this.#series.delete(series)) this.#maxBytes -= maxBytesOf(series);
    this.change();
  }

  change(): void {
    this.#bytes = null;
  }

  /** Whether something has changed since {@link bytes} was last asked. */
  get isChanged(): boolean {
    return this.#bytes === null;
  }

  /** The text; empty if nothing is told. Written straight as bytes, for the strings of 100,000 lines would be as many to collect. */
  bytes(): Buffer {
    if (this.#bytes) return this.#bytes;
    const buffer = Buffer.allocUnsafe(this.#maxBytes);
    let end = this.#head.copy(buffer);
    for (const { prefix, value } of this.#series) {
      if (value === null) continue;
      end += buffer.write(prefix, end);
      end += buffer.write(`${value}\n`, end, 'latin1');
    }
    this.#bytes = end > this.#head.length ? buffer.subarray(0, end) : EMPTY;
    return this.#bytes;
  }
}

const EMPTY = Buffer.alloc(0);
const maxBytesOf = ({ prefix }: Series) => Buffer.byteLength(prefix) + MAX_VALUE_BYTES;

/**
 * What is exposed, as it was told last. Most values are the same from scrape to scrape, and so is the text of most families:
 * only what has changed is written anew.
 */
export class SeriesBook {
  readonly #families = new Map<string, Family>();

  /** All families, in the order in which they were first told. */
  families(): Iterable<Family> {
    return this.#families.values();
  }

  /** Series that have these labels in common. */
  group(labels: Labels): SeriesGroup {
    return new SeriesGroup((metric) => this.#family(metric), labels);
  }

  /** The first series of a name decides what is said about it. */
  #family(metric: Metric): Family {
    const known = this.#families.get(metric.name);
    if (known) return known;
    const family = new Family(metric);
    this.#families.set(metric.name, family);
    return family;
  }
}

/** Series that are told together: what is left out in a turn is told no more. */
export class SeriesGroup {
  readonly #familyOf: (metric: Metric) => Family;
  readonly #labels: Labels;
  readonly #byKey = new Map<unknown, Series>();
  /** As they were told in the last turn: mostly, this turn has the same order. */
  readonly #order: Series[] = [];
  #turn = 0;
  #told = 0;

  constructor(familyOf: (metric: Metric) => Family, labels: Labels) {
    this.#familyOf = familyOf;
    this.#labels = labels;
  }

  /** Begins a turn. */
  begin(): void {
    this.#turn++;
    this.#told = 0;
  }

  /**
   * Tells a value.
   *
   * @param key what the series is known by in this group.
   * @param metric asked for when the series is first told.
   * @param more labels of its own.
   */
  tell(key: unknown, metric: () => Metric, value: number, more?: Labels): void {
    const expected = this.#order[this.#told];
    const series = expected && expected.key === key ? expected : this.#series(key, metric, more);
    this.#order[this.#told++] = series;
    series.turn = this.#turn;
    series.tell(value);
  }

  /** Ends a turn. */
  end(): void {
    this.#order.length = this.#told;
    if (this.#told === this.#byKey.size) return;
    for (const series of this.#byKey.values()) if (series.turn !== this.#turn) series.tell(null);
  }

  /** Tells nothing any more. */
  drop(): void {
    for (const series of this.#byKey.values()) series.family.remove(series);
  }

  #series(key: unknown, metric: () => Metric, more: Labels = {}): Series {
    const known = this.#byKey.get(key);
    if (known) return known;
    const made = metric();
    const prefix = `${made.name}${labelSet({ ...this.#labels, ...more })} `;
    const series = new Series(key, this.#familyOf(made), prefix);
    series.family.add(series);
    this.#byKey.set(key, series);
    return series;
  }
}

function labelSet(labels: Labels): string {
  const pairs = Object.entries(labels).map(([name, value]) => `${name}="${escapeLabel(value)}"`);
  return pairs.length > 0 ? `{${pairs.join(',')}}` : '';
}

function escapeLabel(value: string): string {
  return value.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\n', '\\n');
}

function escapeHelp(help: string): string {
  return help.replaceAll('\\', '\\\\').replaceAll('\n', '\\n');
}
