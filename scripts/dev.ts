import { spawn } from 'node:child_process';
import { nodeCommand, ROOT, type Step } from './steps.ts';

// The server over simulated heat pumps, restarted when a file changes, and the client with hot reload in front of it.
const PROGRAMS: readonly Step['command'][] = [
  [process.execPath, 'node_modules/tsx/dist/cli.mjs', 'watch', '--clear-screen=false', 'src/demo.ts'],
  nodeCommand('vite/bin/vite.js', 'client'),
];

const running = PROGRAMS.map(([program, ...args]) => spawn(program, args, { cwd: ROOT, stdio: 'inherit' }));
const stop = () => {
  for (const child of running) child.kill();
};
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, stop);
for (const child of running) child.once('exit', stop);
