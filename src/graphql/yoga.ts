import { maxAliasesPlugin } from '@escape.tech/graphql-armor-max-aliases';
import { maxDepthPlugin } from '@escape.tech/graphql-armor-max-depth';
import { maxTokensPlugin } from '@escape.tech/graphql-armor-max-tokens';
import { createYoga, isAsyncIterable, type Plugin } from 'graphql-yoga';
import type { Logger } from '../domain/logger.ts';
import type { Context } from './context.ts';
import { isExpectedError, maskError } from './errors.ts';
import { flatLists } from './flat-list.ts';
import { schema } from './schema.ts';

/** Where the API is served. */
export const GRAPHQL_PATH = '/graphql';

/** The largest request body, in bytes; a config of every zone takes a hundredth of it. */
const MAX_BODY_BYTES = 256 * 1024;
/** The introspection query that GraphiQL sends is 21 deep. */
const MAX_DEPTH = 22;
const MAX_ALIASES = 50;
const MAX_TOKENS = 5_000;

/** The GraphQL server over POST, GET and server-sent events, with Yoga's unsafe defaults changed. */
export function createGraphql(context: Context, logger: Logger) {
  const subscriptions = countSubscriptions();
  const server = createYoga<object, Context>({
    schema,
    context,
    graphqlEndpoint: GRAPHQL_PATH,
    cors: false,
    graphiql: false,
    landingPage: false,
    multipart: false,
    batching: false,
    maxRequestBodySize: MAX_BODY_BYTES,
    maskedErrors: { maskError },
    logging: yogaLogger(logger),
    plugins: [
      jsonPostsOnly,
      flatLists,
      subscriptions.plugin,
      maxDepthPlugin({ n: MAX_DEPTH, ignoreIntrospection: false, propagateOnRejection: true }),
      maxAliasesPlugin({ n: MAX_ALIASES }),
      maxTokensPlugin({ n: MAX_TOKENS }),
    ],
  });
  return { server, subscribers: subscriptions.count };
}

/** The GraphQL server, as HTTP and the WebSocket beside it need it. */
export type GraphqlServer = ReturnType<typeof createGraphql>['server'];

/** Counts the running subscriptions, over whatever transport. */
function countSubscriptions(): { readonly plugin: Plugin; readonly count: () => number } {
  let running = 0;
  const plugin: Plugin = {
    onSubscribe: () => ({
      onSubscribeResult({ result }) {
        if (!isAsyncIterable(result)) return undefined;
        running++;
        return { onEnd: () => void running-- };
      },
    }),
  };
  return { plugin, count: () => running };
}

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
