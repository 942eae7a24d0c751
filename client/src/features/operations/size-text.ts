import type { Format } from '../../lib/format.ts';

const UNITS = ['B', 'kB', 'MB', 'GB', 'TB'];

/** Bytes in the unit that makes a short number of them. */
export function sizeText(format: Format, bytes: number): string {
  const index = Math.min(UNITS.length - 1, Math.floor(Math.log10(Math.max(1, bytes)) / 3));
  const value = bytes / 1_000 ** index;
  return `${format.number(value, index > 0 && value < 10 ? 1 : 0)} ${UNITS[index]}`;
}
