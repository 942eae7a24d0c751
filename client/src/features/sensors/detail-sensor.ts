import type { SensorsQuery } from '../../graphql/generated/types.ts';

/** A sensor with all that can be said of it. */
export type DetailSensor = NonNullable<SensorsQuery['heatpump']>['sensors'][number];
