import type { Clock } from '../domain/clock.ts';
import { type AddressFilter, type Lookup, resolveHost, systemLookup } from './address.ts';
import { Endpoint } from './endpoint.ts';
import type { LineSettings, UnitLine } from './line.ts';

/** How long a name may take to be looked up before nothing is said about it. */
const LOOKUP_MS = 2_000;

/** All lines to devices. Units at the same `host:port` share one connection. */
export interface Lines {
  open(settings: LineSettings): UnitLine;
  /** The other host by which an address of `host` is connected to at this port; null: none, as far as can be told. */
  otherNameOf(host: string, port: number): Promise<string | null>;
}

/** Lines over real TCP connections to the addresses that `isAllowed` lets through. */
export function createLines(clock: Clock, isAllowed: AddressFilter, lookup: Lookup = systemLookup): Lines {
  const network = { isAllowed, lookup };
  const endpoints = new Map<string, { endpoint: Endpoint; lines: number }>();
  return {
    open(settings) {
      const key = `${settings.host}:${settings.port}`;
      const entry = endpoints.get(key) ?? {
        endpoint: new Endpoint(settings.host, settings.port, clock, network),
        lines: 0,
      };
      entry.lines++;
      endpoints.set(key, entry);
      return entry.endpoint.line(settings, () => {
        if (--entry.lines > 0) return;
        endpoints.delete(key);
        entry.endpoint.close();
      });
    },
    async otherNameOf(host, port) {
      const open = [...endpoints.values()].map(({ endpoint }) => endpoint);
      const others = open.filter((one) => one.host !== host && one.port === port && one.ip);
      if (others.length === 0) return null;
      const resolved = await resolveHost(host, port, network, LOOKUP_MS, clock);
      const other = others.find(({ ip }) => ip && resolved.ok && resolved.value.includes(ip));
      return other?.host ?? null;
    },
  };
}
