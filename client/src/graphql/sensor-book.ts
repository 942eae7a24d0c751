import { type Accessor, createMemo } from 'solid-js';
import { SensorNamesDocument } from './generated/sensor-book.ts';
import type { Language, SensorNamesQuery } from './generated/types.ts';
import { createPageQuery } from './page-query.ts';

/** What a sensor is called, how its values are written, and what a write costs. */
export type NamedSensor = SensorNamesQuery['heatpumps'][number]['sensors'][number];

/** Sensors that are mentioned somewhere else by their key. */
export interface SensorBook {
  /** A sensor of a heat pump, or of the first that has it; undefined while it is not known, and if there is none. */
  find(heatpumpId: string | null, key: string): NamedSensor | undefined;
}

/** Looks up the sensors of some keys, and again whenever there are others. */
export function createSensorBook(keys: Accessor<readonly string[]>, language: Accessor<Language>): SensorBook {
  const wanted = createMemo(() => [...new Set(keys())].sort().join(' '));
  const query = createPageQuery(SensorNamesDocument, () => ({
    keys: wanted() === '' ? [] : wanted().split(' '),
    language: language(),
  }));
  return {
    find: (heatpumpId, key) =>
      query
        .data()
        ?.heatpumps.filter(({ id }) => heatpumpId === null || id === heatpumpId)
        .flatMap(({ sensors }) => sensors)
        .find((sensor) => sensor.key === key),
  };
}
