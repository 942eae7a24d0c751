import { CLIENT_CORE, messageOf, start } from './processes.ts';
import type { ScrapeRound } from './scrape-side.ts';
import { median, print } from './table.ts';

const ROUNDS = 7;
const SCRAPES_PER_ROUND = 5;

/** What a scrape of 100,000 series costs beside prom-client, if a fifth or all of the values have changed since the last. */
export async function compareScrapes(): Promise<void> {
  for (const [what, every] of [
    ['a fifth of the values changed', 5],
    ['every value changed', 1],
  ] as const) {
    const [ours, theirs] = await rounds(every);
    const cpu = (side: readonly ScrapeRound[]) => median(side.flatMap(({ cpuMs }) => cpuMs));
    const stall = (side: readonly ScrapeRound[]) => Math.max(...side.map(({ stallMs }) => stallMs));
    print(`Scrape of ${ours[0]?.series} series, ${((ours[0]?.bytes ?? 0) / 1e6).toFixed(1)} MB, ${what}`, [
      ['CPU: Thermograph', `${cpu(ours).toFixed(1)} ms`],
      ['CPU: prom-client', `${cpu(theirs).toFixed(1)} ms`],
      ['ratio', `1/${(cpu(theirs) / cpu(ours)).toFixed(1)}`],
      ['longest standstill: Thermograph', `${stall(ours).toFixed(1)} ms`],
      ['longest standstill: prom-client', `${stall(theirs).toFixed(1)} ms`],
    ]);
  }
}

/** Both sides in turn, so that both suffer alike from whatever else runs. */
async function rounds(every: number): Promise<[ScrapeRound[], ScrapeRound[]]> {
  const sides = ['ours', 'theirs'].map((side) => start('scrape-side', CLIENT_CORE, side, every));
  const results: [ScrapeRound[], ScrapeRound[]] = [[], []];
  // The first round is for warming up.
  for (let round = 0; round <= ROUNDS; round++) {
    for (const [index, side] of sides.entries()) {
      side.send(SCRAPES_PER_ROUND);
      const result = await messageOf<ScrapeRound>(side);
      if (round > 0) results[index]?.push(result);
    }
  }
  for (const side of sides) side.kill();
  return results;
}
