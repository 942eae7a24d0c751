import type { Reading } from './snapshot.ts';

/**
 * The outcomes of a connection test. `TIMEOUT`: no connection. `NO_ANSWER`: connected, but silent. `WRONG_UNIT`: the
 * unit id is not answered there. `WRONG_MODEL`: it answers, but not like this model. `WRONG_VERSION`: it is this model, but
 * its interface is of another version.
 */
export const CONNECTION_TEST_CODES = [
  'OK',
  'DNS_FAILED',
  'REFUSED',
  'TIMEOUT',
  'NO_ANSWER',
  'WRONG_UNIT',
  'WRONG_MODEL',
  'WRONG_VERSION',
  'NOT_ALLOWED',
  'PROTOCOL_ERROR',
] as const;
/** One of {@link CONNECTION_TEST_CODES}. */
export type ConnectionTestCode = (typeof CONNECTION_TEST_CODES)[number];

/** What a test of a connection found; a test only ever reads. */
export interface ConnectionTest {
  readonly code: ConnectionTestCode;
  /** One English sentence that says what happened and what to do next. */
  readonly message: string;
  /** Time of the first answered request; null if there was none. */
  readonly latencyMs: number | null;
  /** Firmware version, where the device tells. */
  readonly firmware: string | null;
  /** A few values for the owner to recognise the heat pump by. */
  readonly readings: readonly Reading[];
}
