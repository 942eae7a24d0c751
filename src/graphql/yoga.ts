import { type ExecutionArgs, execute, type GraphQLError } from 'graphql';
import { createYoga, type Plugin } from 'graphql-yoga';
import { NOBODY, type Visitor } from '../domain/access.ts';
import type { Logger } from '../domain/logger.ts';
import { accessCheck } from './access-check.ts';
import { type AdmissionOptions, createAdmission } from './admission.ts';
import { type Context, createContext, type House } from './context.ts';
import { isExpectedError, maskError } from './errors.ts';
import { FanOut } from './fan-out.ts';
import { flatLists } from './flat-list.ts';
import { LIMITS } from './limits.ts';
import type { Outlet } from './listener.ts';
import { PlanBook } from './plan-book.ts';
import { notePlans, plannedFirst } from './planned-answers.ts';
import { schema } from './schema.ts';
import type { SharedEvent } from './shared-event.ts';

/** Where the API is served. */
export const GRAPHQL_PATH = '/graphql';

/** What an operation comes with. */
export interface Asking {
  /** Left out: nobody who has shown who they are. */
  readonly visitor?: Visitor;
}

/**
 * The GraphQL server over POST, GET and server-sent events, with Yoga's unsafe defaults changed: as Yoga serves it, and
 * `handle`, which answers the same but repeated queries faster.
 */
export function createGraphql(house: House, logger: Logger, options: AdmissionOptions) {
  const fanOut = new FanOut(house.heatpumps.events, (errors) => errors.map((error) => maskInEvent(error, logger)));
  const admission = createAdmission(options);
  const plans = new PlanBook(schema, options.clock);
  const contextOf = (visitor: Visitor) => createContext(house, visitor);
  const server = createYoga<Asking, Context>({
    schema,
    context: ({ visitor = NOBODY }) => contextOf(visitor),
    graphqlEndpoint: GRAPHQL_PATH,
    cors: false,
    graphiql: false,
    landingPage: false,
    multipart: false,
    batching: false,
    maxRequestBodySize: LIMITS.maxBodyBytes,
    maskedErrors: { maskError },
    logging: yogaLogger(logger),
    plugins: [
      jsonPostsOnly,
      inOrder,
      flatLists,
      accessCheck(),
      fannedOut(fanOut),
      notePlans(plans),
      ...admission.plugins,
    ],
  });
  const handle = plannedFirst({ plans, schema, admission, contextOf, path: GRAPHQL_PATH, plain: server });
  return { server, handle, subscribers: () => fanOut.size, endSubscriptions: () => fanOut.end() };
}

/** The GraphQL server, as HTTP and the WebSocket beside it need it. */
export type GraphqlServer = ReturnType<typeof createGraphql>['server'];

/** What is told of a fault of our own. */
const UNEXPECTED = 'Unexpected error.';

/** Runs all subscriptions; a WebSocket brings its own outlet for their events. */
function fannedOut(fanOut: FanOut): Plugin {
  const subscribe = (args: ExecutionArgs) => fanOut.subscribe(args, outletOf(args.rootValue));
  return { onSubscribe: ({ setSubscribeFn }) => setSubscribeFn(subscribe as never) };
}

function outletOf(rootValue: unknown): Outlet<SharedEvent> | null {
  return (rootValue as { readonly outlet?: Outlet<SharedEvent> } | undefined)?.outlet ?? null;
}

/** Yoga masks what it executes itself. */
function maskInEvent(error: GraphQLError, logger: Logger): GraphQLError {
  if (!isExpectedError(error)) logger.error({ error: error.stack }, 'graphql');
  return maskError(error, UNEXPECTED) as GraphQLError;
}

/** Yoga's own executor puts fields into the answer as they are done; clients may expect them as they asked for them. */
const inOrder: Plugin = { onExecute: ({ setExecuteFn }) => setExecuteFn(execute) };

/** Browsers send forms and plain text to any site without asking it first; JSON they do not. */
const jsonPostsOnly: Plugin = {
  onRequest({ request, endResponse, fetchAPI }) {
    const type = request.headers.get('content-type') ?? '';
    if (request.method !== 'POST' || /^application\/(graphql\+)?json\s*(;|$)/i.test(type)) return;
    const errors = [{ message: 'POST requests must have the content type application/json' }];
    endResponse(fetchAPI.Response.json({ errors }, { status: 415 }));
  },
};

/** Yoga logs every error it changes; those that clients cause are of no interest. */
function yogaLogger(logger: Logger) {
  const details = (args: unknown[]) => ({ details: args.map((arg) => (arg instanceof Error ? arg.stack : arg)) });
  return {
    debug: (...args: unknown[]) => logger.debug(details(args), 'graphql'),
    info: (...args: unknown[]) => logger.info(details(args), 'graphql'),
    warn: (...args: unknown[]) => logger.warn(details(args), 'graphql'),
    error: (...args: unknown[]) => {
      if (args.every(isExpectedError)) logger.debug(details(args), 'graphql');
      else logger.error(details(args), 'graphql');
    },
  };
}
