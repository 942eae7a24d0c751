import { openForWriting } from '../../src/history/history-file.ts';
import { HistoryWriter } from '../../src/history/history-writer.ts';

/**
 * Writes batches of three scans to the file given until it is killed, and says on standard output which are on disk. Four
 * scans an hour make every fourth batch pack and roll up. The second argument is the first batch's number.
 */
const [file = '', first = '0'] = process.argv.slice(2);
const START = Date.UTC(2026, 0, 15);
const QUARTER_MS = 15 * 60_000;
const writer = new HistoryWriter(openForWriting(file), { rawDays: 36_500, minuteDays: 36_500, maxBytes: 1e12 });
const rules = { maxPerHour: 200, resolution: 0, wrapsAt: null };
const series = [
  { key: 'temp_outside', kind: 'ANALOG', unit: '°C', rules: null },
  { key: 'energy_heat_total', kind: 'COUNTER', unit: 'kWh', rules },
] as const;
const layouts = new Map([[1, { id: 1, heatpumpId: 'hp-1', series }]]);

for (let batch = Number(first); ; batch++) {
  const numbers = [0, 1, 2].flatMap((scan) => {
    const index = 3 * batch + scan;
    return [1, START + index * QUARTER_MS, QUARTER_MS, index / 10, 5_000 + index];
  });
  writer.write(Float64Array.from(numbers), layouts);
  process.stdout.write(`${batch}\n`);
  writer.maintain(START + (3 * batch + 2) * QUARTER_MS);
}
