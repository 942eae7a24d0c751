import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { nodeCommand, ROOT, runSteps } from './steps.ts';

// Compiles the server to dist/ and the client to dist/client/; the stamp comes last, so that a broken build is no build.
rmSync(join(ROOT, 'dist'), { recursive: true, force: true });
runSteps([
  { name: 'compile server', command: nodeCommand('typescript/bin/tsc', '-p', 'tsconfig.build.json') },
  { name: 'build client', command: nodeCommand('vite/bin/vite.js', 'build', 'client', '--logLevel', 'warn') },
]);
writeFileSync(join(ROOT, 'dist/.built'), '');
