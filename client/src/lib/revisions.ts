/** What an event of live readings says about its place among the others of its heat pump. */
export interface RevisedEvent {
  readonly heatpump: { readonly id: string };
  readonly revision: number;
  /** Events before it for which it stands, too. */
  readonly skipped: number;
  readonly complete: boolean;
}

/** Which revision of each heat pump was told last, so that nothing is taken twice and no hole goes unnoticed. */
export class Revisions {
  readonly #last = new Map<string, number>();

  /** From where to go on after a cut: nothing before it is missing; null: from the beginning. */
  get since(): number | null {
    return this.#last.size === 0 ? null : Math.min(...this.#last.values());
  }

  /** `NEW`: to be taken. `KNOWN`: it was told before. `HOLE`: something before it is missing. */
  add({ heatpump: { id }, revision, skipped, complete }: RevisedEvent): 'NEW' | 'KNOWN' | 'HOLE' {
    const last = this.#last.get(id);
    if (!complete) {
      if (last === undefined || revision - skipped > last + 1) return 'HOLE';
      if (revision <= last) return 'KNOWN';
    }
    this.#last.set(id, revision);
    return 'NEW';
  }
}
