import type { HeatpumpDetailQuery } from '../../graphql/generated/types.ts';

/** A heat pump with all that its page shows on every section. */
export type HeatpumpDetail = NonNullable<HeatpumpDetailQuery['heatpump']>;
