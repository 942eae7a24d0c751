import type { DocumentNode, ExecutionArgs, GraphQLSchema } from 'graphql';
import type { Role } from '../domain/access.ts';
import type { Clock } from '../domain/clock.ts';
import { QueryPlan } from './query-plan.ts';
import { TextBudget } from './text-cache.ts';

/** Documents that have a plan; the client has some fifty. */
const MAX_PLANS = 200;
/** Documents that are watched for being asked again. */
const MAX_WATCHED = 500;
/** Longer documents are rare, and are left to the plain execution. */
const MAX_CHARACTERS = 10_000;
/** So often a document must have been answered before a plan is made for it. */
const SIGHTINGS = 2;
/**
 * Time between two plans. Whoever asks for ever new documents gets no more than these, and drives out none that
 * is asked for more often than once in 200 times that.
 */
const PAUSE_MS = 50;

/** Plans of the documents that are asked for again and again, by their text. Bounded in count, size and time. */
export class PlanBook {
  readonly #schema: GraphQLSchema;
  readonly #clock: Clock;
  readonly #budget = new TextBudget();
  readonly #sightings = new Map<string, number>();
  /** Null: there can be none. The least recently used comes first. */
  readonly #plans = new Map<string, PlannedDocument | null>();
  #nextAt = Number.NEGATIVE_INFINITY;

  constructor(schema: GraphQLSchema, clock: Clock) {
    this.#schema = schema;
    this.#clock = clock;
  }

  /** Notes that an operation has been done in the plain way, for somebody of this role, and had no errors. */
  note(source: string, args: ExecutionArgs, role: Role | null): void {
    const key = keyOf(source, args.operationName);
    const known = this.#plans.get(key);
    known?.roles.add(role);
    if (known !== undefined || source.length > MAX_CHARACTERS || !this.#isDue(key)) return;
    const plan = QueryPlan.of(this.#schema, args.document, args.operationName, this.#budget);
    keep(this.#plans, key, plan && { plan, document: args.document, roles: new Set([role]) }, MAX_PLANS);
  }

  /** Counts a sighting; true if it is time for a plan. */
  #isDue(key: string): boolean {
    const count = (this.#sightings.get(key) ?? 0) + 1;
    const now = this.#clock.monotonicMs();
    this.#sightings.delete(key);
    if (count <= SIGHTINGS || now < this.#nextAt) keep(this.#sightings, key, count, MAX_WATCHED);
    else this.#nextAt = now + PAUSE_MS;
    return !this.#sightings.has(key);
  }

  /** The plan of a document; null if there is none. */
  find(source: string, operationName: string | null | undefined): PlannedDocument | null {
    const key = keyOf(source, operationName);
    const found = this.#plans.get(key);
    if (found === undefined) return null;
    this.#plans.delete(key);
    this.#plans.set(key, found);
    return found;
  }
}

/** A document and the way to answer it. */
export interface PlannedDocument {
  readonly plan: QueryPlan;
  readonly document: DocumentNode;
  /** Whose operations have passed the checks of the plain way, as far as those do not hang on more than the role. */
  readonly roles: Set<Role | null>;
}

/** No name is another thing than an empty one. */
const keyOf = (source: string, name: string | null | undefined) => `${name?.length ?? ''} ${name ?? ''}${source}`;

/** Adds an entry, and drops the oldest beyond `max`. */
function keep<Value>(entries: Map<string, Value>, key: string, value: Value, max: number): void {
  entries.set(key, value);
  const [oldest] = entries.keys();
  if (entries.size > max && oldest !== undefined) entries.delete(oldest);
}
