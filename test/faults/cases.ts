import type { Socket } from 'node:net';
import { type FaultServer, frameOf, type Hit, type Strike } from './fault-server.ts';

/** What a fault may use. */
export interface Stage {
  readonly server: FaultServer;
  /** The deadline of a request. */
  readonly timeoutMs: number;
  /** A number from 0 to 1, the same sequence for the same seed. */
  readonly random: () => number;
  /** Runs `act` after some time, unless the test has ended by then. */
  readonly later: (ms: number, act: () => void) => void;
  /** Finds the addresses of the device's host name. */
  lookup: () => Promise<readonly string[]>;
  /** Another address of the same machine; nobody listens there yet. */
  readonly otherAddress: string;
}

/** One kind of fault. It begins with a healthy, connected device, and ends with a healthy one. */
export interface FaultCase {
  readonly name: string;
  begin(stage: Stage): void | Promise<void>;
  /** By default the device answers rightly again. */
  end?(stage: Stage): void | Promise<void>;
  /**
   * `never`: everything is answered all the same. `perhaps`: an answer comes so near the deadline that the machine's
   * own speed decides. By default some read of some seed fails.
   */
  readonly fails?: 'never' | 'perhaps';
  /** Only the first request under the fault is struck, and the fault shows when so many more have followed. */
  readonly further?: number;
}

const between = (random: () => number, lowest: number, highest: number) =>
  lowest + Math.floor(random() * (highest - lowest + 1));

const randomBytes = (random: () => number, length: number) =>
  Buffer.from(Array.from({ length }, () => between(random, 0, 255)));

/** A fault that befalls every request while it lasts. */
function striking(name: string, strikeOn: (stage: Stage) => Strike, more: Partial<FaultCase> = {}): FaultCase {
  const begin = (stage: Stage) => {
    stage.server.strike = strikeOn(stage);
  };
  return { name, begin, ...more };
}

/** A fault that answers with other bytes than the right ones. */
function answering(name: string, bytesOf: (hit: Hit, random: () => number) => Buffer): FaultCase {
  return striking(
    name,
    ({ random }) =>
      (hit) =>
        void hit.socket.write(bytesOf(hit, random)),
  );
}

/** A fault that answers with a frame that lies elsewhere and says so in one place only. */
function forged(name: string, forge: (frame: Buffer, random: () => number, hit: Hit) => void): FaultCase {
  return answering(name, (hit, random) => {
    const frame = Buffer.from(hit.foreign);
    forge(frame, random, hit);
    return frame;
  });
}

/** A number other than `right`, mostly near it. */
function other(right: number, limit: number, random: () => number): number {
  const step = random() < 0.7 ? between(random, 1, 3) : between(random, 1, limit - 1);
  return (right + (random() < 0.5 ? step : limit - step)) % limit;
}

function exception(code: number): FaultCase {
  return answering(`exception ${code}`, ({ asked }) => frameOf(asked, Buffer.from([asked.functionCode | 0x80, code])));
}

/** Sends the beginning of the right answer, then ends the connection in a certain way. */
function breakingOff(name: string, end: (socket: Socket) => void): FaultCase {
  return striking(name, ({ random, later }) => ({ socket, right }) => {
    socket.write(right.subarray(0, between(random, 0, right.length - 1)));
    later(between(random, 0, 5), () => end(socket));
  });
}

/** The right answer at once, and once more after so many further requests over the same connection. */
function repeatedAfter(name: string, further: number): FaultCase {
  return {
    name,
    further,
    begin: ({ server }) => {
      server.strike = ({ socket, right }) => {
        server.strike = null;
        socket.write(right);
        server.afterFurther(socket, further, () => socket.write(right));
      };
    },
  };
}

/** From now on nobody hears what comes over this connection. */
const deafen = (socket: Socket) => void socket.removeAllListeners('data').resume();

async function loseName(stage: Stage, lookup: Stage['lookup']): Promise<void> {
  stage.lookup = lookup;
  await stage.server.refuse();
}

async function findAgain(stage: Stage): Promise<void> {
  stage.lookup = async () => [stage.server.host];
  await stage.server.admit();
}

/** What can become of a request. A malformed answer always carries words from elsewhere: to accept it is to be wrong. */
const STRIKES: readonly FaultCase[] = [
  striking('silent', () => () => {}),
  striking(
    'slow',
    ({ random, later, timeoutMs }) =>
      ({ socket, right }) =>
        later(between(random, 1, timeoutMs / 5), () => socket.write(right)),
    { fails: 'never' },
  ),
  striking(
    'byte by byte',
    ({ random, later }) =>
      ({ socket, right }) => {
        const pauseMs = between(random, 0, 2);
        const drip = (index: number) => {
          socket.write(right.subarray(index, index + 1));
          if (index + 1 < right.length) later(pauseMs, () => drip(index + 1));
        };
        drip(0);
      },
    { fails: 'never' },
  ),
  striking(
    'in pieces, split anywhere',
    ({ random, later }) =>
      ({ socket, right }) => {
        const cut = between(random, 1, right.length - 1);
        socket.write(right.subarray(0, cut));
        later(between(random, 1, 10), () => socket.write(right.subarray(cut)));
      },
    { fails: 'never' },
  ),
  striking(
    'a late reply, just before the timeout',
    ({ random, later, timeoutMs }) =>
      ({ socket, right }) =>
        later(timeoutMs * (0.5 + random() / 2), () => socket.write(right)),
    { fails: 'perhaps' },
  ),
  striking(
    'a late reply, after the timeout',
    ({ random, later, timeoutMs }) =>
      ({ socket, right }) =>
        later(timeoutMs * (1 + random()), () => socket.write(right)),
  ),
  repeatedAfter('a late reply, after 300 further requests', 300),
  repeatedAfter('a late reply, when transaction ids of eight bits come round', 256),
  striking('a duplicate reply', ({ random, later }) => ({ socket, right }) => {
    socket.write(random() < 0.5 ? Buffer.concat([right, right]) : right);
    later(between(random, 0, 3), () => socket.write(right));
  }),
  striking('an answer to the next request, ahead of it', () => ({ socket, right, foreign }) => {
    const next = Buffer.from(foreign);
    next.writeUInt16BE((next.readUInt16BE(0) + 1) & 0xffff, 0);
    socket.write(Buffer.concat([right, next]));
  }),
  forged('wrong transaction id', (frame, random) => {
    frame.writeUInt16BE(other(frame.readUInt16BE(0), 0x1_0000, random), 0);
  }),
  forged('wrong unit', (frame, random) => {
    frame.writeUInt8(other(frame.readUInt8(6), 256, random), 6);
  }),
  forged('wrong function', (frame, random) => {
    const right = frame.readUInt8(7);
    frame.writeUInt8(random() < 0.5 ? other(right, 128, random) : right === 3 ? 4 : 3, 7);
  }),
  forged('wrong protocol id', (frame, random) => {
    frame.writeUInt16BE(between(random, 1, 0xffff), 2);
  }),
  forged('length 0xffff', (frame) => {
    frame.writeUInt16BE(0xffff, 4);
  }),
  forged('a length field that is off', (frame, random) => {
    frame.writeUInt16BE(other(frame.readUInt16BE(4), 0x1_0000, random), 4);
  }),
  forged('short byte count', (frame, random) => {
    frame.writeUInt8(Math.max(0, frame.readUInt8(8) - between(random, 1, 3)), 8);
  }),
  forged('long byte count', (frame, random) => {
    frame.writeUInt8(Math.min(255, frame.readUInt8(8) + between(random, 1, 3)), 8);
  }),
  answering('fewer words than asked for', ({ asked, foreign }) =>
    frameOf(asked, Buffer.from([asked.functionCode, Math.max(0, (foreign[8] ?? 0) - 2), ...foreign.subarray(9, -2)])),
  ),
  answering('more words than asked for', ({ asked, foreign }, random) =>
    frameOf(
      asked,
      Buffer.from([asked.functionCode, (foreign[8] ?? 0) + 2, ...foreign.subarray(9), ...randomBytes(random, 2)]),
    ),
  ),
  answering('garbage', (_, random) => randomBytes(random, between(random, 1, 300))),
  answering('garbage before the answer', ({ right }, random) =>
    Buffer.concat([randomBytes(random, between(random, 1, 12)), right]),
  ),
  answering('garbage behind the answer', ({ right }, random) =>
    Buffer.concat([right, randomBytes(random, between(random, 1, 12))]),
  ),
  breakingOff('RST in the middle of an answer', (socket) => socket.resetAndDestroy()),
  breakingOff('FIN in the middle of an answer', (socket) => socket.end()),
  breakingOff('silence in the middle of an answer', () => {}),
  ...[1, 2, 4, 5, 6, 10, 11].map(exception),
];

/** Every fault of the suite. */
export const FAULTS: readonly FaultCase[] = [
  ...STRIKES,
  {
    name: 'another fault with every request',
    begin: (stage) => {
      const { server, random } = stage;
      const chaos: Strike = (hit) => {
        void STRIKES[between(random, 0, STRIKES.length - 1)]?.begin(stage);
        server.strike?.(hit);
        server.strike = chaos;
      };
      server.strike = chaos;
    },
  },
  { name: 'refused', begin: ({ server }) => server.refuse(), end: ({ server }) => server.admit() },
  {
    name: 'half-open: the old connection is dead for good without a word, and new ones are not served',
    begin: ({ server }) => {
      server.greet = deafen;
      server.strike = ({ socket }) => deafen(socket);
    },
  },
  {
    name: 'reconnect storm: every connection is reset as soon as it stands',
    begin: ({ server, random, later }) => {
      server.greet = (socket) => later(between(random, 0, 3), () => socket.resetAndDestroy());
      server.strike = ({ socket }) => socket.resetAndDestroy();
    },
  },
  {
    name: 'DNS failure',
    begin: (stage) => loseName(stage, () => Promise.reject(new Error('ENOTFOUND'))),
    end: findAgain,
  },
  {
    name: 'DNS silence',
    begin: (stage) => loseName(stage, () => new Promise(() => {})),
    end: findAgain,
  },
  {
    name: 'address change',
    begin: ({ server }) => server.refuse(),
    end: async (stage) => {
      stage.lookup = async () => [stage.otherAddress];
      await stage.server.admit(stage.otherAddress);
    },
  },
  {
    name: 'address change to two, of which the first is dead',
    begin: ({ server }) => server.refuse(),
    end: async (stage) => {
      stage.lookup = async () => [stage.otherAddress, stage.server.host];
      await stage.server.admit();
    },
  },
];
