import { nodeCommand, runSteps, tsxCommand } from './steps.ts';

// Everything that is generated and committed. The order matters: the schema needs the database client's types, the
// client's documents need the schema.
runSteps([
  {
    name: 'database client',
    command: nodeCommand('prisma/build/index.js', 'generate'),
    // Generating needs no engine; any executable keeps the CLI from downloading one.
    env: { PRISMA_SCHEMA_ENGINE_BINARY: process.execPath, PRISMA_HIDE_UPDATE_MESSAGE: '1' },
  },
  { name: 'GraphQL schema', command: tsxCommand('scripts/print-schema.ts') },
  { name: 'tables of sensors', command: tsxCommand('scripts/print-sensors.ts') },
  { name: 'client documents', command: tsxCommand('codegen.ts') },
]);
