import { join } from 'node:path';
import { withDatabase } from './database-copies.ts';
import { waysBack } from './restore-swap.ts';

/**
 * The ids of the heat pumps that were there before restores. What belongs to them is to be kept for as long as one can go back,
 * although they are not there now. What cannot be read has none.
 */
export function heatpumpsToGoBackTo(dataDir: string): string[] {
  return waysBack(dataDir).flatMap((name) => heatpumpsIn(join(dataDir, name, 'thermograph.db')));
}

function heatpumpsIn(file: string): string[] {
  try {
    return withDatabase(file, (database) => database.prepare<[], string>('SELECT "id" FROM "Heatpump"').pluck().all());
  } catch {
    return [];
  }
}
