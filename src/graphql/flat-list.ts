import { type GraphQLResolveInfo, Kind, responsePathAsArray } from 'graphql';
import { isAsyncIterable, type Plugin } from 'graphql-yoga';
import { badInput } from '../domain/errors.ts';

/** One field of a flat item, as it was asked for. */
interface FlatField {
  readonly name: string;
  /** Its name in the answer. */
  readonly alias: string;
}

/** A list that is put into the answer after the execution. */
interface LateList {
  readonly path: readonly (string | number)[];
  readonly items: readonly object[];
}

/** Where resolvers leave lists for {@link flatLists}. */
export interface FlatListContext {
  readonly lateLists?: LateList[];
  /** How many items graphql-js completes itself, in this execution. */
  readonly slowItems?: { count: number };
}

/** Items that graphql-js may complete in one execution: in a microsecond for each field, nobody else is served. */
const MAX_SLOW_ITEMS = 10_000;

/** What a field of an item is in JSON, by the item's index. */
export type FlatColumns = Readonly<Record<string, (index: number) => string | number | null>>;

/**
 * Completes long lists of flat items itself: graphql-js takes a microsecond for every field, which for a year by the hour is
 * longer than reading it. What the columns give must be what the schema promises, for nobody checks it again.
 */
export const flatLists: Plugin<FlatListContext> = {
  onExecute({ extendContext }) {
    const lateLists: LateList[] = [];
    extendContext({ lateLists, slowItems: { count: 0 } } satisfies FlatListContext);
    return {
      onExecuteDone({ result }) {
        if (!isAsyncIterable(result)) for (const { path, items } of lateLists) put(result.data, path, items);
      },
    };
  },
};

/**
 * What to return for a list of `count` flat items: nothing yet if it will be put in later, else the items of `otherwise`, as
 * where a selection has fragments or directives. Throws `BAD_USER_INPUT` if those are too many.
 */
export function flatList<T>(
  info: GraphQLResolveInfo,
  { lateLists, slowItems }: FlatListContext,
  count: number,
  columns: FlatColumns,
  otherwise: () => T[],
): T[] {
  const fields = plainFields(info, columns);
  if (!lateLists || !fields) {
    refuseTooMany(slowItems, count);
    return otherwise();
  }
  const getters = fields.map(({ name, alias }) => [alias, columns[name] ?? (() => null)] as const);
  const items = Array.from({ length: count }, (_, index) => {
    const item: Record<string, string | number | null> = {};
    for (const [alias, get] of getters) item[alias] = get(index);
    return item;
  });
  lateLists.push({ path: responsePathAsArray(info.path), items });
  return [];
}

function refuseTooMany(slowItems: FlatListContext['slowItems'], count: number): void {
  if (!slowItems) return;
  slowItems.count += count;
  if (slowItems.count <= MAX_SLOW_ITEMS) return;
  const message = `more than ${MAX_SLOW_ITEMS} points must be selected as plain fields, without fragments or directives`;
  throw badInput({ path: ['maxPoints'], message });
}

/** The fields selected, if they are just that and all are columns; else null. */
function plainFields({ fieldNodes }: GraphQLResolveInfo, columns: FlatColumns): FlatField[] | null {
  const [node, ...more] = fieldNodes;
  const fields: FlatField[] = [];
  for (const selection of more.length === 0 ? (node?.selectionSet?.selections ?? []) : []) {
    if (selection.kind !== Kind.FIELD || (selection.directives?.length ?? 0) > 0) return null;
    const name = selection.name.value;
    if (!Object.hasOwn(columns, name)) return null;
    fields.push({ name, alias: selection.alias?.value ?? name });
  }
  return fields.length > 0 ? fields : null;
}

/** A parent that an error has made null takes no list. */
function put(data: unknown, path: readonly (string | number)[], items: readonly object[]): void {
  let parent = data as Record<string | number, unknown> | null | undefined;
  for (const step of path.slice(0, -1)) parent = parent?.[step] as typeof parent;
  const last = path.at(-1);
  if (parent && last !== undefined && Array.isArray(parent[last])) parent[last] = items;
}
