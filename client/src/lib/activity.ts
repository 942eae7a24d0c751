/** What a heat pump is doing, in the words that have a colour and a shape. */
export type Activity = 'heating' | 'hotWater' | 'cooling' | 'defrost' | 'idle' | 'blocked' | 'unknown';

/** The names that drivers give the options of the quantity OPERATING_STATE, in order of precedence where several hold. */
const NAMES: readonly (readonly [Activity, readonly string[]])[] = [
  ['defrost', ['defrosting', 'defrost']],
  ['blocked', ['blocked', 'locked']],
  ['hotWater', ['water', 'hot_water']],
  ['cooling', ['cooling']],
  ['heating', ['heating']],
  ['idle', ['off', 'idle', 'standby']],
];

/** The activity that the text of an operating state stands for; several bits are joined by "+". */
export function activityOf(text: string): Activity {
  const names = text.split('+');
  return NAMES.find(([, known]) => names.some((name) => known.includes(name)))?.[0] ?? 'unknown';
}
