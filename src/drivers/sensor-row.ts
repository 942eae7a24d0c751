import type { HoldRule } from '../domain/hold.ts';
import type { Quantity } from '../domain/quantity.ts';
import type { PollGroup, Sensor, SensorOption, WriteHazard } from '../domain/sensor.ts';

/** What the rows of every driver have in common. */
export interface SensorRow extends Pick<Sensor, 'category' | 'unit' | 'access'> {
  readonly min?: number | null;
  readonly max?: number | null;
  readonly step?: number | null;
  readonly options?: readonly SensorOption[];
  readonly writeHazard?: WriteHazard | null;
  readonly quantity?: Quantity;
  /** Left out: as {@link pollGroupOf} says. */
  readonly pollGroup?: PollGroup;
}

/** What each driver works out of a row by itself; what is left out is as with most sensors. */
type Own = Pick<Sensor, 'key' | 'name' | 'settleMs' | 'register' | 'source' | 'confidence'> & Partial<Sensor>;

/** The sensor that a row stands for. */
export function sensorFrom({ category, unit, access, ...row }: SensorRow, own: Own): Sensor {
  return {
    category,
    unit,
    access,
    pollGroup: row.pollGroup ?? pollGroupOf(access, own.hold ?? null, own.writeHazard ?? row.writeHazard ?? null),
    quantity: row.quantity ?? null,
    circuit: null,
    min: row.min ?? null,
    max: row.max ?? null,
    step: row.step ?? null,
    options: row.options ?? [],
    writeHazard: row.writeHazard ?? null,
    writeMode: null,
    hold: null,
    volatileTwin: null,
    ambiguousNotAvailable: false,
    ...own,
  };
}

/** How a value is held that is given back as `safe` (undefined: none is known to be safe, so it is not held). */
export function holdFor(key: string, safe: number | undefined, refreshMs: number): HoldRule | null {
  return safe === undefined ? null : { refreshMs, release: { key, value: safe } };
}

/** What can be written changes seldom, unless the device forgets it or somebody holds it: then a change is to be noticed soon. */
function pollGroupOf(access: Sensor['access'], hold: HoldRule | null, hazard: WriteHazard | null): PollGroup {
  return access === 'READ_WRITE' && hold === null && hazard !== 'CYCLIC' ? 'SETTING' : 'LIVE';
}
