import type { SettingsLogQuery, WriteState } from '../../graphql/generated/types.ts';

/** Who has changed a value; the key of its name in the texts. */
export type ChangedBy = 'here' | 'job' | 'undone' | 'restored' | 'atUnit';

/** One change of a value, whoever made it. */
export interface Change {
  /** Of a change made here, the id of the write. */
  readonly id: string;
  readonly key: string;
  /** Null: not known. */
  readonly before: number | null;
  readonly after: number;
  readonly at: string;
  readonly by: ChangedBy;
  /** What became of a write; undefined for what was changed at the heat pump. */
  readonly state: WriteState | undefined;
  readonly canBeUndone: boolean;
}

type Written = SettingsLogQuery['writes']['writes'][number];

/** The changes of both lists as one, newest first, as far back as both are known; and whether there are older ones. */
export function changesIn(log: SettingsLogQuery | undefined): { readonly items: readonly Change[]; hasMore: boolean } {
  if (!log) return { items: [], hasMore: false };
  const { settingsChanges, writes } = log;
  const foreign = settingsChanges.changes.map(
    ({ id, key, before, after, noticedAt }): Change => ({
      ...{ id, key, before, after },
      ...{ at: noticedAt, by: 'atUnit', state: undefined, canBeUndone: false },
    }),
  );
  const own = writes.writes.filter(({ origin }) => !origin.startsWith('hold:'));
  const last = new Map(
    own
      .filter(hasChanged)
      .reverse()
      .map(({ id, key }) => [key, id]),
  );
  const all = [...foreign, ...own.map((write) => ofWrite(write, last.get(write.key) === write.id))];
  const knownSince = Math.max(
    endOf(settingsChanges.nextCursor, foreign.at(-1)?.at),
    endOf(writes.nextCursor, writes.writes.at(-1)?.requestedAt),
  );
  return {
    items: all.filter(({ at }) => Date.parse(at) >= knownSince).sort((a, b) => Date.parse(b.at) - Date.parse(a.at)),
    hasMore: settingsChanges.nextCursor !== null || writes.nextCursor !== null,
  };
}

function ofWrite(write: Written, isLast: boolean): Change {
  const { id, key, previous, confirmed, requested, requestedAt, state } = write;
  const isKnown = state === 'CONFIRMED' || state === 'CLAMPED';
  return {
    id,
    key,
    before: previous,
    after: isKnown ? (confirmed ?? requested) : requested,
    at: requestedAt,
    by: byOf(write),
    state,
    canBeUndone: isLast && isKnown && previous !== null,
  };
}

/** False for a write of which it is known that nothing came of it. */
function hasChanged({ state, previous, confirmed }: Written): boolean {
  return state !== 'REJECTED' && (confirmed === null || confirmed !== previous);
}

function byOf({ origin }: Written): ChangedBy {
  if (origin.startsWith('job:')) return 'job';
  if (origin.startsWith('undo:')) return 'undone';
  return origin.startsWith('restore:') ? 'restored' : 'here';
}

/** From when on a list is complete that goes on. */
function endOf(nextCursor: string | null, lastAt: string | undefined): number {
  return nextCursor === null || lastAt === undefined ? Number.NEGATIVE_INFINITY : Date.parse(lastAt);
}
