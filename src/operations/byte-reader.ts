import { BackupError } from './backup-error.ts';

/** Reads a stream of bytes in pieces of the sizes asked for. What is missing at its end is `DAMAGED`. */
export class ByteReader {
  readonly #source: AsyncIterator<Buffer>;
  #rest: Buffer = Buffer.alloc(0);

  constructor(source: AsyncIterable<Buffer>) {
    this.#source = source[Symbol.asyncIterator]();
  }

  /** The next `length` bytes; keep that small. */
  async take(length: number): Promise<Buffer> {
    const pieces: Buffer[] = [];
    for await (const piece of this.pieces(length)) pieces.push(piece);
    return Buffer.concat(pieces);
  }

  /** The next `length` bytes, or as many as there are left. */
  async takeUpTo(length: number): Promise<Buffer> {
    while (this.#rest.length < length) {
      const next = await this.#source.next();
      if (next.done) break;
      this.#rest = Buffer.concat([this.#rest, next.value]);
    }
    const taken = this.#rest.subarray(0, length);
    this.#rest = this.#rest.subarray(taken.length);
    return taken;
  }

  /** The next `length` bytes as they come. */
  async *pieces(length: number): AsyncGenerator<Buffer> {
    let left = length;
    while (left > 0) {
      if (this.#rest.length === 0) await this.#refill();
      const piece = this.#rest.subarray(0, left);
      this.#rest = this.#rest.subarray(piece.length);
      left -= piece.length;
      yield piece;
    }
  }

  /** Reads to the end of the stream. More than `mostBytes` are `DAMAGED`. */
  async drain(mostBytes: number): Promise<void> {
    let bytes = this.#rest.length;
    this.#rest = Buffer.alloc(0);
    for (let next = await this.#source.next(); !next.done; next = await this.#source.next()) {
      bytes += next.value.length;
      if (bytes > mostBytes) break;
    }
    if (bytes > mostBytes) throw new BackupError('DAMAGED', 'the backup goes on after its end');
  }

  async #refill(): Promise<void> {
    const next = await this.#source.next();
    if (next.done) throw new BackupError('DAMAGED', 'the backup is cut off');
    this.#rest = next.value;
  }
}
