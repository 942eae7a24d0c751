import { type Answer, type ReceivedRequest, readAnswer, startScriptedServer, writeAnswer } from './scripted-server.ts';

/** A unit whose registers keep what is written, and are zero before; it records what it is asked, in order. */
export interface RecordingUnit {
  readonly port: number;
  /** E.g. `read 74+2` or `write 74=0,17000`. */
  readonly log: readonly string[];
  /** Those of {@link log} that write. */
  readonly writes: () => string[];
  /** What is in a register. */
  readonly words: (address: number, count?: number) => number[];
  /** Changes registers as somebody else would. */
  put(address: number, words: readonly number[]): void;
  /** Decides before the unit does; null: as it would answer. The value is written all the same. */
  trouble: (request: ReceivedRequest) => Answer | null | Promise<Answer | null>;
  close(): Promise<void>;
}

/** Starts a unit that takes functions 1 to 4 and 16 on any register, at a port or any free one; its bits are all set. */
export async function startRecordingUnit(port = 0): Promise<RecordingUnit> {
  const memory = new Map<number, number>();
  const log: string[] = [];
  const words = (address: number, count = 1) => Array.from({ length: count }, (_, n) => memory.get(address + n) ?? 0);
  const put = (address: number, values: readonly number[]) =>
    values.forEach((word, n) => void memory.set(address + n, word));
  const server = await startScriptedServer(async (request) => {
    const { functionCode, pdu } = request;
    const [address, count] = [pdu.readUInt16BE(1), pdu.readUInt16BE(3)];
    if (functionCode !== 16) {
      log.push(`read ${address}+${count}`);
      return (
        (await unit.trouble(request)) ??
        (functionCode < 3 ? setBits(functionCode, count) : readAnswer(functionCode, words(address, count)))
      );
    }
    const written = Array.from({ length: count }, (_, n) => pdu.readUInt16BE(6 + 2 * n));
    log.push(`write ${address}=${written.join()}`);
    put(address, written);
    return (await unit.trouble(request)) ?? writeAnswer(request);
  }, port);
  const unit: RecordingUnit = {
    port: server.port,
    log,
    writes: () => log.filter((line) => line.startsWith('write')),
    words,
    put,
    trouble: () => null,
    close: () => server.close(),
  };
  return unit;
}

function setBits(functionCode: number, count: number): Answer {
  const bytes = Array.from({ length: Math.ceil(count / 8) }, () => 0xff);
  return { pdu: Buffer.from([functionCode, bytes.length, ...bytes]) };
}
