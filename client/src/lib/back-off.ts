const FIRST_MS = 300;
const LONGEST_MS = 4_000;

/**
 * How long to wait before the next attempt, after `attempts` failed ones: twice as long each time up to four seconds,
 * less up to half by `random` (0 to 1), so that many clients do not come back at the same moment.
 */
export function backOffMs(attempts: number, random: number): number {
  return Math.min(LONGEST_MS, FIRST_MS * 2 ** attempts) * (1 - random / 2);
}
