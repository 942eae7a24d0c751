import { type DeviceError, wasRefused, wasSent } from '../domain/device-error.ts';
import { err, ok, type Result } from '../domain/result.ts';
import { isReadable, type Sensor } from '../domain/sensor.ts';
import { Sequence } from '../domain/sequence.ts';
import type { Write } from '../domain/write.ts';
import type { UnitLine, WriteRequest } from '../modbus/line.ts';
import type { ReadBacks } from './read-backs.ts';
import { isPresent } from './verdict.ts';
import type { Noted, WriteJournal, WriteOrder } from './write-journal.ts';

/** Whose values are written, and who follows them. */
export interface WriterTarget {
  readonly line: Pick<UnitLine, 'write'>;
  readonly journal: WriteJournal;
  readonly readBacks: ReadBacks;
}

/** Writes of one heat pump that may wait for their turn. */
const MAX_WAITING = 100;

/** Writes values to one heat pump, one after the other: notes, sends, and sees to the read-back. Nothing is ever sent twice. */
export class Writer {
  readonly #target: WriterTarget;
  readonly #turns = new Sequence();
  #waiting = 0;
  #isStopped = false;

  constructor(target: WriterTarget) {
    this.#target = target;
  }

  /**
   * Sends a checked value; what it is to be compared with is looked up when its turn has come. Resolves once the device has acknowledged (`PENDING`), refused (`REJECTED`) or failed to answer
   * (`UNKNOWN`), or at once if the value is there already (`CONFIRMED`) or its register was written too often (`REJECTED`).
   * The error tells why the value was certainly not sent.
   */
  async write(makeOrder: () => Promise<WriteOrder>): Promise<Result<Write, DeviceError>> {
    if (this.#waiting >= MAX_WAITING) return err({ code: 'CANCELLED', message: 'too many writes are waiting' });
    this.#waiting++;
    try {
      return await this.#turns.run(() => this.#perform(makeOrder));
    } finally {
      this.#waiting--;
    }
  }

  /** Ends writing, once the write in flight has ended. */
  async stop(): Promise<void> {
    this.#isStopped = true;
    await this.#turns.ended();
  }

  async #perform(makeOrder: () => Promise<WriteOrder>): Promise<Result<Write, DeviceError>> {
    const { journal, readBacks } = this.#target;
    const order = this.#isStopped ? null : await makeOrder();
    if (!order || this.#isStopped) return err({ code: 'CANCELLED', message: 'the connection was closed' });
    const { sensor, checked, previous, freshSince } = order;
    if (readBacks.isSeen(sensor.key) && isPresent(sensor, checked.value, previous, freshSince))
      return ok(await journal.noteUnsent(order));
    const noted = await journal.begin(order);
    return noted.write.state === 'PENDING' ? this.#send(order, noted) : ok(noted.write);
  }

  async #send({ sensor, checked }: WriteOrder, { write, withdraw }: Noted): Promise<Result<Write, DeviceError>> {
    for (const [index, request] of writeRequests(sensor, checked.words).entries()) {
      const sent = await this.#target.line.write(request);
      if (sent.ok) continue;
      const isModeWritten = index > 0;
      if (wasSent(sent.error) || isModeWritten) return ok(await this.#failed(sensor, write, sent.error, isModeWritten));
      await withdraw();
      return err(sent.error);
    }
    return ok(await this.#sent(sensor, write, null));
  }

  async #failed(sensor: Sensor, write: Write, error: DeviceError, isModeWritten: boolean): Promise<Write> {
    const { journal, readBacks } = this.#target;
    if (isModeWritten) readBacks.written(sensor);
    if (!wasSent(error)) return journal.settle(write, 'REJECTED', `only its mode was written: ${error.message}`);
    if (wasRefused(error)) return journal.settle(write, 'REJECTED', `refused by the heat pump: ${error.message}`);
    return this.#sent(sensor, write, `it may or may not have taken effect: ${error.message}`);
  }

  /** What was sent waits for its read-back, if there can be one; `doubt` is why nobody knows whether it was taken. */
  async #sent(sensor: Sensor, write: Write, doubt: string | null): Promise<Write> {
    const { journal, readBacks } = this.#target;
    await readBacks.overtake(write);
    readBacks.written(sensor);
    if (!isReadable(sensor))
      return journal.settle(write, 'UNKNOWN', `${doubt ?? 'acknowledged'}; this register cannot be read back`);
    const sent = doubt === null ? journal.tell(write) : await journal.doubt(write, doubt);
    readBacks.await(sensor, sent);
    return sent;
  }
}

/** The requests that write a value: with its mode in one where they adjoin, else the mode first. */
function writeRequests({ register, writeMode }: Sensor, words: readonly number[]): WriteRequest[] {
  const table = register.table === 'COIL' ? 'COIL' : 'HOLDING';
  const value = { table, address: register.address, words } as const;
  if (!writeMode) return [value];
  const mode = { table, address: writeMode.address, words: [writeMode.value] } as const;
  if (mode.address + 1 !== value.address) return [mode, value];
  return [{ ...mode, words: [...mode.words, ...value.words] }];
}
