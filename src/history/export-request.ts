import { badInput, type Issue } from '../domain/errors.ts';
import type { Heatpump } from '../domain/heatpump.ts';
import { QUANTITIES, type Quantity } from '../domain/quantity.ts';
import { checkSpan } from './history.ts';
import type { Span } from './points.ts';
import type { Selection } from './selection.ts';

/** How numbers are written in a table: with a comma, cells are separated by semicolons, as spreadsheets there expect. */
export const DECIMALS = ['point', 'comma'] as const;
/** One of {@link DECIMALS}. */
export type Decimal = (typeof DECIMALS)[number];

/** What is to be exported. */
export interface ExportRequest extends Selection, Span {
  /** 0: every value. */
  readonly stepMs: number;
  /** How a table writes its numbers. */
  readonly decimal: Decimal;
}

/** Where the heat pumps of an export are found. */
export interface HeatpumpLookup {
  find(id: string): Heatpump | null;
  default(): Heatpump | null;
}

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

/** The steps that can be asked for. */
const STEPS: Readonly<Record<string, number>> = {
  raw: 0,
  '1m': MINUTE_MS,
  '5m': 5 * MINUTE_MS,
  '10m': 10 * MINUTE_MS,
  '15m': 15 * MINUTE_MS,
  '30m': 30 * MINUTE_MS,
  '1h': HOUR_MS,
  '3h': 3 * HOUR_MS,
  '6h': 6 * HOUR_MS,
  '12h': 12 * HOUR_MS,
  '1d': 24 * HOUR_MS,
};

const PARAMETERS = ['heatpumpId', 'keys', 'quantities', 'from', 'to', 'step', 'decimal'];

/** Reads the parameters of an export's address. Throws `BAD_USER_INPUT` or `NOT_FOUND`, naming the parameter. */
export function readExportRequest(parameters: URLSearchParams, heatpumps: HeatpumpLookup): ExportRequest {
  const unknown = [...parameters.keys()].find((name) => !PARAMETERS.includes(name));
  if (unknown !== undefined) throw refusal(unknown, `is not known; there are ${PARAMETERS.join(', ')}`);
  const request = {
    heatpumps: heatpumpsOf(listOf(parameters, 'heatpumpId'), heatpumps),
    keys: listOf(parameters, 'keys'),
    quantities: listOf(parameters, 'quantities').map(quantityOf),
    from: timeOf(parameters, 'from'),
    to: timeOf(parameters, 'to'),
    stepMs: stepOf(parameters.get('step') ?? 'raw'),
    decimal: decimalOf(parameters.get('decimal') ?? 'point'),
  };
  checkSpan(request);
  return request;
}

function listOf(parameters: URLSearchParams, name: string): string[] {
  return parameters
    .getAll(name)
    .flatMap((text) => text.split(','))
    .filter((text) => text !== '');
}

function heatpumpsOf(ids: readonly string[], heatpumps: HeatpumpLookup): Heatpump[] {
  if (ids.length === 0) return [heatpumps.default()].filter((heatpump) => heatpump !== null);
  return [...new Set(ids)].map((id) => {
    const heatpump = heatpumps.find(id);
    if (heatpump) return heatpump;
    throw refusal('heatpumpId', `there is no heat pump ${JSON.stringify(id.slice(0, 100))}`);
  });
}

function quantityOf(name: string): Quantity {
  if (Object.hasOwn(QUANTITIES, name)) return name as Quantity;
  throw refusal('quantities', `must be some of ${Object.keys(QUANTITIES).join(', ')}`);
}

function timeOf(parameters: URLSearchParams, name: string): number {
  const text = parameters.get(name) ?? '';
  const time = /^\d{4}-\d{2}-\d{2}/.test(text) ? Date.parse(text) : Number.NaN;
  if (Number.isNaN(time)) throw refusal(name, 'must be a time like 2026-01-15T12:00:00Z');
  return time;
}

function stepOf(name: string): number {
  const stepMs = Object.hasOwn(STEPS, name) ? STEPS[name] : undefined;
  if (stepMs === undefined) throw refusal('step', `must be one of ${Object.keys(STEPS).join(', ')}`);
  return stepMs;
}

function decimalOf(name: string): Decimal {
  const decimal = DECIMALS.find((known) => known === name);
  if (decimal === undefined) throw refusal('decimal', `must be one of ${DECIMALS.join(', ')}`);
  return decimal;
}

function refusal(name: string, message: string): Error {
  return badInput({ path: [name], message } satisfies Issue);
}
