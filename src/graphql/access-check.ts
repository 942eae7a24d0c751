import {
  type DirectiveNode,
  type DocumentNode,
  type FragmentDefinitionNode,
  type GraphQLCompositeType,
  GraphQLError,
  type GraphQLFieldExtensions,
  type GraphQLSchema,
  getNamedType,
  getOperationAST,
  isCompositeType,
  isInterfaceType,
  isObjectType,
  Kind,
  type OperationDefinitionNode,
  type SelectionSetNode,
} from 'graphql';
import type { Plugin } from 'graphql-yoga';
import { type Access, isAtLeast } from '../domain/access.ts';
import type { FieldAccess, FieldRules } from './access-rules.ts';
import type { Context } from './context.ts';

/** Whether a field is asked for may hang on variables: it is if each of these has, or has not, that value. */
interface Condition {
  readonly variable: string;
  readonly value: boolean;
}

/** What a document asks for that not everyone may ask for. */
interface Need {
  readonly access: Exclude<FieldAccess, 'PUBLIC'>;
  /** E.g. `Query.heatpumps`. */
  readonly field: string;
  readonly conditions: readonly Condition[];
}

/** One operation that somebody wants to be done. */
interface Asked {
  readonly schema: GraphQLSchema;
  readonly document: DocumentNode;
  readonly operationName?: string | null | undefined;
  readonly variableValues?: Readonly<Record<string, unknown>> | null | undefined;
}

/** Selections looked at one by one; beyond, conditions are not told apart any more. */
const MAX_SELECTIONS = 5_000;

/** Refuses operations that ask for more than whoever asks may, before anything of them is done; over whatever transport. */
export function accessCheck(): Plugin<Context> {
  const needs = new WeakMap<DocumentNode, Map<string | null, readonly Need[]>>();
  const needsOf = ({ schema, document, operationName }: Asked): readonly Need[] => {
    const known = needs.get(document) ?? new Map<string | null, readonly Need[]>();
    needs.set(document, known);
    const found = known.get(operationName ?? null) ?? collectNeeds(schema, document, operationName);
    known.set(operationName ?? null, found);
    return found;
  };
  const refusalOf = (asked: Asked, { access }: Context) => refusal(asked, needsOf(asked), access);
  return {
    onExecute({ args, context, setResultAndStopExecution }) {
      const error = refusalOf(args, context);
      if (error) setResultAndStopExecution({ errors: [error] });
    },
    onSubscribe({ args, context, setResultAndStopExecution }) {
      const error = refusalOf(args, context);
      if (error) setResultAndStopExecution({ errors: [error] });
    },
  };
}

function refusal(asked: Asked, needs: readonly Need[], { role }: Access): GraphQLError | null {
  const operation = getOperationAST(asked.document, asked.operationName);
  const missing = needs.find(
    ({ access, conditions }) =>
      !isAtLeast(role, access) && conditions.every((condition) => mayHold(condition, operation, asked.variableValues)),
  );
  if (!missing) return null;
  if (role === null) return refuse('UNAUTHENTICATED', `${missing.field} is only for those who have signed in`);
  return refuse('FORBIDDEN', `${missing.field} needs the role ${missing.access}`);
}

function refuse(code: string, message: string): GraphQLError {
  return new GraphQLError(message, { extensions: { code } });
}

/** False only if the variable is certain to have the other value. */
function mayHold(
  { variable, value }: Condition,
  operation: OperationDefinitionNode | null | undefined,
  variables: Asked['variableValues'],
): boolean {
  const given = variables?.[variable];
  if (given !== undefined) return given !== !value;
  const definition = operation?.variableDefinitions?.find(({ variable: { name } }) => name.value === variable);
  const fallback = definition?.defaultValue;
  return fallback?.kind !== Kind.BOOLEAN || fallback.value === value;
}

/** All that an operation of a valid document needs, each once. */
function collectNeeds(schema: GraphQLSchema, document: DocumentNode, name: string | null | undefined): Need[] {
  const operation = getOperationAST(document, name);
  const root = operation && schema.getRootType(operation.operation);
  if (!root) return [];
  const collector = new NeedCollector(schema, document);
  collector.walk(operation.selectionSet, root, []);
  return [...collector.needs.values()];
}

class NeedCollector {
  readonly needs = new Map<string, Need>();
  readonly #schema: GraphQLSchema;
  readonly #fragments = new Map<string, FragmentDefinitionNode>();
  readonly #walked = new Set<string>();
  #selections = 0;

  constructor(schema: GraphQLSchema, document: DocumentNode) {
    this.#schema = schema;
    for (const definition of document.definitions) {
      if (definition.kind === Kind.FRAGMENT_DEFINITION) this.#fragments.set(definition.name.value, definition);
    }
  }

  walk({ selections }: SelectionSetNode, type: GraphQLCompositeType, outer: readonly Condition[]): void {
    for (const selection of selections) {
      const isMany = ++this.#selections > MAX_SELECTIONS;
      const conditions = isMany ? [] : [...outer, ...conditionsOf(selection.directives)];
      if (selection.kind === Kind.FIELD) {
        this.#add(selection.name.value, selection.selectionSet, type, conditions);
      } else if (selection.kind === Kind.INLINE_FRAGMENT) {
        this.walk(selection.selectionSet, this.#typeOf(selection.typeCondition?.name.value) ?? type, conditions);
      } else {
        this.#spread(selection.name.value, conditions);
      }
    }
  }

  #add(
    name: string,
    inner: SelectionSetNode | undefined,
    type: GraphQLCompositeType,
    conditions: readonly Condition[],
  ) {
    const field = isObjectType(type) || isInterfaceType(type) ? type.getFields()[name] : undefined;
    // What begins with two underscores is about the schema, and belongs to no type of it.
    if (!field) return;
    const { access } = field.extensions as GraphQLFieldExtensions<unknown, unknown> & FieldRules;
    if (access !== 'PUBLIC') this.#need({ access, field: `${type.name}.${name}`, conditions });
    const next = getNamedType(field.type);
    if (inner && isCompositeType(next)) this.walk(inner, next, conditions);
  }

  #spread(name: string, conditions: readonly Condition[]): void {
    const key = `${name} ${keyOf(conditions)}`;
    const fragment = this.#fragments.get(name);
    const type = this.#typeOf(fragment?.typeCondition.name.value);
    if (!fragment || !type || this.#walked.has(key)) return;
    this.#walked.add(key);
    this.walk(fragment.selectionSet, type, conditions);
  }

  #need(need: Need): void {
    const key = `${need.access} ${keyOf(need.conditions)}`;
    if (!this.needs.has(key)) this.needs.set(key, need);
  }

  #typeOf(name: string | undefined): GraphQLCompositeType | null {
    const type = name === undefined ? undefined : this.#schema.getType(name);
    return isCompositeType(type) ? type : null;
  }
}

function keyOf(conditions: readonly Condition[]): string {
  return [...new Set(conditions.map(({ variable, value }) => `${variable}=${value}`))].sort().join(' ');
}

/** Only what hangs on a variable: what never or always holds is not worth the trouble. */
function conditionsOf(directives: readonly DirectiveNode[] | undefined): Condition[] {
  return (directives ?? []).flatMap(({ name, arguments: given }) => {
    const test = given?.find((argument) => argument.name.value === 'if')?.value;
    const isTest = name.value === 'include' || name.value === 'skip';
    return isTest && test?.kind === Kind.VARIABLE
      ? [{ variable: test.name.value, value: name.value === 'include' }]
      : [];
  });
}
