import { isEmpty, type Loose, objectOf, parseJson, textOf } from './loose.ts';
import type { ReportBook } from './report.ts';
import type { Takeover } from './takeover.ts';

/** Parts of the setting `config` that are dealt with elsewhere. */
const DEALT_WITH = ['idm', 'telegram', 'discord', 'email', 'dashboards', 'heatpump_model', 'hp_model'];

const NOT_HERE = 'there is nothing like it here';
const OWN_SETTING = 'the settings of the server are environment variables here, see its README';

/** Why the other parts do not come over. */
const REASONS: ReadonlyMap<string, string> = new Map(
  Object.entries({
    web: 'the server has settings of its own, and no password is taken over',
    internal_api_key: 'no password is taken over',
    sharing: 'shared links lead to the old application',
    metrics: 'values are recorded by the server itself; the old series stay where they are',
    influx: 'values are recorded by the server itself; the old series stay where they are',
    logging: OWN_SETTING,
    modbus: 'how a heat pump is spoken to is what its driver says',
    network_security: OWN_SETTING,
    mqtt: NOT_HERE,
    signal: NOT_HERE,
    webdav: NOT_HERE,
    ai: NOT_HERE,
    backup: NOT_HERE,
    annotations: NOT_HERE,
    variables: NOT_HERE,
    privatebin: NOT_HERE,
    telemetry: 'nothing is sent anywhere here',
    updates: 'the server does not update itself',
    setup_completed: 'it is about the old application alone',
    installation_id: 'it is about the old application alone',
    hp_manufacturer: 'it is about the old application alone',
  }),
);

/** Rows of the settings that say how far the old application has come with its own database. */
const BOOKKEEPING = ['config', 'schema_version', 'multi_heatpump_migrated'];

/** The setting `config`; empty, and told of, if it cannot be read. */
export function readConfigSetting(text: string | undefined, report: ReportBook): Loose {
  const value = parseJson(text);
  const isReadable = typeof value === 'object' && value !== null && !Array.isArray(value);
  // Its text may hold passwords, so that it is not shown.
  if (text !== undefined && !isReadable) report.notTaken('SETTING', 'config', 'it is no object in JSON', null);
  return objectOf(value);
}

/** Tells of every setting that does not come over. */
export function noteSettings({ data, config, report }: Takeover): void {
  for (const table of data.missingTables) report.notTaken('SETTING', table, 'the database has no such table', null);
  for (const [key, value] of Object.entries(config)) {
    if (DEALT_WITH.includes(key) || isEmpty(value)) continue;
    report.notTaken('SETTING', key, REASONS.get(key) ?? 'it is not known here', { [key]: value });
  }
  for (const [key, text] of data.settings) {
    if (BOOKKEEPING.includes(key) || textOf(text) === '') continue;
    const reason = key === 'scheduler_rules' ? 'rules of that age are not known here' : 'it is not known here';
    report.notTaken('SETTING', key, reason, { [key]: parseJson(text) ?? text });
  }
}
