import type { RegisterAddress } from '../domain/missing-register.ts';
import { isReadable, type Sensor } from '../domain/sensor.ts';
import type { Reading } from '../domain/snapshot.ts';
import { covers, planReads, type ReadRules } from '../modbus/read-plan.ts';
import type { PlannedSensor, PollBlock } from './poll-round.ts';

/** Settings are read every sixth poll, … */
const MOST_TURNS = 6;
/** … and at least once in this time, if they are polled that often at all. */
const SETTINGS_INTERVAL_MS = 60_000;

/** The cheapest requests that read a heat pump: all at once, or the live values each time and the settings in turn. */
export interface PollPlan {
  readonly all: readonly PollBlock[];
  readonly live: readonly PollBlock[];
  readonly settings: readonly PollBlock[];
}

/**
 * Plans to read every readable one of `sensors`, spanning none of `holes`. Settings that lie within a request for live values
 * are read with it.
 */
export function planPoll(
  sensors: readonly Sensor[],
  rules: ReadRules,
  holes: readonly RegisterAddress[] = [],
): PollPlan {
  const all = sensors.filter(isReadable).map((sensor, index) => ({ sensor, register: sensor.register, index }));
  const isSetting = ({ sensor }: PlannedSensor) => sensor.pollGroup === 'SETTING';
  const values = all.filter((planned) => !isSetting(planned));
  const blocks = planReads(values, rules, holes, all);
  const blockOver = (planned: PlannedSensor) => blocks.find((block) => covers(block, planned, rules));
  const settings = all.filter(isSetting).map((planned) => ({ planned, block: blockOver(planned) }));
  const live = blocks.map((block) => {
    const along = settings.filter((setting) => setting.block === block).map(({ planned }) => planned);
    return along.length > 0 ? { ...block, items: [...block.items, ...along] } : block;
  });
  const rest = settings.filter(({ block }) => !block).map(({ planned }) => planned);
  return { all: planReads(all, rules, holes), live, settings: planReads(rest, rules, holes, all) };
}

/** After how many polls of this interval, in milliseconds, a setting is read again. */
export function settingsTurns(pollIntervalMs: number): number {
  return Math.max(1, Math.min(MOST_TURNS, Math.floor(SETTINGS_INTERVAL_MS / pollIntervalMs)));
}

/** One of the polls that share the reading of the settings. */
export interface Turn {
  /** What the polls before have read, by the plan's indices. */
  readonly known: readonly Reading[];
  /** Counts the polls. */
  readonly number: number;
  /** How many of them it takes to read every setting once. */
  readonly of: number;
  /** True for a sensor whose next reading is waited for. */
  readonly isAwaited: (key: string) => boolean;
}

/** The requests of one poll: the live values, the settings whose turn it is, and those that are awaited or could not be read. */
export function blocksOfTurn({ live, settings }: PollPlan, { known, number, of, isAwaited }: Turn): PollBlock[] {
  const isDue = (block: PollBlock, index: number) =>
    index % of === number % of ||
    block.items.some(({ sensor, index: place }) => isAwaited(sensor.key) || !known[place]?.observedAt);
  return [...live, ...settings.filter(isDue)];
}
