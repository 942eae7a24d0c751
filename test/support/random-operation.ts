import {
  type GraphQLArgument,
  type GraphQLField,
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
} from 'graphql';

/** An operation as a client would send it. */
export interface RandomOperation {
  readonly query: string;
  readonly variables: Record<string, unknown>;
  readonly operationName: string | undefined;
}

/** What to ask with: values for the arguments, by the name of their type. */
export type ArgumentValues = Readonly<Record<string, readonly unknown[]>>;

/** Where most questions begin. */
const USUAL = ['heatpumps', 'heatpump', 'manufacturers'];

/** The same numbers from 0 to 1 for the same seed (mulberry32). */
export function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** Makes up a query over all fields of the schema but those named (as `Type.field`). */
export function randomOperation(
  schema: GraphQLSchema,
  values: ArgumentValues,
  without: readonly string[],
  seed: number,
): RandomOperation {
  return new Maker(schema, values, without, randomFrom(seed)).operation();
}

class Maker {
  readonly #schema: GraphQLSchema;
  readonly #values: ArgumentValues;
  readonly #without: readonly string[];
  readonly #random: () => number;
  readonly #definitions: string[] = [];
  readonly #fragments: string[] = [];
  readonly #variables: Record<string, unknown> = {};
  #names = 0;

  constructor(schema: GraphQLSchema, values: ArgumentValues, without: readonly string[], random: () => number) {
    this.#schema = schema;
    this.#values = values;
    this.#without = without;
    this.#random = random;
  }

  operation(): RandomOperation {
    const root = this.#schema.getQueryType() as GraphQLObjectType;
    const selection = this.#selection(root, 4);
    const isNamed = this.#chance(0.3);
    const definitions = this.#definitions.length > 0 ? `(${this.#definitions.join(', ')})` : '';
    const head = isNamed || definitions ? `query ${isNamed ? 'Asked' : ''}${definitions} ` : '';
    const other = isNamed && this.#chance(0.3) ? ' query Other { __typename }' : '';
    return {
      query: `${head}${selection}${other} ${this.#fragments.join(' ')}`,
      variables: this.#variables,
      operationName: isNamed ? 'Asked' : undefined,
    };
  }

  #selection(type: GraphQLObjectType, depth: number): string {
    const count = 1 + Math.floor(this.#random() * 4);
    const parts = Array.from({ length: count }, () => this.#part(type, depth));
    return `{ ${parts.join(' ')} }`;
  }

  #part(type: GraphQLObjectType, depth: number): string {
    if (this.#chance(0.06)) return '__typename';
    if (depth > 0 && this.#chance(0.08)) {
      const condition = this.#chance(0.5) ? `on ${type.name} ` : '';
      return `... ${condition}${this.#directive()}${this.#selection(type, depth - 1)}`;
    }
    if (depth > 0 && this.#chance(0.08)) {
      const name = `F${this.#names++}`;
      this.#fragments.push(`fragment ${name} on ${type.name} ${this.#selection(type, depth - 1)}`);
      return this.#chance(0.2) ? `...${name} ...${name}` : `...${name} ${this.#directive()}`;
    }
    return this.#field(type, depth);
  }

  #field(type: GraphQLObjectType, depth: number): string {
    const fields = Object.values(type.getFields()).filter(
      ({ name }) => !this.#without.includes(`${type.name}.${name}`),
    );
    const fitting = fields.filter((field) => depth > 0 || isLeafType(getNamedType(field.type)));
    const usual = fitting.filter(({ name }) => type === this.#schema.getQueryType() && USUAL.includes(name));
    const field = this.#pick(usual.length > 0 && this.#chance(0.75) ? usual : fitting);
    if (!field) return '__typename';
    const args = this.#arguments(field);
    // Two fields of one name must have the same arguments.
    const alias = args || this.#chance(0.25) ? `a${this.#names++}: ` : '';
    const named = getNamedType(field.type);
    const inner = isObjectType(named) ? ` ${this.#selection(named, depth - 1)}` : '';
    return `${alias}${field.name}${args}${this.#directive()}${inner}`;
  }

  #arguments({ args }: GraphQLField<unknown, unknown>): string {
    const given = args.filter((argument) => isNonNullType(argument.type) || this.#chance(0.4));
    const texts = given.map((argument) => `${argument.name}: ${this.#argument(argument)}`);
    return texts.length > 0 ? `(${texts.join(', ')})` : '';
  }

  #argument({ type }: GraphQLArgument): string {
    const value = this.#value(type);
    if (!this.#chance(0.4)) return literal(value, type);
    const name = `v${this.#names++}`;
    const isLeftOut = !isNonNullType(type) && this.#chance(0.2);
    const fallback = this.#chance(0.2) ? ` = ${literal(this.#value(type), type)}` : '';
    this.#definitions.push(`$${name}: ${String(type)}${fallback}`);
    if (!isLeftOut) this.#variables[name] = value;
    return `$${name}`;
  }

  #value(type: GraphQLInputType): unknown {
    if (isNonNullType(type)) return this.#value(type.ofType);
    if (isListType(type)) return Array.from({ length: Math.floor(this.#random() * 3) }, () => this.#value(type.ofType));
    if (isEnumType(type)) return this.#pick(type.getValues())?.name;
    if (isInputObjectType(type)) return {};
    return this.#pick(this.#values[type.name] ?? [null]);
  }

  #directive(): string {
    if (!this.#chance(0.05)) return '';
    const name = this.#chance(0.5) ? 'include' : 'skip';
    if (this.#chance(0.5)) return `@${name}(if: ${this.#chance(0.5)}) `;
    const variable = `v${this.#names++}`;
    this.#definitions.push(`$${variable}: Boolean!`);
    this.#variables[variable] = this.#chance(0.5);
    return `@${name}(if: $${variable}) `;
  }

  #chance(probability: number): boolean {
    return this.#random() < probability;
  }

  #pick<T>(from: readonly T[]): T | undefined {
    return from[Math.floor(this.#random() * from.length)];
  }
}

/** A value as it stands in a document. */
function literal(value: unknown, type: GraphQLInputType): string {
  if (value === null || value === undefined) return 'null';
  if (isNonNullType(type)) return literal(value, type.ofType);
  if (isListType(type)) return `[${(value as unknown[]).map((item) => literal(item, type.ofType)).join(', ')}]`;
  if (isEnumType(type)) return String(value);
  return typeof value === 'object' ? '{}' : JSON.stringify(value);
}
