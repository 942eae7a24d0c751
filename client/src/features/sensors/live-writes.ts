import type { CombinedError } from '@urql/core';
import { useApi } from '../../graphql/client.tsx';
import { WriteSensorDocument, WritesDocument } from '../../graphql/generated/sensors.ts';
import { UndoWriteDocument } from '../../graphql/generated/settings-history.ts';
import type { SettingObstacle, WriteOutcomeFragment } from '../../graphql/generated/types.ts';
import { createLive } from '../../graphql/live.ts';
import { SignalMap } from '../../graphql/signal-map.ts';

/** A value to write, as the API takes it: a number in the unit of the sensor, or the name of an option. */
export type WriteValue = number | string;

/** How far the last write of a sensor has come. */
export type WriteProgress =
  | { readonly kind: 'SENDING' }
  /** Nothing was written. */
  | { readonly kind: 'FAILED'; readonly error: CombinedError }
  /** It was not taken back. */
  | { readonly kind: 'KEPT'; readonly obstacle: SettingObstacle }
  /** `receivedAt`: when we heard of it, in milliseconds UTC. */
  | { readonly kind: 'SENT'; readonly write: WriteOutcomeFragment; readonly receivedAt: number };

/** The writes of one heat pump, whoever sent them. */
export interface LiveWrites {
  /** The last write of a sensor; undefined: none since the page was opened. */
  progress(key: string): WriteProgress | undefined;
  /** Sends a value; what becomes of it shows in the progress. */
  send(key: string, value: WriteValue): Promise<void>;
  /** Takes a write back; what becomes of that shows in the progress. */
  undo(write: WriteOutcomeFragment): Promise<void>;
}

/** Listens to the writes of a heat pump, and sends new ones. */
export function createLiveWrites(heatpumpId: () => string): LiveWrites {
  const { client } = useApi();
  const progress = new SignalMap<WriteProgress>();
  const take = (write: WriteOutcomeFragment) => {
    if (isNews(progress.get(write.key), write)) {
      progress.set(write.key, { kind: 'SENT', write, receivedAt: Date.now() });
    }
  };
  createLive(
    WritesDocument,
    () => ({ heatpumpIds: [heatpumpId()] }),
    ({ writes }) => take(writes),
  );
  const send = async (key: string, value: WriteValue) => {
    progress.set(key, { kind: 'SENDING' });
    const input = { heatpumpId: heatpumpId(), key, value };
    const { data, error } = await client.mutation(WriteSensorDocument, { input }).toPromise();
    if (data) take(data.writeSensor.write);
    else if (error) progress.set(key, { kind: 'FAILED', error });
  };
  const undo = async ({ id, key }: WriteOutcomeFragment) => {
    progress.set(key, { kind: 'SENDING' });
    const { data, error } = await client.mutation(UndoWriteDocument, { input: { id } }).toPromise();
    if (data?.undoWrite.write) take(data.undoWrite.write);
    else if (data?.undoWrite.refusal) progress.set(key, { kind: 'KEPT', obstacle: data.undoWrite.refusal.obstacle });
    else if (error) progress.set(key, { kind: 'FAILED', error });
  };
  return { progress: (key) => progress.get(key), send, undo };
}

/** The answer and the event of one write may come in any order; an older write never replaces a newer one. */
function isNews(known: WriteProgress | undefined, write: WriteOutcomeFragment): boolean {
  if (known?.kind !== 'SENT') return true;
  if (known.write.id === write.id) return known.write.state === 'PENDING';
  return Date.parse(write.requestedAt) >= Date.parse(known.write.requestedAt);
}
