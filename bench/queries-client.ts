import { Agent, request } from 'node:http';

/** What to ask, where, and how often. */
export interface QueryOrder {
  readonly url: string;
  readonly query: string;
  readonly count: number;
}

/** A process that asks over eight connections at once, and tells the last answer when all are there. */
const CONNECTIONS = 8;

function ask(agent: Agent, url: string, body: string): Promise<string> {
  const headers = { 'Content-Type': 'application/json', 'Content-Length': Buffer.byteLength(body) };
  // Apollo is at every path, the others are at this one.
  const asked = request(`${url}/graphql`, { method: 'POST', agent, headers });
  return new Promise((resolve, reject) => {
    asked.once('error', reject);
    asked.once('response', (answer) => {
      const chunks: Buffer[] = [];
      answer.on('data', (chunk: Buffer) => chunks.push(chunk));
      answer.once('end', () => resolve(Buffer.concat(chunks).toString()));
    });
    asked.end(body);
  });
}

process.on('message', async ({ url, query, count }: QueryOrder) => {
  const body = JSON.stringify({ query });
  // Anew for each order, for the servers close those that wait for long.
  const agent = new Agent({ keepAlive: true, maxSockets: CONNECTIONS });
  let left = count;
  let last = '';
  const work = async () => {
    while (left-- > 0) last = await ask(agent, url, body);
  };
  await Promise.all(Array.from({ length: CONNECTIONS }, work));
  agent.destroy();
  process.send?.(last);
});
