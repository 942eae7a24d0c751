import { fileURLToPath } from 'node:url';
import { killAgainAndAgain } from '../test/support/kill-loop.ts';
import { print } from './table.ts';

const SERVER = fileURLToPath(new URL('../src/main.js', import.meta.url));

/** Kills a server at random moments for so many minutes. Throws if it has lost or repeated anything. */
export async function killForMinutes(minutes = '30'): Promise<void> {
  const report = await killAgainAndAgain([SERVER], Number(minutes) * 60_000);
  print(`A server killed again and again for ${minutes} minutes`, [
    ['kills, those while it was serving', `${report.kills}, ${report.killsWhileServing}`],
    ['writes asked for', String(report.asked)],
    ['acknowledged, and found in the database', String(report.acknowledged)],
    ['arrived at the heat pump, each once', String(report.arrived)],
    ['faults', String(report.faults.length)],
  ]);
  if (report.faults.length > 0) throw new Error(report.faults.slice(0, 10).join('\n'));
}
