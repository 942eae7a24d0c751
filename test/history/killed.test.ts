import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import Database from 'better-sqlite3';
import { build } from 'vite';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openForReading } from '../../src/history/history-file.ts';
import { HistoryReader } from '../../src/history/history-reader.ts';
import { makeTempDir } from '../support/house.ts';

const KILLS = 200;
const SCANS_PER_BATCH = 3;
const START = Date.UTC(2026, 0, 15);
const QUARTER_MS = 15 * 60_000;

const directory = makeTempDir();
const program = join(directory.path, 'killed-writer.js');

/** In one file, for a loader would make every start ten times as long. */
beforeAll(async () => {
  symlinkSync(fileURLToPath(new URL('../../node_modules', import.meta.url)), join(directory.path, 'node_modules'));
  const entry = fileURLToPath(new URL('killed-writer.ts', import.meta.url));
  const output = { entryFileNames: 'killed-writer.js' };
  const options = { ssr: entry, outDir: directory.path, emptyOutDir: false, rolldownOptions: { output } };
  await build({ configFile: false, logLevel: 'silent', build: options });
});
afterAll(() => directory.remove());

/** Lets a writer run for a random while, kills it, and returns the batches that it said are on disk. */
async function runAndKill(file: string, firstBatch: number): Promise<number[]> {
  const child = spawn(process.execPath, [program, file, String(firstBatch)], { stdio: ['ignore', 'pipe', 'inherit'] });
  let output = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    output += text;
  });
  const closed = once(child, 'close');
  await Promise.race([once(child.stdout, 'data'), closed]);
  await new Promise((resolve) => setTimeout(resolve, Math.random() * 40));
  child.kill('SIGKILL');
  const [code, signal] = await closed;
  expect([code, signal]).toStrictEqual([null, 'SIGKILL']);
  // A line that was cut short says nothing.
  return output.split('\n').slice(0, -1).map(Number);
}

function integrity(file: string): unknown {
  const database = new Database(file);
  try {
    return database.pragma('integrity_check', { simple: true });
  } finally {
    database.close();
  }
}

/** Kills writers of one file again and again; returns what they said is on disk. */
async function killAgainAndAgain(file: string, kills: number): Promise<number[]> {
  const acknowledged: number[] = [];
  for (let kill = 0; kill < kills; kill++) {
    // The batch after the last one may have come to disk without an answer.
    acknowledged.push(...(await runAndKill(file, (acknowledged.at(-1) ?? -2) + 2)));
    expect(integrity(file)).toBe('ok');
  }
  return acknowledged;
}

/** Both values of every scan in the file, by its time. */
function readAll(file: string, to: number): Map<number, (number | undefined)[]> {
  const reader = new HistoryReader(openForReading(file));
  const series = ['temp_outside', 'energy_heat_total'].map((key) => ({ heatpumpId: 'hp-1', key, unit: null }));
  const [temperature, energy] = reader.read({ series, from: START, to, maxPoints: 1e9, stepMs: 0, now: to });
  reader.database.close();
  return new Map(Array.from(temperature?.at ?? [], (at, i) => [at, [temperature?.mean[i], energy?.mean[i]]]));
}

it(`keeps every batch acknowledged before one of ${KILLS} SIGKILLs, and the file whole`, async () => {
  const files = ['a.db', 'b.db'].map((name) => join(directory.path, name));
  const results = await Promise.all(files.map((file) => killAgainAndAgain(file, KILLS / files.length)));
  for (const [place, acknowledged] of results.entries()) {
    expect(acknowledged.length).toBeGreaterThan(KILLS / 2);
    const to = START + ((acknowledged.at(-1) ?? 0) + 2) * SCANS_PER_BATCH * QUARTER_MS;
    const read = readAll(files[place] ?? '', to);
    for (const batch of acknowledged) {
      for (let scan = 0; scan < SCANS_PER_BATCH; scan++) {
        const index = SCANS_PER_BATCH * batch + scan;
        expect(read.get(START + index * QUARTER_MS), `batch ${batch}`).toStrictEqual([index / 10, 5_000 + index]);
      }
    }
  }
}, 180_000);
