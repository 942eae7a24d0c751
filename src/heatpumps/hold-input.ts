import { z } from 'zod';
import { badInput } from '../domain/errors.ts';
import type { HoldRule } from '../domain/hold.ts';
import type { Sensor } from '../domain/sensor.ts';
import type { WriteInput } from '../domain/write.ts';
import { check, line, whole } from '../input/check.ts';

/** A value to be held, as a user describes it; without an id, on the only heat pump there is. */
export interface HoldInput {
  readonly heatpumpId?: string | null | undefined;
  readonly key: string;
  readonly value: WriteInput;
  /** For how long, unless the holder asks again. */
  readonly ttlMs: number;
  readonly holder: string;
  /** Who asks, for the record. */
  readonly actor?: string | null;
}

/** Which hold to end. */
export interface ReleaseInput {
  readonly heatpumpId?: string | null | undefined;
  readonly key: string;
  readonly holder: string;
}

const holder = line(100);
/** A holder that is gone is noticed within a day; one that is there need not ask more often than the server refreshes. */
const terms = z.object({ holder, ttlMs: whole(10_000, 24 * 3_600_000) });

/** For how long, for whom, and who has asked for it. */
export interface HoldTerms {
  readonly holder: string;
  readonly ttlMs: number;
  readonly actor: string | null;
}

/** The terms of a hold. Throws `BAD_USER_INPUT`. */
export function checkTerms({ holder, ttlMs, actor = null }: HoldInput): HoldTerms {
  return { ...check(terms, { holder, ttlMs }), actor };
}

/** Whose hold. Throws `BAD_USER_INPUT`. */
export function checkHolder({ holder: name }: ReleaseInput): string {
  return check(z.object({ holder }), { holder: name }).holder;
}

/** How the value of a sensor is held. Throws `BAD_USER_INPUT` if it is not for holding. */
export function requireHoldRule({ key, hold, writeHazard }: Sensor): HoldRule {
  if (hold) return hold;
  const reason = writeHazard === 'CYCLIC' ? 'no value is known to give it back as' : 'it needs no refreshing';
  throw badInput({ path: ['input', 'key'], message: `${key} cannot be held: ${reason}` });
}
