import type { ChildProcess } from 'node:child_process';
import type { ClientOrder } from './fan-out-clients.ts';
import type { ServerOrder } from './fan-out-load.ts';

const SUBSCRIBERS = 500;
const ROUNDS = 15;
/** The slowest rival takes a third of a second for one event. */
const EVENTS_PER_ROUND = { ours: 20, raw: 20, 'graphql-ws': 2 } as const;
const WARM_UP_EVENTS = { ours: 200, raw: 200, 'graphql-ws': 10 } as const;
/** More than the network takes for one that does not read. */
const EVENTS_TO_STALL = 600;
const MANY = 5_000;

type Side = keyof typeof EVENTS_PER_ROUND;
type Row = readonly [name: string, value: string];

/** How the parent starts and hears of processes, and prints. */
export interface Bench {
  readonly start: (name: string, isServer: boolean) => ChildProcess;
  readonly messageOf: <T>(child: ChildProcess) => Promise<T>;
  readonly print: (title: string, rows: readonly Row[]) => void;
}

/** A server and where its subscribers go. */
interface Server {
  readonly side: Side;
  readonly child: ChildProcess;
  readonly url: string;
  readonly heatpumpId: string;
}

/** CPU and delivery of some events. */
interface Cost {
  /** User and system time of the server process for each event. */
  readonly cpuMs: number;
  /** From the event to each subscriber. */
  readonly deliveriesMs: readonly number[];
}

/** One event to many subscribers, beside raw ws and graphql-ws as it comes; each server is a process of its own on the same core. */
export class FanOutBench {
  readonly #bench: Bench;
  readonly #clients: ChildProcess;
  #lastMessage = '';

  constructor(bench: Bench) {
    this.#bench = bench;
    this.#clients = bench.start('fan-out-clients', false);
  }

  /** Measures and prints everything. */
  async run(): Promise<void> {
    const servers: Server[] = [];
    for (const side of ['ours', 'graphql-ws', 'raw'] as const) servers.push(await this.#serve(side));
    const [ours, rival, raw] = servers as [Server, Server, Server];
    try {
      await this.#compare(ours, rival, raw);
      await this.#stall(ours);
      await this.#reconnect(ours);
      await this.#hold(ours);
    } finally {
      for (const { child } of servers) child.kill();
      this.#clients.kill();
    }
  }

  async #serve(side: Side): Promise<Server> {
    const child = this.#bench.start(`fan-out-${side}`, true);
    const { url, heatpumpId } = await this.#bench.messageOf<Pick<Server, 'url' | 'heatpumpId'>>(child);
    const server = { side, child, url, heatpumpId };
    await this.#ask(server, { emit: true });
    if (side === 'raw') await this.#ask(server, { message: this.#lastMessage });
    await this.#connect(server, SUBSCRIBERS);
    await this.#cost(server, WARM_UP_EVENTS[side]);
    return server;
  }

  async #compare(ours: Server, rival: Server, raw: Server): Promise<void> {
    const costs: { ours: Cost; rival: Cost; raw: Cost }[] = [];
    for (let round = 0; round < ROUNDS; round++) {
      costs.push({
        raw: await this.#cost(raw, EVENTS_PER_ROUND.raw),
        ours: await this.#cost(ours, EVENTS_PER_ROUND.ours),
        rival: await this.#cost(rival, EVENTS_PER_ROUND['graphql-ws']),
      });
    }
    const cpu = (side: 'ours' | 'rival' | 'raw') => median(costs.map((cost) => cost[side].cpuMs));
    const deliveries = (side: 'ours' | 'rival' | 'raw') => costs.flatMap((cost) => cost[side].deliveriesMs);
    const bytes = this.#lastMessage.length;
    this.#bench.print(
      `An event of 100 sensors (${bytes} bytes) to ${SUBSCRIBERS} subscribers; median of ${ROUNDS} rounds`,
      [
        ['raw ws, the same bytes', `${cpu('raw').toFixed(1)} ms CPU`],
        ['Thermograph', `${cpu('ours').toFixed(1)} ms CPU`],
        ['graphql-ws as it comes', `${cpu('rival').toFixed(1)} ms CPU`],
        ['Thermograph / raw ws', median(costs.map((cost) => cost.ours.cpuMs / cost.raw.cpuMs)).toFixed(2)],
        ['graphql-ws / Thermograph', median(costs.map((cost) => cost.rival.cpuMs / cost.ours.cpuMs)).toFixed(1)],
        ['delivery, raw ws', quantiles(deliveries('raw'))],
        ['delivery, Thermograph', quantiles(deliveries('ours'))],
        ['delivery, graphql-ws', quantiles(deliveries('rival'))],
      ],
    );
  }

  /** A tenth of the subscribers does not read: what do the others notice? */
  async #stall(server: Server): Promise<void> {
    const events = EVENTS_PER_ROUND.ours * ROUNDS;
    const before = await this.#cost(server, events);
    await this.#tell({ pause: server.url, count: SUBSCRIBERS / 10 });
    await this.#cost(server, EVENTS_TO_STALL);
    const after = await this.#cost(server, events);
    const ratio = quantile(after.deliveriesMs, 0.99) / quantile(before.deliveriesMs, 0.99);
    this.#bench.print(`With ${SUBSCRIBERS / 10} subscribers that do not read`, [
      ['delivery when all read', quantiles(before.deliveriesMs)],
      ['delivery to the others', quantiles(after.deliveriesMs)],
      ['ratio of the 99th percentiles', ratio.toFixed(2)],
    ]);
  }

  async #reconnect(server: Server): Promise<void> {
    const times: number[] = [];
    for (let count = 0; count < 5; count++) {
      await this.#tell({ close: server.url });
      times.push(await this.#connect(server, SUBSCRIBERS));
    }
    this.#bench.print(`${SUBSCRIBERS} subscribers connect at once`, [
      ['until each has the complete state', `${median(times).toFixed(0)} ms`],
    ]);
  }

  async #hold(server: Server): Promise<void> {
    await this.#tell({ close: server.url });
    await pause(500);
    const before = await this.#ask<NodeJS.MemoryUsage>(server, { memory: true });
    for (let count = 0; count < MANY; count += SUBSCRIBERS) {
      await this.#connect({ ...server, url: `${server.url}?${count}` }, SUBSCRIBERS);
    }
    await pause(2_000);
    const after = await this.#ask<NodeJS.MemoryUsage>(server, { memory: true });
    const each = (bytes: number) => `${(bytes / MANY / 1_000).toFixed(1)} kB`;
    this.#bench.print(`${MANY} idle subscribers, each with a connection of its own`, [
      ['resident, each', each(after.rss - before.rss)],
      ['heap and buffers, each', each(after.heapUsed + after.external - before.heapUsed - before.external)],
    ]);
  }

  /** Opens connections; returns how many milliseconds it took until all had their first event. */
  async #connect({ url, heatpumpId, side }: Server, count: number): Promise<number> {
    const { tookMs } = await this.#tell<{ tookMs: number }>({ connect: url, heatpumpId, count, isRaw: side === 'raw' });
    return tookMs;
  }

  /** One event after the other, each when everybody has had the one before. */
  async #cost(server: Server, events: number): Promise<Cost> {
    const deliveriesMs: number[] = [];
    const before = await this.#ask<NodeJS.CpuUsage>(server, { cpu: true });
    for (let count = 0; count < events; count++) {
      await this.#tell({ expect: server.url });
      const [{ at }, { arrivals, message }] = await Promise.all([
        this.#ask<{ at: number }>(server, { emit: true }),
        this.#bench.messageOf<{ arrivals: number[]; message: string }>(this.#clients),
      ]);
      if (server.side === 'ours') this.#lastMessage = message;
      for (const arrival of arrivals) deliveriesMs.push(arrival - at);
    }
    const after = await this.#ask<NodeJS.CpuUsage>(server, { cpu: true });
    const micros = after.user + after.system - before.user - before.system;
    return { cpuMs: micros / 1_000 / events, deliveriesMs };
  }

  async #ask<T>({ child }: Server, order: ServerOrder): Promise<T> {
    child.send(order);
    return this.#bench.messageOf<T>(child);
  }

  async #tell<T>(order: ClientOrder): Promise<T> {
    this.#clients.send(order);
    return this.#bench.messageOf<T>(this.#clients);
  }
}

function quantile(values: readonly number[], part: number): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length * part)] ?? Number.NaN;
}

function median(values: readonly number[]): number {
  return quantile(values, 0.5);
}

function quantiles(values: readonly number[]): string {
  const [half, most] = [quantile(values, 0.5), quantile(values, 0.99)];
  return `${half.toFixed(1)} ms, 99 % within ${most.toFixed(1)} ms`;
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
