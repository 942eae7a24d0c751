import type { Role } from '../../graphql/generated/types.ts';
import type { AdminI18n } from './texts.ts';

/** What somebody or some program may do, as it stands in a form. */
export interface RightsDraft {
  readonly role: Role;
  readonly isLimited: boolean;
  /** Chosen, whether or not they count now. */
  readonly heatpumpIds: readonly string[];
}

/** What is sent for a draft: whoever may do everything is limited to nothing. */
export function rightsOf({ role, isLimited, heatpumpIds }: RightsDraft): {
  readonly role: Role;
  readonly heatpumpIds: readonly string[] | null;
} {
  return { role, heatpumpIds: isLimited && role !== 'ADMIN' ? heatpumpIds : null };
}

/** The heat pumps that may be seen, in words. */
export function seenText(
  { t }: AdminI18n,
  { heatpumpIds, seesAllHeatpumps }: { readonly heatpumpIds: readonly string[]; readonly seesAllHeatpumps: boolean },
  heatpumps: readonly { readonly id: string; readonly name: string }[],
): string {
  if (seesAllHeatpumps) return t('admin.all');
  const names = heatpumps.filter(({ id }) => heatpumpIds.includes(id)).map(({ name }) => name);
  return names.join(', ') || t('admin.none');
}
