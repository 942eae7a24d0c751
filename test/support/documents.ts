import {
  type GraphQLArgument,
  type GraphQLField,
  type GraphQLInputField,
  type GraphQLInputType,
  type GraphQLObjectType,
  type GraphQLSchema,
  getNamedType,
  isEnumType,
  isInputObjectType,
  isLeafType,
  isListType,
  isNonNullType,
  isObjectType,
  isRequiredArgument,
  isRequiredInputField,
} from 'graphql';

/** A step on the way to a field. */
export interface Step {
  readonly type: GraphQLObjectType;
  readonly field: GraphQLField<unknown, unknown>;
}

/** Every field of every type, by `Type.field`, with the cheapest way to it from a root; `cost` says what a step costs. */
export function waysToFields(schema: GraphQLSchema, cost: (field: string) => number): Map<string, readonly Step[]> {
  const roots = [schema.getQueryType(), schema.getSubscriptionType(), schema.getMutationType()].filter(isObjectType);
  const reached = new Map<string, { readonly way: readonly Step[]; readonly cost: number }>();
  const queue = roots.map((type) => ({ type, way: [] as readonly Step[], cost: 0 }));
  const ways = new Map<string, readonly Step[]>();
  while (queue.length > 0) {
    queue.sort((a, b) => a.cost - b.cost || a.way.length - b.way.length);
    const next = queue.shift();
    if (!next || reached.has(next.type.name)) continue;
    reached.set(next.type.name, next);
    for (const field of Object.values(next.type.getFields())) {
      const way = [...next.way, { type: next.type, field }];
      const name = `${next.type.name}.${field.name}`;
      ways.set(name, way);
      const inner = getNamedType(field.type);
      if (isObjectType(inner)) queue.push({ type: inner, way, cost: Math.max(next.cost, cost(name)) });
    }
  }
  return ways;
}

/** Every way from the queries to an object, of up to so many steps and never twice over a type. */
export function waysFromQueries(schema: GraphQLSchema, maxSteps: number): (readonly Step[])[] {
  const query = schema.getQueryType();
  const found: (readonly Step[])[] = [];
  const go = (type: GraphQLObjectType, way: readonly Step[]) => {
    for (const field of Object.values(type.getFields())) {
      const inner = getNamedType(field.type);
      if (!isObjectType(inner) || way.some((step) => step.type === inner)) continue;
      const next = [...way, { type, field }];
      found.push(next);
      if (next.length < maxSteps) go(inner, next);
    }
  };
  if (query) go(query, []);
  return found;
}

/** A document that goes a way; `leaves` are asked for where it ends at an object. */
export function documentOf(
  way: readonly Step[],
  values: Readonly<Record<string, string>>,
  leaves: (type: GraphQLObjectType) => readonly string[] = () => ['__typename'],
): string {
  const text = way.reduceRight(
    (inner, { field }) => {
      const given = field.args.filter((arg) => isRequiredArgument(arg) || Object.hasOwn(values, arg.name));
      const args = given.map((arg) => `${arg.name}: ${textOf(arg, values)}`).join(', ');
      return `${field.name}${args ? `(${args})` : ''}${inner && ` { ${inner} }`}`;
    },
    endOf(way, leaves),
  );
  const kind = { Query: 'query', Mutation: 'mutation', Subscription: 'subscription' }[way[0]?.type.name ?? ''];
  return `${kind} { ${text} }`;
}

function endOf(way: readonly Step[], leaves: (type: GraphQLObjectType) => readonly string[]): string {
  const inner = getNamedType(way.at(-1)?.field.type);
  return isObjectType(inner) ? leaves(inner).join(' ') : '';
}

/** Those fields of a type that are values, and need no arguments. */
export function plainFields(type: GraphQLObjectType): string[] {
  const fields = Object.values(type.getFields());
  return fields
    .filter(({ type: inner, args }) => isLeafType(getNamedType(inner)) && !args.some(isRequiredArgument))
    .map(({ name }) => name);
}

const SCALARS: Record<string, string> = {
  ID: '"none"',
  String: '"x"',
  Int: '1',
  Float: '1',
  Boolean: 'true',
  DateTime: '"2026-01-01T00:00:00Z"',
  JSON: '{}',
  SensorValue: '1',
};

function textOf({ name, type }: GraphQLArgument | GraphQLInputField, values: Readonly<Record<string, string>>): string {
  return values[name] ?? literalOf(type, values);
}

function literalOf(type: GraphQLInputType, values: Readonly<Record<string, string>>): string {
  if (isNonNullType(type)) return literalOf(type.ofType, values);
  if (isListType(type)) return `[${literalOf(type.ofType, values)}]`;
  if (isEnumType(type)) return type.getValues()[0]?.name ?? '';
  if (!isInputObjectType(type)) return SCALARS[type.name] ?? '"x"';
  const fields = Object.values(type.getFields()).filter(
    (field) => isRequiredInputField(field) || Object.hasOwn(values, field.name),
  );
  return `{${fields.map((field) => `${field.name}: ${textOf(field, values)}`).join(', ')}}`;
}
