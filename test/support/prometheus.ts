import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { makeTempDir } from './house.ts';
import { startProgram } from './program.ts';
import { toolPath } from './tools.ts';

/** One series as Prometheus understood it. */
export interface Series {
  /** Without `__name__`, and without the labels Prometheus adds. */
  readonly labels: Readonly<Record<string, string>>;
  readonly name: string;
  readonly value: number;
}

/** A real Prometheus that scrapes one server several times a second. */
export interface Prometheus {
  /** The series that fit a selector, as of the latest scrape. */
  query(selector: string): Promise<Series[]>;
  close(): Promise<void>;
}

/** Starts Prometheus on a free port of this computer. */
export async function startPrometheus(serverUrl: string, metricsPath = '/metrics'): Promise<Prometheus> {
  const directory = makeTempDir();
  const config = join(directory.path, 'prometheus.json');
  const job = { job_name: 'test', metrics_path: metricsPath, static_configs: [{ targets: [new URL(serverUrl).host] }] };
  const interval = { scrape_interval: '400ms', scrape_timeout: '400ms' };
  writeFileSync(config, JSON.stringify({ global: interval, scrape_configs: [job] }));
  const program = startProgram(toolPath('prometheus'), [
    `--config.file=${config}`,
    `--storage.tsdb.path=${join(directory.path, 'series')}`,
    '--web.listen-address=127.0.0.1:0',
  ]);
  const [, address] = await program.until(/msg="Listening on" address=(127\.0\.0\.1:\d+)/);
  await program.until(/ready to receive web requests/);
  return {
    query: (selector) => query(`http://${address}`, selector),
    close: async () => {
      await program.end();
      directory.remove();
    },
  };
}

async function query(url: string, selector: string): Promise<Series[]> {
  const response = await fetch(`${url}/api/v1/query?query=${encodeURIComponent(selector)}`);
  const { data } = (await response.json()) as {
    data: { result: { metric: Record<string, string>; value: [number, string] }[] };
  };
  return data.result.map(({ metric: { __name__ = '', job, instance, ...labels }, value: [, text] }) => ({
    name: __name__,
    labels,
    value: Number(text),
  }));
}
