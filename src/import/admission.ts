import { createHash } from 'node:crypto';
import { type Loose, textOf } from './loose.ts';
import { type ImportKind, type ReportBook, refusal } from './report.ts';

/** The id that a row or object has in the file; one without is known by all it holds. */
export function idOf(row: Loose): string {
  return textOf(row.id) || JSON.stringify(row);
}

/** The id of what comes over: always the same for the same original, so that nothing comes over twice. */
export function takenId(...original: readonly string[]): string {
  return `idm-${createHash('sha256').update(JSON.stringify(original)).digest('hex').slice(0, 24)}`;
}

/** What is here, what comes over so far, and how many of them there may be. */
interface Room {
  readonly existing: readonly { readonly id: string }[];
  readonly taken: readonly { readonly id: string }[];
  readonly most: number;
}

/** False, and noted, for what is here already. Throws an `AppError` if there is no room for it. */
export function isNew(
  kind: ImportKind,
  { id, name }: { id: string; name: string },
  room: Room,
  report: ReportBook,
): boolean {
  const { existing, taken, most } = room;
  if (existing.some((one) => one.id === id)) {
    report.present(kind, name, id);
    return false;
  }
  if (taken.some((one) => one.id === id)) throw refusal('it is in the file twice');
  if (existing.length + taken.length >= most) throw refusal(`there are ${most} already, and no more are kept`);
  return true;
}
