import { existsSync } from 'node:fs';

/** Programs from outside that tests measure ours against; `npm test` installs them on Debian. */
const TOOLS = {
  chromium: ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'],
  mbpoll: ['/usr/bin/mbpoll'],
  promtool: ['/usr/bin/promtool'],
  prometheus: ['/usr/bin/prometheus'],
  python: ['/usr/bin/python3'],
} as const;

/** The path of a program. Throws if it is not installed: a test that cannot run has failed. */
export function toolPath(name: keyof typeof TOOLS): string {
  const path = TOOLS[name].find((candidate) => existsSync(candidate));
  if (path) return path;
  throw new Error(`${name} is not installed (looked at ${TOOLS[name].join(', ')}); see CONTRIBUTING.md`);
}
