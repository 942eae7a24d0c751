import type { HeatpumpDetailQuery } from '../../graphql/generated/types.ts';

/** A heat pump with all that its page shows. */
export type HeatpumpDetail = NonNullable<HeatpumpDetailQuery['heatpump']>;

/** One of its sensors. */
export type DetailSensor = HeatpumpDetail['sensors'][number];
