/** Asks a server of the gallery; throws where it answers with errors. */
export type Ask = <Data>(query: string, variables?: object) => Promise<Data>;

/** The server at an address, asked with these headers. */
export function askOf(url: string, headers: Readonly<Record<string, string>> = {}): Ask {
  return async <Data>(query: string, variables: object = {}) => {
    const body = JSON.stringify({ query, variables });
    const asked = { method: 'POST', headers: { 'content-type': 'application/json', ...headers }, body };
    const { data, errors } = (await (await fetch(`${url}/graphql`, asked)).json()) as { data?: Data; errors?: unknown };
    if (!data || errors) throw new Error(`${query}: ${JSON.stringify(errors)}`);
    return data;
  };
}

/** Adds one thing of a kind, e.g. `channel`; returns its id. */
export async function create(ask: Ask, kind: string, input: object): Promise<string> {
  const Kind = `${kind[0]?.toUpperCase()}${kind.slice(1)}`;
  const { payload } = await ask<{ payload: Record<string, { id: string }> }>(
    `mutation ($input: Create${Kind}Input!) { payload: create${Kind}(input: $input) { ${kind} { id } } }`,
    { input },
  );
  return payload[kind]?.id ?? '';
}

const TIME_ZONE = 'Europe/Berlin';
const EVERY_DAY = ['MON', 'TUE', 'WED', 'THU', 'FRI', 'SAT', 'SUN'];
/** Nothing listens there: no message leaves this computer. */
const NOWHERE = { host: '127.0.0.1', port: 9 };

const CHANNELS = [
  {
    ...{ name: 'Phone of the caretaker', type: 'NTFY' },
    settings: { url: `http://${NOWHERE.host}:${NOWHERE.port}`, topic: 'heat-pumps-7Qx' },
  },
  {
    ...{ name: 'Office', type: 'EMAIL', language: 'DE' },
    settings: { ...NOWHERE, security: 'NONE', from: 'heating@example.org', to: ['office@example.org'] },
  },
];

/** For a Navigator 2.0. */
const JOBS = [
  {
    ...{ name: 'Hot water in the evening', key: 'temp_water_target', value: 52 },
    schedule: { weekly: { days: EVERY_DAY, times: ['16:30'] } },
  },
  {
    ...{ name: 'Hot water at night', key: 'temp_water_target', value: 46 },
    schedule: { cron: '*/20 * * * *' },
  },
  {
    ...{ name: 'Hygiene, every Sunday', key: 'temp_water_target', value: 60, enabled: false },
    schedule: { weekly: { days: ['SUN'], times: ['03:00'] } },
  },
];

/** About all heat pumps. */
const ALERTS = [
  { name: 'A heat pump reports a fault', rule: { type: 'FAULT' } },
  { name: 'A heat pump is not reached', rule: { type: 'OFFLINE', durationMs: 300_000 } },
  {
    name: 'Hot water is cold',
    rule: { ...threshold('HOT_WATER_TEMPERATURE', 'BELOW', 40), durationMs: 600_000, hysteresis: 2 },
  },
  { name: 'Flow is hot', rule: { ...threshold('FLOW_TEMPERATURE', 'ABOVE', 45), durationMs: 60_000, hysteresis: 3 } },
  { name: 'It freezes', rule: { ...threshold('OUTDOOR_TEMPERATURE', 'BELOW', -4), hysteresis: 1 } },
];

function threshold(quantity: string, comparison: 'ABOVE' | 'BELOW', limit: number) {
  return { type: 'THRESHOLD', quantity, comparison, threshold: limit };
}

/** Channels, alerts, and jobs of a heat pump, unless there are jobs already. */
export async function furnish(ask: Ask, heatpumpId: string): Promise<void> {
  const { jobs } = await ask<{ jobs: readonly object[] }>('{ jobs { id } }');
  if (jobs.length > 0) return;
  const channelIds: string[] = [];
  for (const channel of CHANNELS) channelIds.push(await create(ask, 'channel', channel));
  for (const job of JOBS) await create(ask, 'job', { heatpumpId, timeZone: TIME_ZONE, ...job });
  for (const alert of ALERTS) await create(ask, 'alert', { channelIds, ...alert });
}
