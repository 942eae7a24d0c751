import type { ChildProcess } from 'node:child_process';
import { CLIENT_CORE, DEVICE_CORE, messageOf, start } from './processes.ts';
import type { SoakSample } from './soak-server.ts';
import { megabytes, print } from './table.ts';

const UNITS = 100;
const FLAPPING_SHARE = 0.3;
const MINUTES = 20;
const SAMPLE_EVERY_MS = 5_000;
const MINUTE_MS = 60_000;
/** Units that were away are tried again after a minute at the latest, and read gently by then. */
const CALM_MINUTES = 3;

async function sampleOf(server: ChildProcess): Promise<SoakSample> {
  server.send('SAMPLE');
  return messageOf<SoakSample>(server);
}

async function samplesFor(server: ChildProcess, ms: number): Promise<SoakSample[]> {
  const samples = [await sampleOf(server)];
  for (const endAt = performance.now() + ms; performance.now() < endAt; ) {
    await new Promise((resolve) => setTimeout(resolve, SAMPLE_EVERY_MS));
    samples.push(await sampleOf(server));
  }
  return samples;
}

/** The line through the heap sizes by least squares, in bytes a minute, and twice the standard error of that. */
function slopeOf(samples: readonly SoakSample[]): { readonly perMinute: number; readonly doubt: number } {
  const mean = (of: (sample: SoakSample) => number) => samples.reduce((sum, one) => sum + of(one), 0) / samples.length;
  const minutes = ({ atMs }: SoakSample) => atMs / MINUTE_MS;
  const [x0, y0] = [mean(minutes), mean(({ heapBytes }) => heapBytes)];
  const spread = samples.reduce((sum, one) => sum + (minutes(one) - x0) ** 2, 0);
  const perMinute = samples.reduce((sum, one) => sum + (minutes(one) - x0) * (one.heapBytes - y0), 0) / spread;
  const residue = samples.reduce((sum, one) => sum + (one.heapBytes - y0 - perMinute * (minutes(one) - x0)) ** 2, 0);
  return { perMinute, doubt: 2 * Math.sqrt(residue / (samples.length - 2) / spread) };
}

function report(before: SoakSample, during: readonly SoakSample[], after: SoakSample, minutes: number): void {
  const { perMinute, doubt } = slopeOf(during.slice(Math.floor(during.length / 2)));
  const kilobytes = (bytes: number) => (bytes / 1_000).toFixed(1);
  const handles = ({ resources, descriptors }: SoakSample) =>
    `${resources} resources, ${descriptors?.length ?? '?'} descriptors`;
  const added = [...(after.descriptors ?? [])];
  for (const name of before.descriptors ?? []) if (added.includes(name)) added.splice(added.indexOf(name), 1);
  const failures = (during.at(-1)?.failures ?? 0) - before.failures;
  print(`Soak: ${UNITS} units for ${minutes} minutes, ${FLAPPING_SHARE * 100} % of them going away and coming back`, [
    ['failed requests', String(failures)],
    ['online meanwhile, at least', String(Math.min(...during.map(({ online }) => online)))],
    ['heap at first and at last', `${megabytes(before.heapBytes)}, ${megabytes(after.heapBytes)}`],
    ['slope of the heap, second half', `${kilobytes(perMinute)} ± ${kilobytes(doubt)} kB a minute`],
    ['handles with all units there, before', handles(before)],
    ['handles with all units there, after', handles(after)],
    ['descriptors that were not there before', added.join(', ') || 'none'],
    ['online in the end', `${after.online} of ${UNITS}`],
  ]);
}

/** Runs a whole server for minutes (20, or as told) over units of which some come and go: what it holds must not grow. */
export async function soak(minutes: string | number = MINUTES): Promise<void> {
  const device = start('fleet-device', DEVICE_CORE, UNITS, FLAPPING_SHARE);
  const server = start('soak-server', CLIENT_CORE, ...(await messageOf<number[]>(device)));
  try {
    await messageOf(server);
    const before = (await samplesFor(server, MINUTE_MS / 2)).at(-1);
    device.send('FLAP');
    const during = await samplesFor(server, Number(minutes) * MINUTE_MS);
    device.send('CALM');
    const after = (await samplesFor(server, CALM_MINUTES * MINUTE_MS)).at(-1);
    if (before && after) report(before, during, after, Number(minutes));
    server.send('END');
  } finally {
    device.kill();
    server.kill();
  }
}
