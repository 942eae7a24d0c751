import {
  createSourceEventStream,
  type DocumentNode,
  type ExecutionArgs,
  type ExecutionResult,
  execute,
  type GraphQLError,
  getOperationAST,
  Kind,
  print,
  visit,
} from 'graphql';
import type { Access } from '../domain/access.ts';
import type { DomainEventName, EventSource } from '../domain/events.ts';
import { FanOutGroup } from './fan-out-group.ts';
import { LiveSource } from './latest-only.ts';
import type { Outlet } from './listener.ts';
import { Pull } from './pull.ts';
import { SharedEvent } from './shared-event.ts';

/** How errors of executions are told. */
export type MaskErrors = (errors: readonly GraphQLError[]) => readonly GraphQLError[];

/** Whatever may make an answer another one. */
const EVENTS: readonly DomainEventName[] = ['heatpump', 'removed', 'snapshot', 'write', 'settingsChange', 'alert'];

/** Where a subscription begins, of all its arguments the one that those who listen alike may differ in. */
const START_ARGUMENT = 'since';

type Group = FanOutGroup<unknown, unknown>;

/**
 * Runs subscriptions. Those with the same document, variables and access scope form a group, for which each event is executed
 * and serialised once. A group lasts as long as somebody is in it.
 */
export class FanOut {
  readonly #groups = new Map<string, Group>();
  readonly #running = new Set<Pull<SharedEvent>>();
  readonly #mask: MaskErrors;

  constructor(events: EventSource, mask: MaskErrors) {
    this.#mask = mask;
    const forget = () => {
      for (const group of this.#groups.values()) group.forget();
    };
    for (const name of EVENTS) events.on(name, forget);
  }

  /** Running subscriptions. */
  get size(): number {
    return this.#running.size;
  }

  /** Groups of running subscriptions. */
  get groups(): number {
    return this.#groups.size;
  }

  /**
   * Begins a valid subscription. Its events go to the outlet, and what is returned only ends with it; without an outlet they are
   * what is returned. One that is refused is answered.
   */
  async subscribe(
    { rootValue, ...args }: ExecutionArgs,
    outlet: Outlet<SharedEvent> | null,
  ): Promise<AsyncIterableIterator<SharedEvent> | ExecutionResult> {
    const source = await createSourceEventStream(args);
    if (!(source instanceof LiveSource)) return this.#refusal(source);
    const key = groupKey(args);
    const group = this.#groups.get(key) ?? new FanOutGroup(source, (item) => this.#tell(args, item));
    this.#groups.set(key, group);
    const pull = new Pull<SharedEvent>(() => {
      leave();
      this.#running.delete(pull);
      if (group.size === 0) this.#groups.delete(key);
    });
    const leave = group.join(source, outlet ?? pull);
    this.#running.add(pull);
    return pull;
  }

  /** Ends them all, so that their clients are told that no more will come. */
  end(): void {
    for (const pull of this.#running) void pull.return();
  }

  #tell(args: ExecutionArgs, rootValue: unknown): SharedEvent | Promise<SharedEvent> {
    const result = execute({ ...args, rootValue });
    return result instanceof Promise ? result.then((settled) => this.#event(settled)) : this.#event(result);
  }

  #event(result: ExecutionResult): SharedEvent {
    return new SharedEvent(this.#masked(result));
  }

  #refusal(result: ExecutionResult | AsyncIterable<unknown>): ExecutionResult {
    if (Symbol.asyncIterator in result) throw new TypeError('a subscription must have a LiveSource');
    return this.#masked(result);
  }

  #masked({ errors, ...result }: ExecutionResult): ExecutionResult {
    return errors ? { errors: this.#mask(errors), ...result } : result;
  }
}

/** Equal for those, and only those, that are told the same. */
function groupKey({ document, operationName, variableValues, contextValue }: ExecutionArgs): string {
  const { scope } = (contextValue as { readonly access: Access }).access;
  const start = startVariable(document, operationName);
  const variables = { ...variableValues };
  if (start !== null && variables[start] !== undefined && variables[start] !== null) variables[start] = true;
  return JSON.stringify([scope, operationName ?? null, variables, document.loc?.source.body ?? print(document)]);
}

/** The variable that says where to begin, if it says nothing else. */
function startVariable(document: DocumentNode, operationName: string | null | undefined): string | null {
  const [field] = getOperationAST(document, operationName)?.selectionSet.selections ?? [];
  if (field?.kind !== Kind.FIELD) return null;
  const value = field.arguments?.find(({ name }) => name.value === START_ARGUMENT)?.value;
  if (value?.kind !== Kind.VARIABLE) return null;
  let uses = 0;
  visit(document, {
    VariableDefinition: () => false,
    Variable: ({ name }) => {
      if (name.value === value.name.value) uses++;
    },
  });
  return uses === 1 ? value.name.value : null;
}
