import type { ThrottleRules } from '../domain/throttle.ts';

/**
 * What anybody may ask of the API at once. The documents of our own client, the largest of 122 tokens, and the introspection of
 * the playground fit many times over; `test/graphql/limits.test.ts` holds them against it.
 */
export const LIMITS = {
  /** A request by HTTP: a dashboard's file or the settings of every zone take a hundredth of it. */
  maxBodyBytes: 256 * 1024,
  /** A message over WebSocket: it carries one operation and its variables. */
  maxMessageBytes: 64 * 1024,
  /** Operations that run at once over one WebSocket: a page has one for each of its parts. */
  maxSubscriptionsPerSocket: 100,
  /** Words and signs of a document: what is checked grows with their square. */
  maxTokens: 1_000,
  /** Fields within fields; the introspection of GraphiQL goes 21 deep. */
  maxDepth: 22,
  /** The same asked for by many names. */
  maxAliases: 50,
  /** Directives such as `@include`, each of which is worked out for each object. */
  maxDirectives: 50,
  /** Operations of a document, of which only one is run. */
  maxOperations: 10,
  /** How deep lists and objects of variables may lie within each other: an input and a heat pump's config take six. */
  maxVariableDepth: 16,
  /** Values in all variables: a dashboard of 50 widgets has a tenth of it. */
  maxVariableValues: 5_000,
  /** Fields of an answer, as estimated before it is worked out: about a microsecond each, in which nobody else is served. */
  maxCost: 20_000,
  /** What each heat pump adds to that: a page about all of them must not fail because there are many. */
  maxCostPerHeatpump: 2_000,
} as const;

/**
 * Operations of one user or token over all connections: a thousand a second in the long run. A page asks for a few a minute, but
 * a program may well ask for one value after the other, and the usual one takes a tenth of a millisecond.
 */
export const OPERATION_RATE: ThrottleRules = {
  perCaller: { burst: 60_000, refillMs: 1 },
  inAll: { burst: 120_000, refillMs: 0.5 },
};
