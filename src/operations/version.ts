import { readFileSync } from 'node:fs';

/** The version of Thermograph, e.g. "0.1.0"; src/ and dist/ are equally deep. */
export function readVersion(): string {
  const text = readFileSync(new URL('../../package.json', import.meta.url), 'utf8');
  return (JSON.parse(text) as { version: string }).version;
}
