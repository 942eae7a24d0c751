import type { GraphQLFieldResolver } from 'graphql';
import type { AuditKind } from '../domain/audit.ts';
import { AppError } from '../domain/errors.ts';
import type { Context } from './context.ts';

/** An input as far as the audit looks into it. */
interface Input {
  readonly id?: unknown;
  readonly heatpumpId?: unknown;
  readonly key?: unknown;
}

/** Each thing as it is now, by its id. */
const STATE_OF: Partial<Record<AuditKind, (context: Context, id: string) => unknown>> = {
  heatpump: ({ heatpumps }, id) => heatpumps.find(id)?.settings,
  job: ({ jobs }, id) => jobs.find(id)?.job,
  dashboard: ({ dashboards }, id) => dashboards.find(id),
  alert: ({ alerts }, id) => alerts.find(id),
  channel: ({ channels }, id) => channels.find(id),
  user: ({ accounts }, id) => accounts.user(id),
  token: ({ accounts }, id) => accounts.tokens().find((token) => token.id === id),
};

/** Refusals that are no news: nothing was done, and anybody may cause any number of them. */
const UNTOLD: readonly string[] = ['BAD_USER_INPUT', 'RATE_LIMITED'];

/** A resolver of a mutation that also notes what was done: who, what, as it was and as it was asked to be. */
export function audited(
  action: string,
  kind: AuditKind,
  resolve: GraphQLFieldResolver<unknown, Context>,
): GraphQLFieldResolver<unknown, Context> {
  return async (root, args, context, info) => {
    const input = (args.input ?? {}) as Input;
    const before = typeof input.id === 'string' ? await STATE_OF[kind]?.(context, input.id) : null;
    const note = (outcome: string, result: unknown) => {
      const target = targetOf(input) ?? idIn(result);
      const entry = { action, kind, target, old: changed(before, input) ?? previousIn(result), new: input, outcome };
      return outcome !== 'OK' && UNTOLD.includes(outcome) ? undefined : context.audit.record(context.visitor, entry);
    };
    try {
      const result = await resolve(root, args, context, info);
      await note('OK', result);
      return result;
    } catch (thrown) {
      await note(thrown instanceof AppError ? thrown.code : 'INTERNAL_SERVER_ERROR', null);
      throw thrown;
    }
  };
}

function targetOf({ id, heatpumpId, key }: Input): string | null {
  if (typeof id === 'string') return id;
  const parts = [heatpumpId, key].filter((part) => typeof part === 'string');
  return parts.length > 0 ? parts.join(' ') : null;
}

/** Of what was there before, only what was asked to change; of what was deleted, everything. */
function changed(before: unknown, input: object): unknown {
  if (typeof before !== 'object' || before === null) return null;
  const names = Object.keys(input).filter((name) => name !== 'id');
  if (names.length === 0) return before;
  return Object.fromEntries(Object.entries(before).filter(([name]) => names.includes(name)));
}

/** The id of what a payload tells of, wherever it has it. */
function idIn(payload: unknown): string | null {
  for (const value of Object.values(payload ?? {})) {
    const { id, settings, job } = (value ?? {}) as Record<string, { id?: unknown } | undefined>;
    const found = [id, settings?.id, job?.id].find((candidate) => typeof candidate === 'string');
    if (typeof found === 'string') return found;
  }
  return null;
}

/** What a write found there. */
function previousIn(payload: unknown): unknown {
  const { write } = (payload ?? {}) as { readonly write?: { readonly previous?: unknown } | null };
  return write?.previous === undefined ? null : { value: write.previous };
}
