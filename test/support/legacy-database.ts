import Database from 'better-sqlite3';

/** A row of any table. */
export type LegacyRow = Readonly<Record<string, string | number | null>>;

/** What a database of idm_logger is to hold. */
export interface LegacyContent {
  /** The setting `config`; a text stands as it is. */
  readonly config?: object | string;
  readonly settings?: Readonly<Record<string, string>>;
  readonly jobs?: readonly LegacyRow[];
  readonly alerts?: readonly LegacyRow[];
  readonly heatpumps?: readonly LegacyRow[];
  readonly dashboards?: readonly LegacyRow[];
}

/** The tables as idm_logger makes them. */
const SCHEMA_1 = `
  CREATE TABLE settings (key TEXT PRIMARY KEY, value TEXT);
  CREATE TABLE jobs (id TEXT PRIMARY KEY, sensor TEXT, value TEXT, time TEXT, days TEXT, enabled INTEGER, last_run REAL);
  CREATE TABLE alerts (id TEXT PRIMARY KEY, name TEXT, type TEXT, sensor TEXT, condition TEXT, threshold TEXT,
    message TEXT, enabled INTEGER, interval_seconds INTEGER, last_triggered REAL);
  CREATE INDEX idx_jobs_enabled ON jobs(enabled);`;
const SCHEMA_2 = `${SCHEMA_1}
  ALTER TABLE jobs ADD COLUMN heatpump_id TEXT DEFAULT NULL;
  ALTER TABLE alerts ADD COLUMN heatpump_id TEXT DEFAULT NULL;
  CREATE TABLE heatpumps (id TEXT PRIMARY KEY, name TEXT NOT NULL, manufacturer TEXT NOT NULL, model TEXT NOT NULL,
    connection_config TEXT NOT NULL, device_config TEXT DEFAULT '{}', enabled INTEGER DEFAULT 1, created_at REAL,
    updated_at REAL);
  CREATE TABLE dashboards (id TEXT PRIMARY KEY, name TEXT NOT NULL, heatpump_id TEXT, config TEXT NOT NULL,
    position INTEGER DEFAULT 0, created_at REAL);`;

/** Makes a database of idm_logger. */
export function makeLegacyDatabase(file: string, schema: 1 | 2, content: LegacyContent, dropped: string[] = []): void {
  const database = new Database(file);
  database.exec('BEGIN');
  database.exec(schema === 1 ? SCHEMA_1 : SCHEMA_2);
  const { config, settings = {}, ...tables } = content;
  const text = typeof config === 'object' ? JSON.stringify(config) : config;
  const all = { ...(text === undefined ? {} : { config: text }), ...settings };
  const rows = Object.entries(all).map(([key, value]) => ({ key, value }));
  for (const [table, own] of Object.entries({ settings: rows, ...tables })) insert(database, table, own);
  for (const table of dropped) database.exec(`DROP TABLE "${table}"`);
  database.exec('COMMIT');
  database.close();
}

function insert(database: Database.Database, table: string, rows: readonly LegacyRow[]): void {
  for (const row of rows) {
    const columns = Object.keys(row);
    const values = columns.map((column) => `@${column}`);
    database.prepare(`INSERT INTO "${table}" (${columns.join(', ')}) VALUES (${values.join(', ')})`).run(row);
  }
}
