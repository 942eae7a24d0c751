import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/** The checkout's folder. */
export const ROOT = fileURLToPath(new URL('..', import.meta.url));

/** One program to run, and what to call it. */
export interface Step {
  readonly name: string;
  readonly command: readonly [program: string, ...args: string[]];
  readonly env?: Readonly<Record<string, string>>;
}

/** Runs steps one after the other in the checkout, telling how long each took. Ends the process with the first that fails. */
export function runSteps(steps: readonly Step[]): void {
  for (const { name, command, env } of steps) {
    const startedAt = performance.now();
    const [program, ...args] = command;
    const options = { cwd: ROOT, stdio: 'inherit', env: { ...process.env, ...env } } as const;
    const { status, error } = spawnSync(program, args, options);
    const seconds = ((performance.now() - startedAt) / 1_000).toFixed(1);
    process.stderr.write(`${status === 0 ? '✓' : '✗'} ${name} (${seconds} s)\n`);
    if (error) process.stderr.write(`${error.message}\n`);
    if (status !== 0) process.exit(status ?? 1);
  }
}

/** A command that runs one of the installed packages' programs, e.g. `biome/bin/biome`. */
export function nodeCommand(script: string, ...args: string[]): Step['command'] {
  return [process.execPath, `node_modules/${script}`, ...args];
}

/** A command that runs one of our TypeScript files. */
export function tsxCommand(script: string, ...args: string[]): Step['command'] {
  return [process.execPath, '--import', 'tsx', script, ...args];
}
