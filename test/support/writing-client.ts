import { BEARER } from './program.ts';

/** A client that writes one value after the other, each of them different from the one before. */
export interface WritingClient {
  /** Everything that was asked for, in order. */
  readonly asked: readonly number[];
  /** The ids of the writes that the server has acknowledged, and their values. */
  readonly acknowledged: ReadonlyMap<string, number>;
  /** Writes until the server is gone. */
  writeUntilGone(url: string): Promise<void>;
}

/** The register: a float of 32 bits, low word first, that the device wants to be refreshed and so does not wear. */
const KEY = 'power_solar_production';
const WRITE = `mutation ($value: SensorValue!) {
  writeSensor(input: { key: "${KEY}", value: $value }) { write { id state } } }`;
/** Numbers that such a float has exactly. */
const STEP = 0.25;
const DIFFERENT = 400;

/** What the unit notes of a write of this value. */
export function noteOf(value: number): string {
  const bytes = Buffer.alloc(4);
  bytes.writeFloatBE(value);
  return `write 78=${bytes.readUInt16BE(2)},${bytes.readUInt16BE(0)}`;
}

/** A client that has not written anything yet. */
export function createWritingClient(): WritingClient {
  const asked: number[] = [];
  const acknowledged = new Map<string, number>();
  return {
    asked,
    acknowledged,
    writeUntilGone: async (url) => {
      for (;;) {
        const value = ((asked.length % DIFFERENT) + 1) * STEP;
        asked.push(value);
        const write = await send(url, value).catch(() => undefined);
        if (write === undefined) return;
        if (write) acknowledged.set(write, value);
      }
    },
  };
}

/** The id of the write, null if it was refused. Rejects if there is no answer. */
async function send(url: string, value: number): Promise<string | null> {
  const response = await fetch(`${url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...BEARER },
    body: JSON.stringify({ query: WRITE, variables: { value } }),
  });
  const { data } = (await response.json()) as {
    data?: { writeSensor: { write: { id: string; state: string } } | null };
  };
  const write = data?.writeSensor?.write;
  return write && write.state !== 'REJECTED' ? write.id : null;
}
