import {
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLObjectType,
  type GraphQLOutputType,
  type GraphQLSchema,
  getNamedType,
  getOperationAST,
  getVariableValues,
  isLeafType,
  isListType,
  isNonNullType,
  isObjectType,
  Kind,
  type OperationDefinitionNode,
  OperationTypeNode,
  type SelectionSetNode,
} from 'graphql';
import type { Context } from './context.ts';
import {
  argumentsOf,
  assemble,
  GiveUp,
  listOf,
  NO_INFO,
  NO_RUN,
  PLACE,
  PlainRun,
  propertyOf,
  type Run,
  settled,
  textOf,
} from './plan-values.ts';
import { type TextBudget, writeOnce } from './text-cache.ts';

/** Fields of one plan; a document of the client has a tenth of them. */
const MAX_FIELDS = 1_000;

/** Writes values of one type as JSON. */
interface Writer {
  readonly write: (value: unknown, run: Run) => string;
  /** True if the text depends on the value alone, and the value never changes. */
  readonly isPure: boolean;
}

/** Writes a field of its parent. */
interface FieldWriter extends Writer {
  /** Its name in the answer, and the comma before it. */
  readonly prefix: string;
}

/**
 * A query made ready to be answered many times: it writes the JSON of its answer straight from what the resolvers return. It
 * knows the ordinary course alone. Whatever is not that (an error, a null where none may be, a promise, a directive) it leaves
 * to the plain execution, so that there is one place that decides what becomes of it.
 */
export class QueryPlan {
  readonly #schema: GraphQLSchema;
  readonly #operation: OperationDefinitionNode;
  readonly #root: Writer;
  #isUnfit = false;

  private constructor(schema: GraphQLSchema, operation: OperationDefinitionNode, root: Writer) {
    this.#schema = schema;
    this.#operation = operation;
    this.#root = root;
  }

  /** Null if the operation cannot be answered in this way. The document has to be valid. */
  static of(
    schema: GraphQLSchema,
    document: DocumentNode,
    operationName: string | null | undefined,
    budget: TextBudget,
  ): QueryPlan | null {
    const operation = getOperationAST(document, operationName);
    const type = schema.getQueryType();
    if (!type || operation?.operation !== OperationTypeNode.QUERY || operation.directives?.length) return null;
    try {
      const root = new Planner(document, budget).object(type, [operation.selectionSet]);
      return new QueryPlan(schema, operation, root);
    } catch (thrown) {
      if (thrown instanceof GiveUp) return null;
      throw thrown;
    }
  }

  /** The whole answer as JSON in pieces, as graphql-js would give it; null if only the plain execution can tell. */
  answer(contextOf: () => Context, variables: Readonly<Record<string, unknown>> | null | undefined): Buffer[] | null {
    if (this.#isUnfit) return null;
    const { coerced } = getVariableValues(this.#schema, this.#operation.variableDefinitions ?? [], variables ?? {});
    if (!coerced) return null;
    try {
      const run = new PlainRun(contextOf, coerced);
      const text = this.#root.write(undefined, run);
      return assemble(`{"data":${text}}`, run.kept);
    } catch (thrown) {
      // What a resolver throws it will throw again, where it is made an error of the answer.
      if (thrown instanceof GiveUp && thrown.isForGood) this.#isUnfit = true;
      return null;
    }
  }
}

/** Turns the selections of one document into writers. */
class Planner {
  readonly #fragments: ReadonlyMap<string, FragmentDefinitionNode>;
  readonly #budget: TextBudget;
  #fieldsLeft = MAX_FIELDS;

  constructor({ definitions }: DocumentNode, budget: TextBudget) {
    const fragments = definitions.filter((one) => one.kind === Kind.FRAGMENT_DEFINITION);
    this.#fragments = new Map(fragments.map((fragment) => [fragment.name.value, fragment]));
    this.#budget = budget;
  }

  object(type: GraphQLObjectType, selections: readonly SelectionSetNode[]): Writer {
    if (type.isTypeOf) throw new GiveUp(true);
    const groups: Groups = new Map();
    const visited = new Set<string>();
    for (const selection of selections) this.#collect(type, selection, groups, visited);
    const fields = [...groups].map(([name, nodes], index) => this.#field(type, name, nodes, index === 0));
    const write = (source: unknown, run: Run) => {
      let text = '{';
      for (const field of fields) text += field.prefix + field.write(source, run);
      return `${text}}`;
    };
    return { write, isPure: type.extensions.isImmutable === true && fields.every(({ isPure }) => isPure) };
  }

  /** Gathers the fields by their name in the answer, in the order in which graphql-js meets them. */
  #collect(type: GraphQLObjectType, { selections }: SelectionSetNode, groups: Groups, visited: Set<string>): void {
    for (const node of selections) {
      if (node.directives?.length) throw new GiveUp(true);
      if (node.kind === Kind.FIELD) {
        const name = node.alias?.value ?? node.name.value;
        groups.set(name, [...(groups.get(name) ?? []), node]);
        continue;
      }
      const fragment = node.kind === Kind.FRAGMENT_SPREAD ? this.#spread(node.name.value, visited) : node;
      if (!fragment) continue;
      // On another object type it says nothing, and others than object types there are none.
      const condition = fragment.typeCondition?.name.value ?? type.name;
      if (condition !== type.name) throw new GiveUp(true);
      this.#collect(type, fragment.selectionSet, groups, visited);
    }
  }

  /** The fragment of this name, if it has not been gathered yet. */
  #spread(name: string, visited: Set<string>): FragmentDefinitionNode | undefined {
    if (visited.has(name)) return undefined;
    visited.add(name);
    return this.#fragments.get(name);
  }

  #field(type: GraphQLObjectType, name: string, nodes: readonly FieldNode[], isFirst: boolean): FieldWriter {
    if (--this.#fieldsLeft < 0) throw new GiveUp(true);
    const prefix = `${isFirst ? '' : ','}${JSON.stringify(name)}:`;
    const [node] = nodes;
    if (node?.name.value === '__typename') {
      const text = JSON.stringify(type.name);
      return { prefix, write: () => text, isPure: true };
    }
    const field = node && type.getFields()[node.name.value];
    if (!node || !field) throw new GiveUp(true);
    const resolve = field.resolve ?? propertyOf(field.name);
    const { write, isPure } = this.#value(field.type, nodes);
    const args = argumentsOf(field, node);
    return {
      prefix,
      write: (source, run) => write(settled(resolve(source, args.of(run), run.context, NO_INFO)), run),
      // A resolver that takes no context cannot say anything but what its parent says.
      isPure: isPure && args.areConstant && resolve.length <= 2,
    };
  }

  #value(type: GraphQLOutputType, nodes: readonly FieldNode[]): Writer {
    const isNullable = !isNonNullType(type);
    const { write, isPure } = this.#present(isNullable ? type : type.ofType, nodes);
    const writeValue = (value: unknown, run: Run) => {
      if (value !== null && value !== undefined) return write(value, run);
      if (isNullable) return 'null';
      throw new GiveUp(false);
    };
    return { write: writeValue, isPure };
  }

  #present(type: GraphQLOutputType, nodes: readonly FieldNode[]): Writer {
    if (isLeafType(type)) return { write: (value) => textOf(type, value), isPure: true };
    if (isListType(type)) return this.#list(type.ofType, nodes);
    if (!isObjectType(type)) throw new GiveUp(true);
    return this.object(
      type,
      nodes.map(({ selectionSet }) => selectionSet).filter((selection) => selection !== undefined),
    );
  }

  #list(itemType: GraphQLOutputType, nodes: readonly FieldNode[]): Writer {
    const { write: writeItem, isPure } = this.#value(itemType, nodes);
    const writeAll = (list: readonly unknown[], run: Run) => {
      let text = '[';
      for (const [index, item] of list.entries()) text += (index === 0 ? '' : ',') + writeItem(settled(item), run);
      return `${text}]`;
    };
    // Lists of plain values are not known to stay as they are.
    if (!isPure || isLeafType(getNamedType(itemType))) {
      return { write: (value, run) => writeAll(listOf(value), run), isPure: false };
    }
    const once = writeOnce(this.#budget, (list: readonly unknown[]) => writeAll(list, NO_RUN));
    const write = (value: unknown, { kept }: Run) => {
      if (!kept) return writeAll(listOf(value), NO_RUN);
      kept.push(once(listOf(value)));
      return PLACE;
    };
    return { write, isPure };
  }
}

/** Fields by their name in the answer. */
type Groups = Map<string, FieldNode[]>;
