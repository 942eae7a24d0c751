import { AppError, badInput } from '../domain/errors.ts';
import { withoutSecrets } from '../domain/redaction.ts';

/** What an entry of a report is about. */
export type ImportKind = 'HEATPUMP' | 'DASHBOARD' | 'CHART' | 'JOB' | 'ALERT' | 'CHANNEL' | 'SETTING';

/**
 * What became of it. `TAKEN`: it came over. `ADAPTED`: it came over with a difference. `PRESENT`: it was here already and
 * stays as it is. `NOT_TAKEN`: it did not come over.
 */
export type ImportOutcome = 'TAKEN' | 'ADAPTED' | 'PRESENT' | 'NOT_TAKEN';

/** One entry of a report. */
export interface ImportItem {
  readonly kind: ImportKind;
  readonly name: string;
  readonly outcome: ImportOutcome;
  /** Its id here; null if it has none. */
  readonly id: string | null;
  /** The difference, or why it did not come over, as an English sentence; null where there is nothing to say. */
  readonly reason: string | null;
  /** What did not come over, as it was, without secrets; null where nothing is lost. */
  readonly original: unknown;
}

/** What a takeover has done, or would do. */
export interface ImportReport {
  readonly file: string;
  /** Which of the two layouts the database has. */
  readonly schema: 1 | 2;
  /** Nothing was written. */
  readonly isDryRun: boolean;
  readonly items: readonly ImportItem[];
}

/** Notes item by item what becomes of a database. */
export class ReportBook {
  readonly items: ImportItem[] = [];

  /** It comes over, if `reason` is given with that difference; `original` is what does not. */
  taken(kind: ImportKind, name: string, id: string, reason: string | null = null, original: unknown = null): void {
    this.#add({ kind, name, outcome: reason === null ? 'TAKEN' : 'ADAPTED', id, reason, original });
  }

  /** It is here already. */
  present(kind: ImportKind, name: string, id: string, reason: string | null = null): void {
    this.#add({ kind, name, outcome: 'PRESENT', id, reason, original: null });
  }

  /** A part of something that comes over does not, or changes. */
  adapted(kind: ImportKind, name: string, reason: string, original: unknown): void {
    this.#add({ kind, name, outcome: 'ADAPTED', id: null, reason, original });
  }

  /** It does not come over. */
  notTaken(kind: ImportKind, name: string, reason: string, original: unknown): void {
    this.#add({ kind, name, outcome: 'NOT_TAKEN', id: null, reason, original });
  }

  #add(item: ImportItem): void {
    this.items.push({ ...item, original: withoutSecrets(item.original) });
  }
}

/** Refuses something of the file, for the report. */
export function refusal(message: string): AppError {
  return badInput({ path: ['input'], message });
}

/** Why something was refused, field by field. Rethrows what is no refusal. */
export function refusalOf(thrown: unknown): string {
  if (!(thrown instanceof AppError)) throw thrown;
  return thrown.issues.map(({ path, message }) => [...path.slice(1), message].join(' ')).join('; ');
}

const HEADINGS: Readonly<Record<ImportOutcome, string>> = {
  TAKEN: 'Taken over',
  ADAPTED: 'Taken over with a difference',
  PRESENT: 'Here already',
  NOT_TAKEN: 'Not taken over',
};

const KINDS: Readonly<Record<ImportKind, string>> = {
  HEATPUMP: 'heat pump',
  DASHBOARD: 'dashboard',
  CHART: 'chart',
  JOB: 'job',
  ALERT: 'alert',
  CHANNEL: 'channel',
  SETTING: 'setting',
};

/** How many items have each outcome. */
export function countsOf({ items }: ImportReport): Record<ImportOutcome, number> {
  const count = (wanted: ImportOutcome) => items.filter(({ outcome }) => outcome === wanted).length;
  return { TAKEN: count('TAKEN'), ADAPTED: count('ADAPTED'), PRESENT: count('PRESENT'), NOT_TAKEN: count('NOT_TAKEN') };
}

/** The report for people, with the original of everything that was lost. */
export function reportText(report: ImportReport): string {
  const { file, schema, isDryRun, items } = report;
  const sections = (Object.keys(HEADINGS) as ImportOutcome[]).flatMap((outcome) => {
    const own = items.filter((item) => item.outcome === outcome);
    return own.length === 0 ? [] : [`\n${HEADINGS[outcome]} (${own.length})`, ...own.flatMap(linesOf)];
  });
  const head = `idm_logger database ${file}, schema ${schema}${isDryRun ? '; dry run, nothing was written' : ''}`;
  return `${[head, ...sections].join('\n')}\n`;
}

function linesOf({ kind, name, id, reason, original }: ImportItem): string[] {
  const line = `  ${KINDS[kind]} ${name}${id === null ? '' : ` (${id})`}${reason === null ? '' : `: ${reason}`}`;
  return original === null ? [line] : [line, `    ${JSON.stringify(original)}`];
}
