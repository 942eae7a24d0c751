import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { nodeCommand, runSteps, tsxCommand } from './steps.ts';
import { installTools } from './tools.ts';

// Everything that must hold before a change is taken in, cheapest first.
installTools();
const directory = mkdtempSync(join(tmpdir(), 'thermograph-'));
const results = join(directory, 'results.json');
process.once('exit', () => rmSync(directory, { recursive: true, force: true }));

runSteps([
  { name: 'format and lint', command: nodeCommand('@biomejs/biome/bin/biome', 'check', '--error-on-warnings', '.') },
  { name: 'types of the server', command: nodeCommand('typescript/bin/tsc', '-p', '.') },
  { name: 'types of the client', command: nodeCommand('typescript/bin/tsc', '-p', 'client') },
  { name: 'generated files are fresh', command: tsxCommand('scripts/check-generated.ts') },
  { name: 'build', command: tsxCommand('scripts/build.ts') },
  {
    name: 'tests',
    command: nodeCommand(
      'vitest/vitest.mjs',
      'run',
      '--reporter=default',
      '--reporter=json',
      `--outputFile=${results}`,
    ),
  },
]);

const { numPassedTests, numFailedTests } = JSON.parse(readFileSync(results, 'utf8')) as Record<string, number>;
process.stdout.write(`${numPassedTests} passed, ${numFailedTests} failed\n`);
