import type { SensorFormatFragment, SensorsQuery } from '../../graphql/generated/types.ts';

/** A sensor with all that can be said of it. */
export type DetailSensor = NonNullable<SensorsQuery['heatpump']>['sensors'][number];

/** What must be known of a sensor to enter a value for it. */
export type WritableSensor = SensorFormatFragment & Pick<DetailSensor, 'min' | 'max' | 'step'>;
