import type { IncomingMessage, ServerResponse } from 'node:http';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Visitor } from '../domain/access.ts';
import type { Clock } from '../domain/clock.ts';
import { Refusal } from '../domain/refusal.ts';
import { EXPORT_FORMATS } from './export-format.ts';
import { type HeatpumpLookup, readExportRequest } from './export-request.ts';
import { exportHistory } from './export-rows.ts';
import type { History } from './history.ts';

/** What an export needs of the house. */
export interface ExportDeps {
  readonly history: History;
  /** The heat pumps that somebody may see. */
  readonly heatpumps: (visitor: Visitor) => HeatpumpLookup;
  readonly clock: Clock;
}

/** Answers requests for exports by their path. */
export type ExportHandlers = ReadonlyMap<
  string,
  (request: IncomingMessage, response: ServerResponse, visitor: Visitor) => Promise<void>
>;

/** Exports that may run at once; each holds a window of rows in memory. */
const MAX_EXPORTS = 4;

/** `/export/history.csv` and `/export/history.json`, streamed as fast as the reader takes them. */
export function createExports(deps: ExportDeps): ExportHandlers {
  let running = 0;
  return new Map(
    (['csv', 'json'] as const).map((name) => [
      `/export/history.${name}`,
      async (request, response, visitor) => {
        if (request.method !== 'GET') throw new Refusal(405, 'BAD_USER_INPUT', 'only GET is allowed');
        if (running >= MAX_EXPORTS) throw new Refusal(503, 'BUSY', 'too many exports at once; try again later');
        running++;
        try {
          await send(deps, name, request, response, visitor);
        } finally {
          running--;
        }
      },
    ]),
  );
}

async function send(
  { history, heatpumps, clock }: ExportDeps,
  name: keyof typeof EXPORT_FORMATS,
  { url = '' }: IncomingMessage,
  response: ServerResponse,
  visitor: Visitor,
): Promise<void> {
  const { contentType, write } = EXPORT_FORMATS[name];
  const asked = readExportRequest(new URL(url, 'http://localhost').searchParams, heatpumps(visitor));
  const made = await exportHistory(history, asked, clock.now());
  response.writeHead(200, {
    'Content-Type': contentType,
    'Content-Disposition': `attachment; filename="history.${name}"`,
    'Cache-Control': 'no-store',
  });
  try {
    await pipeline(Readable.from(write(made, asked.decimal)), response);
  } catch (thrown) {
    // Whoever has read enough may go.
    if (!response.destroyed) throw thrown;
  }
}
