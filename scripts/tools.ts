import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';

/** Programs from outside that the tests measure ours against, and the Debian packages that bring them. */
const TOOLS = [
  { package: 'chromium', file: '/usr/bin/chromium' },
  { package: 'mbpoll', file: '/usr/bin/mbpoll' },
  { package: 'prometheus', file: '/usr/bin/promtool' },
  { package: 'python3-pymodbus', file: '/usr/lib/python3/dist-packages/pymodbus/__init__.py' },
] as const;

/** Installs what is missing, where that is possible: on Debian, as root. Throws if something is missing in the end. */
export function installTools(): void {
  if (missing().length === 0) return;
  if (process.getuid?.() === 0 && existsSync('/usr/bin/apt-get')) {
    apt('update', '-q');
    apt('install', '-qq', '-y', '--no-install-recommends', ...missing());
  }
  const left = missing();
  if (left.length > 0) {
    throw new Error(`the tests need these Debian packages: ${left.join(' ')} (sudo apt-get install ${left.join(' ')})`);
  }
}

function missing(): string[] {
  return TOOLS.filter(({ file }) => !existsSync(file)).map((tool) => tool.package);
}

function apt(...args: string[]): void {
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  spawnSync('apt-get', args, { stdio: ['ignore', 'ignore', 'inherit'], env });
}
