import {
  type ArgumentNode,
  BREAK,
  type FieldNode,
  type GraphQLField,
  type GraphQLLeafType,
  type GraphQLResolveInfo,
  getArgumentValues,
  visit,
} from 'graphql';
import type { Context } from './context.ts';

/** What one run hands down to all its fields. */
export interface Run {
  readonly context: Context;
  readonly variables: Record<string, unknown>;
  /** What has been written before; in the text, a {@link PLACE} stands for each. Null: all is written in full. */
  readonly kept: Buffer[] | null;
}

/** JSON holds no such character: where one was, it is escaped. */
export const PLACE = '\0';

/** A run whose context is made when something asks for it. */
export class PlainRun implements Run {
  readonly variables: Record<string, unknown>;
  readonly kept: Buffer[] = [];
  readonly #contextOf: () => Context;
  #context: Context | null = null;

  constructor(contextOf: () => Context, variables: Record<string, unknown>) {
    this.#contextOf = contextOf;
    this.variables = variables;
  }

  get context(): Context {
    this.#context ??= this.#contextOf();
    return this.#context;
  }
}

/** Not to be written in this way; the plain execution has to say what comes of it. */
export class GiveUp extends Error {
  /** True if it will always be so. */
  readonly isForGood: boolean;

  constructor(isForGood: boolean) {
    super('left to the plain execution');
    this.isForGood = isForGood;
  }
}

/** Whoever asks for more than a plan knows, such as the path of a field, cannot be answered by one. */
const NOTHING = new Proxy(
  {},
  {
    get() {
      throw new GiveUp(true);
    },
  },
);
export const NO_INFO = NOTHING as GraphQLResolveInfo;
export const NO_RUN: Run = { context: NOTHING as Context, variables: {}, kept: null };

/** What graphql-js does where there is no resolver, but for methods, which nobody here has. */
export function propertyOf(name: string): (parent: unknown) => unknown {
  return (parent) => {
    const value = (parent as Readonly<Record<string, unknown>>)[name];
    if (typeof value === 'function') throw new GiveUp(true);
    return value;
  };
}

/** Puts what was kept into its places; both are in the order in which they were written. */
export function assemble(text: string, kept: readonly Buffer[]): Buffer[] {
  return text.split(PLACE).flatMap((part, index) => [...kept.slice(index - 1, index), Buffer.from(part)]);
}

/** The arguments of a field for a run; those without variables are the same for all. Throws if they do not fit. */
export function argumentsOf(field: GraphQLField<unknown, unknown>, node: FieldNode) {
  if (node.arguments?.some(mentionsVariable)) {
    return { of: ({ variables }: Run) => getArgumentValues(field, node, variables), areConstant: false };
  }
  const constant = getArgumentValues(field, node);
  return { of: () => constant, areConstant: true };
}

function mentionsVariable(node: ArgumentNode): boolean {
  let isFound = false;
  const found = () => {
    isFound = true;
    return BREAK;
  };
  visit(node, { Variable: found });
  return isFound;
}

/** A value that is there now. */
export function settled(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (value instanceof Error) throw new GiveUp(false);
  if (!('then' in value)) return value;
  // It will be asked for again, by the plain execution, which then also hears of its failure.
  Promise.resolve(value).catch(() => {});
  throw new GiveUp(true);
}

/** A value as the list it has to be. Throws {@link GiveUp}. */
export function listOf(value: unknown): readonly unknown[] {
  if (Array.isArray(value)) return value;
  throw new GiveUp(false);
}

/** A scalar or enum value as JSON. Throws if it is not one of the type. */
export function textOf(type: GraphQLLeafType, value: unknown): string {
  const serialized = type.serialize(value);
  const text = serialized === null ? undefined : JSON.stringify(serialized);
  if (text === undefined) throw new GiveUp(false);
  return text;
}
