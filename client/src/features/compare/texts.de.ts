import type { en } from './texts.en.ts';

/** The texts of the comparison, in German. */
export const de: typeof en = {
  compare: {
    title: 'Vergleich',
    heatpumps: 'Wärmepumpen',
    quantities: 'Werte',
    help: 'Wählen Sie zwei bis acht Wärmepumpen, gleich welchen Herstellers.',
    few: 'Fügen Sie eine zweite Wärmepumpe hinzu: Eine allein lässt sich nicht vergleichen.',
    most: (count) => `Höchstens ${count} auf einmal.`,
    missing: (names) => `Nicht gemessen von ${names}.`,
    values: 'Jetzt und in dieser Zeit',
    shared: 'Die Adresse dieser Seite ist der Vergleich: Senden Sie sie, um ihn zu teilen.',
  },
};
