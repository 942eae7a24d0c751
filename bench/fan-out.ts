import type { ChildProcess } from 'node:child_process';
import type { ClientOrder } from './fan-out-clients.ts';
import type { ServerOrder } from './fan-out-load.ts';
import { CLIENT_CORE, DEVICE_CORE, messageOf, start } from './processes.ts';
import { median, print } from './table.ts';

const SUBSCRIBERS = 500;
const ROUNDS = 15;
/** The slowest rival takes a third of a second for one event. */
const EVENTS_PER_ROUND = { ours: 20, raw: 20, 'graphql-ws': 2 } as const;
const WARM_UP_EVENTS = { ours: 200, raw: 200, 'graphql-ws': 10 } as const;
/** More than the network takes for one that does not read. */
const EVENTS_TO_STALL = 600;
const MANY = 5_000;

type Side = keyof typeof EVENTS_PER_ROUND;
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
class FanOutBench {
  readonly #clients = start('fan-out-clients', DEVICE_CORE);
  readonly #servers: Server[] = [];
  #lastMessage = '';

  /** Measures and prints everything. */
  async run(): Promise<void> {
    try {
      const [ours, rival, raw] = [await this.#serve('ours'), await this.#serve('graphql-ws'), await this.#serve('raw')];
      await this.#compare(ours, rival, raw);
      await this.#stall(ours, await this.#serve('ours'));
      await this.#reconnect(ours);
      await this.#hold(ours);
    } finally {
      for (const child of [this.#clients, ...this.#servers.map((server) => server.child)]) child.kill();
    }
  }

  async #serve(side: Side): Promise<Server> {
    const child = start(`fan-out-${side}`, CLIENT_CORE);
    const { url, heatpumpId } = await messageOf<Pick<Server, 'url' | 'heatpumpId'>>(child);
    const server = { side, child, url, heatpumpId };
    this.#servers.push(server);
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
    print(`An event of 100 sensors (${bytes} bytes) to ${SUBSCRIBERS} subscribers; median of ${ROUNDS} rounds`, [
      ['raw ws, the same bytes', `${cpu('raw').toFixed(1)} ms CPU`],
      ['Thermograph', `${cpu('ours').toFixed(1)} ms CPU`],
      ['graphql-ws as it comes', `${cpu('rival').toFixed(1)} ms CPU`],
      ['Thermograph / raw ws', median(costs.map((cost) => cost.ours.cpuMs / cost.raw.cpuMs)).toFixed(2)],
      ['graphql-ws / Thermograph', median(costs.map((cost) => cost.rival.cpuMs / cost.ours.cpuMs)).toFixed(1)],
      ['delivery, raw ws', quantiles(deliveries('raw'))],
      ['delivery, Thermograph', quantiles(deliveries('ours'))],
      ['delivery, graphql-ws', quantiles(deliveries('rival'))],
    ]);
  }

  /** A tenth of the subscribers does not read: what do the others notice, beside a server where all read? */
  async #stall(server: Server, calm: Server): Promise<void> {
    await this.#tell({ pause: server.url, count: SUBSCRIBERS / 10 });
    await this.#cost(server, EVENTS_TO_STALL);
    const rounds: { stalled: Cost; calm: Cost }[] = [];
    for (let round = 0; round < ROUNDS; round++) {
      const events = EVENTS_PER_ROUND.ours;
      rounds.push({ stalled: await this.#cost(server, events), calm: await this.#cost(calm, events) });
    }
    const latest = ({ deliveriesMs }: Cost) => quantile(deliveriesMs, 0.99);
    print(`With ${SUBSCRIBERS / 10} subscribers that do not read`, [
      ['delivery to the others', quantiles(rounds.flatMap(({ stalled }) => stalled.deliveriesMs))],
      ['delivery where all read', quantiles(rounds.flatMap((round) => round.calm.deliveriesMs))],
      [
        'ratio of the 99th percentiles',
        median(rounds.map((round) => latest(round.stalled) / latest(round.calm))).toFixed(2),
      ],
    ]);
  }

  async #reconnect(server: Server): Promise<void> {
    const times: number[] = [];
    for (let count = 0; count < 3; count++) {
      await this.#tell({ close: server.url });
      times.push(await this.#connect(server, SUBSCRIBERS));
    }
    print(`${SUBSCRIBERS} subscribers connect at once`, [
      ['until each has the complete state', `${median(times).toFixed(0)} ms`],
    ]);
  }

  async #hold(server: Server): Promise<void> {
    await this.#tell({ close: server.url });
    await pause(500);
    const before = await this.#ask<NodeJS.MemoryUsage>(server, { memory: true });
    for (let count = 0; count < MANY; count += SUBSCRIBERS) {
      await this.#connect({ ...server, url: `${server.url}?${count}` }, SUBSCRIBERS);
      // No more operations at once than one access may ask for.
      await pause(2_000);
    }
    const after = await this.#ask<NodeJS.MemoryUsage>(server, { memory: true });
    const each = (bytes: number) => `${(bytes / MANY / 1_000).toFixed(1)} kB`;
    print(`${MANY} idle subscribers, each with a connection of its own`, [
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
        messageOf<{ arrivals: number[]; message: string }>(this.#clients),
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
    return messageOf<T>(child);
  }

  async #tell<T>(order: ClientOrder): Promise<T> {
    this.#clients.send(order);
    return messageOf<T>(this.#clients);
  }
}

function quantile(values: readonly number[], part: number): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length * part)] ?? Number.NaN;
}

function quantiles(values: readonly number[]): string {
  const [half, most] = [quantile(values, 0.5), quantile(values, 0.99)];
  return `${half.toFixed(1)} ms, 99 % within ${most.toFixed(1)} ms`;
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

/** Compares one event to many subscribers with raw ws and graphql-ws as it comes; prints the figures. */
export function compareFanOut(): Promise<void> {
  return new FanOutBench().run();
}
