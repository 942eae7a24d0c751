import { deflateRawSync, inflateRawSync } from 'node:zlib';

/** A value as JSON text, deflated. */
export function deflated(value: unknown): Uint8Array<ArrayBuffer> {
  return new Uint8Array(deflateRawSync(JSON.stringify(value)));
}

/** What {@link deflated} was given. */
export function inflated(bytes: Uint8Array): unknown {
  return JSON.parse(inflateRawSync(bytes).toString());
}
