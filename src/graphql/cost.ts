import {
  type ExecutionArgs,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLCompositeType,
  type GraphQLField,
  GraphQLObjectType,
  type GraphQLOutputType,
  getNamedType,
  getOperationAST,
  isCompositeType,
  isListType,
  isNonNullType,
  Kind,
  type SelectionSetNode,
  valueFromASTUntyped,
} from 'graphql';

/** What is known before an operation runs. */
export interface CostInput extends Pick<ExecutionArgs, 'schema' | 'document' | 'operationName' | 'variableValues'> {
  /** How many heat pumps there are. */
  readonly heatpumps: number;
}

/** Items that a list is taken to have, by the type of the items; arguments may say more. */
const LENGTHS: Readonly<Record<string, number>> = {
  Sensor: 250,
  Reading: 250,
  RegisterWear: 50,
  QuantityReading: 30,
  HistorySeries: 1,
  Manufacturer: 5,
  HeatpumpModel: 2,
  ConfigField: 5,
  SensorOption: 1,
  WidgetQuery: 3,
};
const USUAL_LENGTH = 10;
/** Sensors that can be written. */
const WRITABLE = 80;
/** Points of history are put into the answer as they are, see `flat-list.ts`: so many take as long as one series. */
const POINTS_PER_SERIES = 200;
/** Arguments that tell which items are wanted, so that there are no more. */
const CHOICES = ['keys', 'quantities'];

/** Fields that the answer to an operation has, roughly; a document that does not fit the schema costs nothing. */
export function costOf(input: CostInput): number {
  const operation = getOperationAST(input.document, input.operationName);
  const root = operation && input.schema.getRootType(operation.operation);
  return root ? new Estimate(input).ofSelections(operation.selectionSet, root) : 0;
}

/** One estimate; each fragment is worked out once, so that it takes no longer than reading the document. */
class Estimate {
  readonly #input: CostInput;
  readonly #fragments: ReadonlyMap<string, FragmentDefinitionNode>;
  readonly #known = new Map<string, number>();

  constructor(input: CostInput) {
    const { definitions } = input.document;
    this.#input = input;
    this.#fragments = new Map(
      definitions.flatMap((one) => (one.kind === Kind.FRAGMENT_DEFINITION ? [[one.name.value, one] as const] : [])),
    );
  }

  ofSelections({ selections }: SelectionSetNode, type: GraphQLCompositeType): number {
    let cost = 0;
    for (const selection of selections) {
      if (selection.kind === Kind.FIELD) cost += this.#ofField(selection, type);
      else if (selection.kind === Kind.FRAGMENT_SPREAD) cost += this.#ofFragment(selection.name.value);
      else
        cost += this.ofSelections(selection.selectionSet, this.#typeNamed(selection.typeCondition?.name.value) ?? type);
    }
    return cost;
  }

  #ofFragment(name: string): number {
    const known = this.#known.get(name);
    if (known !== undefined) return known;
    // A fragment within itself is refused elsewhere.
    this.#known.set(name, 0);
    const fragment = this.#fragments.get(name);
    const type = this.#typeNamed(fragment?.typeCondition.name.value);
    const cost = fragment && type ? this.ofSelections(fragment.selectionSet, type) : 0;
    this.#known.set(name, cost);
    return cost;
  }

  #ofField(node: FieldNode, parent: GraphQLCompositeType): number {
    const field = parent instanceof GraphQLObjectType ? parent.getFields()[node.name.value] : undefined;
    if (!field) return 1;
    const args = this.#argumentsOf(node, field);
    const type = getNamedType(field.type);
    const ofItem = node.selectionSet && isCompositeType(type) ? this.ofSelections(node.selectionSet, type) : 0;
    return 1 + (isList(field.type) ? this.#lengthOf(type.name, args) : 1) * ofItem;
  }

  #lengthOf(type: string, args: Readonly<Record<string, unknown>>): number {
    const { heatpumps } = this.#input;
    if (type === 'Heatpump' || type === 'AlertState') return Math.max(1, heatpumps);
    if (type === 'HistoryPoint') return 1;
    if (args.writable === true) return WRITABLE;
    if (typeof args.first === 'number') return Math.max(0, args.first);
    const chosen = CHOICES.map((name) => args[name]).filter(Array.isArray);
    if (chosen.length === 0) return LENGTHS[type] ?? USUAL_LENGTH;
    const ofEach = chosen.reduce((sum, { length }) => sum + length, 0);
    const points = typeof args.maxPoints === 'number' ? args.maxPoints : 0;
    return ofEach * (Array.isArray(args.heatpumpIds) ? args.heatpumpIds.length : 1) * (1 + points / POINTS_PER_SERIES);
  }

  #argumentsOf(node: FieldNode, { args }: GraphQLField<unknown, unknown>): Record<string, unknown> {
    const values: Record<string, unknown> = {};
    for (const { name, defaultValue } of args) if (defaultValue !== undefined) values[name] = defaultValue;
    for (const { name, value } of node.arguments ?? []) {
      const given = valueFromASTUntyped(value, this.#input.variableValues);
      if (given !== undefined) values[name.value] = given;
    }
    return values;
  }

  #typeNamed(name: string | undefined): GraphQLCompositeType | undefined {
    const type = name === undefined ? undefined : this.#input.schema.getType(name);
    return isCompositeType(type) ? type : undefined;
  }
}

function isList(type: GraphQLOutputType): boolean {
  return isListType(isNonNullType(type) ? type.ofType : type);
}
