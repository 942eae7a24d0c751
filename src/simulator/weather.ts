const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const YEAR_MS = 365.25 * DAY_MS;
/** Coldest times: mid January, five in the morning (UTC, as in central Europe in winter). */
const COLDEST_DAY_MS = 15 * DAY_MS;
const COLDEST_HOUR_MS = 5 * HOUR_MS;

/** Outdoor temperature without chance, in °C, at a time in milliseconds UTC: a year's wave and a day's wave. */
export function climateC(timeMs: number): number {
  const year = Math.cos((2 * Math.PI * (timeMs - COLDEST_DAY_MS)) / YEAR_MS);
  const day = Math.cos((2 * Math.PI * (timeMs - COLDEST_HOUR_MS)) / DAY_MS);
  return 9 - 9.5 * year - 3.5 * day;
}

/** Wandering deviation from the climate: pulled back to zero, pushed by chance; about ±3 K over days. */
export class Wander {
  deviationK = 0;
  readonly #random: () => number;

  constructor(random: () => number) {
    this.#random = random;
  }

  /** Lets `stepMs` pass. */
  step(stepMs: number): void {
    const days = stepMs / DAY_MS;
    const push = (this.#random() - 0.5) * Math.sqrt(12 * days) * 3.5;
    this.deviationK += push - this.deviationK * days * 0.7;
  }
}
