import type { Access, Visitor } from '../domain/access.ts';
import { NO_ACCESS } from '../domain/access.ts';
import type { Rights } from '../domain/user.ts';

/** What somebody has shown to say who they are, as long as it lasts. */
export interface Credential extends Pick<Visitor, 'actor' | 'userId' | 'sessionId'> {
  /** Different for each, e.g. `session:<id>`. */
  readonly key: string;
  readonly access: Access;
  /** Milliseconds UTC; null: never. */
  readonly expiresAt: number | null;
}

/** Nothing was shown, or nothing that counts. */
export const NOTHING: Credential = {
  key: '',
  access: NO_ACCESS,
  actor: null,
  userId: null,
  sessionId: null,
  expiresAt: null,
};

/** The access that rights give; everybody of the same rights sees the same. */
export function accessOf({ role, heatpumpIds }: Rights): Access {
  const ids = heatpumpIds && [...new Set(heatpumpIds)].sort();
  return { role, heatpumpIds: ids && new Set(ids), scope: `${role} ${ids ? ids.join(' ') : '*'}` };
}
