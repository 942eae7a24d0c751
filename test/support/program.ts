import { spawn } from 'node:child_process';

/** A running program, watched from outside. */
export interface Program {
  /** What it has written so far, to standard output and standard error apart. */
  readonly stdout: string;
  readonly stderr: string;
  /** Resolves with the exit code; null: ended by a signal. */
  readonly exited: Promise<number | null>;
  /** Resolves with what `pattern` finds in either output; fails if the program ends before, or after 15 seconds. */
  until(pattern: RegExp): Promise<RegExpExecArray>;
  /** Sends a signal and waits for the end. */
  end(signal?: NodeJS.Signals): Promise<number | null>;
}

/** With it the programs of tests are started, and asked. */
export const ADMIN_TOKEN = 'an-admin-token-of-forty-characters-or-so';
/** Shows the token. */
export const BEARER = { authorization: `Bearer ${ADMIN_TOKEN}` };

/** Starts a program with these variables added to the environment. */
export function startProgram(path: string, args: readonly string[], env: Record<string, string> = {}): Program {
  const child = spawn(path, args, { stdio: ['ignore', 'pipe', 'pipe'], env: { ...process.env, ...env } });
  const output = { stdout: '', stderr: '' };
  for (const name of ['stdout', 'stderr'] as const) {
    child[name].setEncoding('utf8').on('data', (text: string) => {
      output[name] += text;
    });
  }
  let hasEnded = false;
  const exited = new Promise<number | null>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => {
      hasEnded = true;
      resolve(code);
    });
  });
  return {
    get stdout() {
      return output.stdout;
    },
    get stderr() {
      return output.stderr;
    },
    exited,
    until: async (pattern) => {
      const deadline = performance.now() + 15_000;
      while (performance.now() < deadline) {
        const found = pattern.exec(output.stdout) ?? pattern.exec(output.stderr);
        if (found) return found;
        if (hasEnded) throw new Error(`${path} has ended:\n${output.stderr}`);
        await new Promise((resolve) => setTimeout(resolve, 5));
      }
      throw new Error(`${path} did not write ${pattern} within 15 s:\n${output.stdout}${output.stderr}`);
    },
    end: (signal = 'SIGTERM') => {
      child.kill(signal);
      return exited;
    },
  };
}
