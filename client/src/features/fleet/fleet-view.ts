import { createUrlState } from '../../lib/url-state.ts';
import type { FleetEntry } from './fleet-entry.ts';

/** What may be shown of the heat pumps, each with the key of its text; all but the first are a filter. */
export const FILTERS = [
  { show: '', text: 'fleet.all' },
  { show: 'ATTENTION', text: 'fleet.needsAttention' },
  { show: 'ONLINE', text: 'state.ONLINE' },
  { show: 'DEGRADED', text: 'state.DEGRADED' },
  { show: 'OFFLINE', text: 'state.OFFLINE' },
  { show: 'DISABLED', text: 'state.DISABLED' },
  { show: 'HEATING', text: 'activity.HEATING' },
  { show: 'HOT_WATER', text: 'activity.HOT_WATER' },
  { show: 'COOLING', text: 'activity.COOLING' },
  { show: 'DEFROST', text: 'activity.DEFROST' },
  { show: 'IDLE', text: 'activity.IDLE' },
  { show: 'OFF', text: 'activity.OFF' },
  { show: 'BLOCKED', text: 'activity.BLOCKED' },
] as const;
/** In which order they may be shown; empty: as they were added. */
export const ORDERS = ['', 'NAME', 'ATTENTION', 'MANUFACTURER'] as const;

/** What is looked for on the overview; in the address, so that it is a link. */
export function createFleetView() {
  return createUrlState(['q', 'show', 'sort']);
}

/** The choices of a user, as they stand in the address. */
export type FleetView = ReturnType<ReturnType<typeof createFleetView>['get']>;

/** The heat pumps that are looked for, in the order that was asked for; a word that is not known changes nothing. */
export function viewed(entries: readonly FleetEntry[], { q, show, sort }: FleetView, language: string): FleetEntry[] {
  const found = entries.filter((entry) => isNamed(entry, q) && isShown(entry, show));
  const by = new Intl.Collator(language, { numeric: true }).compare;
  const name = ({ heatpump }: FleetEntry) => heatpump().name;
  const maker = ({ heatpump }: FleetEntry) => `${heatpump().manufacturer.name} ${heatpump().model.name}`;
  switch (sort) {
    case 'NAME':
      return found.sort((a, b) => by(name(a), name(b)));
    case 'MANUFACTURER':
      return found.sort((a, b) => by(maker(a), maker(b)) || by(name(a), name(b)));
    case 'ATTENTION':
      return found.sort((a, b) => Number(b.needsAttention()) - Number(a.needsAttention()));
    default:
      return found;
  }
}

/** Every word is found in the name, the manufacturer or the model. */
function isNamed({ heatpump }: FleetEntry, text: string): boolean {
  const where = `${heatpump().name} ${heatpump().manufacturer.name} ${heatpump().model.name}`.toLowerCase();
  return text
    .toLowerCase()
    .split(/\s+/)
    .every((word) => where.includes(word));
}

function isShown({ connection, activity, needsAttention }: FleetEntry, show: string): boolean {
  if (show === '' || !FILTERS.some((filter) => filter.show === show)) return true;
  return show === 'ATTENTION' ? needsAttention() : connection() === show || activity() === show;
}
