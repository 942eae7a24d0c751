import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { createRequire } from 'node:module';
import type { AddressInfo } from 'node:net';
import { createSchema, createYoga } from 'graphql-yoga';
import { RIVALS } from './processes.ts';

/** A rival as it comes, over data that lie ready in memory; its arguments are its name and the file of our own answer. */
const [name = '', file = ''] = process.argv.slice(2);
const { data } = JSON.parse(readFileSync(file, 'utf8')) as { data: { heatpumps: object[] } };
const typeDefs = `
  enum Quality { GOOD STALE MISSING FAILED }
  type Sensor { unit: String }
  type Reading { key: String! value: Float text: String quality: Quality! observedAt: String sensor: Sensor! }
  type Heatpump { id: ID! name: String! readings: [Reading!]! }
  type Query { heatpumps: [Heatpump!]! }
`;
const resolvers = { Query: { heatpumps: () => data.heatpumps } };
const rival = createRequire(`${RIVALS}package.json`);

/** Starts each, and tells where it is. */
const STARTS: Readonly<Record<string, () => Promise<string>>> = {
  yoga: async () => {
    const http = createServer(createYoga({ schema: createSchema({ typeDefs, resolvers }), logging: false }));
    http.listen(0, '127.0.0.1');
    await once(http, 'listening');
    return `http://127.0.0.1:${(http.address() as AddressInfo).port}`;
  },
  mercurius: () => startMercurius(0),
  'mercurius with jit': () => startMercurius(1),
  apollo: async () => {
    const { ApolloServer } = rival('@apollo/server');
    const { startStandaloneServer } = rival('@apollo/server/standalone');
    const { url } = await startStandaloneServer(new ApolloServer({ typeDefs, resolvers }), { listen: { port: 0 } });
    return url.replace(/\/$/, '').replace('localhost', '127.0.0.1');
  },
};

/** @param jit after how many times a document is compiled; 0: never. */
async function startMercurius(jit: number): Promise<string> {
  const app = rival('fastify')();
  app.register(rival('mercurius'), { schema: typeDefs, resolvers, jit });
  return app.listen({ port: 0, host: '127.0.0.1' });
}

const url = await STARTS[name]?.();
process.on('message', () => process.send?.(process.cpuUsage()));
process.send?.(url);
