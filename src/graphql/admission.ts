import { maxAliasesPlugin } from '@escape.tech/graphql-armor-max-aliases';
import { maxDepthPlugin } from '@escape.tech/graphql-armor-max-depth';
import { maxTokensPlugin } from '@escape.tech/graphql-armor-max-tokens';
import {
  type ASTNode,
  type DocumentNode,
  type ExecutionArgs,
  GraphQLError,
  getOperationAST,
  Kind,
  NoSchemaIntrospectionCustomRule,
  type ValidationContext,
  visit,
} from 'graphql';
import type { Plugin } from 'graphql-yoga';
import type { Clock } from '../domain/clock.ts';
import { rateLimited } from '../domain/errors.ts';
import { Throttle } from '../domain/throttle.ts';
import type { Context } from './context.ts';
import { costOf as estimateCost } from './cost.ts';
import { LIMITS, OPERATION_RATE } from './limits.ts';

/** What is asked before an operation runs. */
export interface AdmissionOptions {
  /** Whether the schema may be asked for itself. */
  readonly introspection: boolean;
  /** How many heat pumps there are. */
  readonly heatpumpCount: () => number;
  readonly clock: Clock;
}

/** What is checked of an operation before any of it is done. */
export interface Admission {
  readonly plugins: readonly Plugin<Context>[];
  /** Why an operation of a valid document is not done now; null if it may be, which is then counted. */
  refusalOf(operation: AdmittedOperation): GraphQLError | null;
}

/** Told with whatever else is wrong with a document, and by the same status; what is thrown would be answered with 200. */
const REPORTED = {
  onReject: [(context: ValidationContext | null, error: GraphQLError) => context?.reportError(error)],
  propagateOnRejection: false,
};

/** Refuses operations that would take too much, see {@link LIMITS}, over whatever transport. */
export function createAdmission({ introspection, heatpumpCount, clock }: AdmissionOptions): Admission {
  const throttle = new Throttle(OPERATION_RATE);
  const costOf = rememberCosts();
  const refusalOf = (operation: AdmittedOperation) =>
    throttled(throttle, operation.contextValue, clock) ?? tooExpensive(costOf, operation, heatpumpCount());
  const admit = ({ args, setResultAndStopExecution }: OperationHook) => {
    const refusal = refusalOf(args);
    if (refusal) setResultAndStopExecution({ errors: [refusal] });
  };
  const plugins: Plugin<Context>[] = [
    maxDepthPlugin({ n: LIMITS.maxDepth, ignoreIntrospection: false, ...REPORTED }),
    maxAliasesPlugin({ n: LIMITS.maxAliases, ...REPORTED }),
    maxTokensPlugin({ n: LIMITS.maxTokens }),
    {
      onParams: ({ params, setResult }) => {
        const refusal = variablesRefusal(params);
        if (refusal) setResult({ errors: [refusal] });
      },
      onValidate: ({ addValidationRule }) => {
        addValidationRule(documentRule);
        if (!introspection) addValidationRule(NoSchemaIntrospectionCustomRule);
      },
      onExecute: (operation) => admit(operation as OperationHook),
      onSubscribe: (operation) => admit(operation as OperationHook),
    },
  ];
  return { plugins, refusalOf };
}

/** An operation that is about to be done. */
export type AdmittedOperation = ExecutionArgs & { readonly contextValue: Pick<Context, 'visitor'> };

interface OperationHook {
  readonly args: AdmittedOperation;
  readonly setResultAndStopExecution: (result: { readonly errors: readonly GraphQLError[] }) => void;
}

/** Why the variables of a request are too much; null if they are not. A walk without recursion, for they may be very deep. */
export function variablesRefusal({ variables }: { readonly variables?: unknown }): GraphQLError | null {
  let level: unknown[] = [variables];
  let count = 0;
  for (let depth = 0; level.length > 0; depth++) {
    count += level.length;
    if (depth > LIMITS.maxVariableDepth)
      return tooMuch('variables', `lie deeper than ${LIMITS.maxVariableDepth} levels`);
    if (count > LIMITS.maxVariableValues)
      return tooMuch('variables', `hold more than ${LIMITS.maxVariableValues} values`);
    level = level.flatMap((value) => (typeof value === 'object' && value !== null ? Object.values(value) : []));
  }
  return null;
}

function tooMuch(path: 'query' | 'variables', message: string): GraphQLError {
  return new GraphQLError(`${path}: ${message}`, {
    extensions: { code: 'BAD_USER_INPUT', issues: [{ path: [path], message }], http: { status: 400 } },
  });
}

/** Counts what a document is made of, where validation would else take its time with each. */
function documentRule(context: ValidationContext) {
  const counts = countsOf(context.getDocument());
  const tooMany = counts.find(({ count, max }) => count > max);
  if (!tooMany) return {};
  const { what, max } = tooMany;
  context.reportError(new GraphQLError(`the document has more than ${max} ${what}`));
  return {};
}

function countsOf(document: DocumentNode): { readonly what: string; readonly count: number; readonly max: number }[] {
  let directives = 0;
  visit(document, { Directive: () => void directives++ });
  const operations = document.definitions.filter(({ kind }: ASTNode) => kind === Kind.OPERATION_DEFINITION).length;
  return [
    { what: 'directives', count: directives, max: LIMITS.maxDirectives },
    { what: 'operations', count: operations, max: LIMITS.maxOperations },
  ];
}

/** Those who have shown who they are have a share of their own; of others, the addresses are counted. */
function throttled(throttle: Throttle, { visitor }: Pick<Context, 'visitor'>, clock: Clock): GraphQLError | null {
  const waitMs = visitor.actor === null ? null : throttle.take(visitor.actor, clock.monotonicMs());
  if (waitMs === null) return null;
  const { message, code, retryAfterMs } = rateLimited('too many operations', waitMs);
  const http = { status: 429, headers: { 'Retry-After': String(Math.ceil(waitMs / 1_000)) } };
  return new GraphQLError(message, { extensions: { code, retryAfterMs, http } });
}

/** Estimates costs; without variables, a document costs the same until there is another heat pump. */
function rememberCosts(): typeof estimateCost {
  const known = new WeakMap<DocumentNode, Map<string | null, { readonly heatpumps: number; readonly cost: number }>>();
  return (input) => {
    const { document, operationName = null, heatpumps } = input;
    if (getOperationAST(document, operationName)?.variableDefinitions?.length) return estimateCost(input);
    const ofDocument = known.get(document) ?? new Map();
    known.set(document, ofDocument);
    const last = ofDocument.get(operationName);
    if (last?.heatpumps === heatpumps) return last.cost;
    const cost = estimateCost(input);
    ofDocument.set(operationName, { heatpumps, cost });
    return cost;
  };
}

function tooExpensive(costOf: typeof estimateCost, args: ExecutionArgs, heatpumps: number): GraphQLError | null {
  const max = LIMITS.maxCost + heatpumps * LIMITS.maxCostPerHeatpump;
  const cost = costOf({ ...args, heatpumps });
  if (cost <= max) return null;
  return tooMuch(
    'query',
    `would have some ${Math.round(cost)} fields in its answer, more than ${max}; ask for less at once`,
  );
}
