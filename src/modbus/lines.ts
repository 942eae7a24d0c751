import type { Clock } from '../domain/clock.ts';
import { type AddressFilter, type Lookup, systemLookup } from './address.ts';
import { Endpoint } from './endpoint.ts';
import type { LineSettings, UnitLine } from './line.ts';

/** All lines to devices. Units at the same `host:port` share one connection. */
export interface Lines {
  open(settings: LineSettings): UnitLine;
}

/** Lines over real TCP connections to the addresses that `isAllowed` lets through. */
export function createLines(clock: Clock, isAllowed: AddressFilter, lookup: Lookup = systemLookup): Lines {
  const endpoints = new Map<string, { endpoint: Endpoint; lines: number }>();
  return {
    open(settings) {
      const key = `${settings.host}:${settings.port}`;
      const entry = endpoints.get(key) ?? {
        endpoint: new Endpoint(settings.host, settings.port, clock, { isAllowed, lookup }),
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
  };
}
