import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { PrismaBetterSqlite3 } from '@prisma/adapter-better-sqlite3';
import { bindMigrationAwareSqlAdapterFactory } from '@prisma/driver-adapter-utils';

/** Compares two schemas. */
interface Engine {
  diff(params: object): Promise<{ stdout: string }>;
}

/** What of the engine's glue code is used here; its own types do not cover starting it by hand. */
interface EngineModule {
  readonly __wbg_set_wasm: (exports: WebAssembly.Exports) => void;
  readonly SchemaEngine: {
    readonly new: (options: object, log: () => void, adapter: object) => Promise<Engine>;
  };
}

/** The SQL by which Prisma itself would create an empty database of this schema. */
export async function sqlOfSchema(schema: string): Promise<string> {
  const require = createRequire(import.meta.url);
  const directory = require.resolve('@prisma/schema-engine-wasm/schema_engine_bg');
  const glue = (await import(directory)) as EngineModule;
  const wasm = await readFile(directory.replace(/\.js$/, '.wasm'));
  const { instance } = await WebAssembly.instantiate(wasm, { './schema_engine_bg.js': glue as never });
  glue.__wbg_set_wasm(instance.exports);
  (instance.exports.__wbindgen_start as (() => void) | undefined)?.();
  const adapter = bindMigrationAwareSqlAdapterFactory(new PrismaBetterSqlite3({ url: ':memory:' }));
  const files = [{ path: 'schema.prisma', content: schema }];
  const engine = await glue.SchemaEngine.new({ datamodels: [['schema.prisma', schema]] }, () => {}, adapter);
  const filters = { externalTables: [], externalEnums: [] };
  const to = { tag: 'schemaDatamodel', files };
  const result = await engine.diff({
    from: { tag: 'empty' },
    to,
    script: true,
    shadowDatabaseUrl: null,
    exitCode: null,
    filters,
  });
  return result.stdout;
}
