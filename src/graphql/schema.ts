import './scalars.ts';
import './sensor.ts';
import './model.ts';
import './reading.ts';
import './heatpump.ts';
import './quantity.ts';
import './live-readings.ts';
import './heatpump-changes.ts';
import './encoding-probe.ts';
import './write.ts';
import './wear.ts';
import './hold.ts';
import './settings-snapshot.ts';
import './settings-change.ts';
import './settings-restore.ts';
import './history.ts';
import './dashboard.ts';
import './dashboard-changes.ts';
import './job.ts';
import './job-changes.ts';
import './channel.ts';
import './channel-changes.ts';
import './alert.ts';
import './alert-changes.ts';
import { builder } from './builder.ts';

/** The whole GraphQL schema; each file above adds its domain type. */
export const schema = builder.toSchema();
