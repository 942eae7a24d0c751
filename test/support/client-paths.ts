import type { Api } from './api.ts';

/** One thing of each kind that has a page of its own. */
export interface Furniture {
  readonly heatpump: string;
  readonly dashboard: string;
  readonly job: string;
  readonly alert: string;
  readonly channel: string;
}

/** Every page of the client, as its routes have them; ids stand for those of the furniture. */
const PATHS = [
  '/',
  '/heatpumps/:heatpump',
  '/heatpumps/:heatpump/sensors',
  '/heatpumps/:heatpump/dashboards',
  '/heatpumps/:heatpump/history',
  '/heatpumps/:heatpump/changes',
  '/heatpumps/:heatpump/jobs',
  '/heatpumps/:heatpump/alerts',
  '/heatpumps/:heatpump/edit',
  '/heatpumps/new',
  '/dashboards',
  '/dashboards/:dashboard',
  '/dashboards/:dashboard?edit=1',
  '/compare?ids=:heatpump',
  '/jobs',
  '/jobs/new?heatpump=:heatpump',
  '/jobs/:job',
  '/alerts',
  '/alerts/new?heatpump=:heatpump',
  '/alerts/:alert',
  '/channels',
  '/channels/new',
  '/channels/:channel',
  '/preferences',
  '/account',
  '/admin',
  '/admin/users/new',
  '/admin/tokens',
  '/admin/audit',
  '/admin/backups',
  '/admin/log',
  '/admin/diagnostics',
  '/sign-in',
  '/welcome',
  '/no/such/page',
] as const;

/** The addresses of all pages, below that of the server. */
export function pathsOf(furniture: Furniture): string[] {
  return PATHS.map((path) => path.replace(/:(\w+)/, (_, kind: keyof Furniture) => furniture[kind]));
}

/** Adds a dashboard, a job, an alert and a channel of one name about a heat pump; they are kept until the server ends. */
export async function furnish(api: Api, heatpump: string, name: string): Promise<Furniture> {
  const create = async (kind: string, input: object): Promise<string> => {
    const Kind = `${kind[0]?.toUpperCase()}${kind.slice(1)}`;
    const mutation = `mutation ($input: Create${Kind}Input!) { create${Kind}(input: $input) { ${kind} { id } } }`;
    const { data, errors } = await api.query(mutation, { input: { name, ...input } });
    if (errors) throw new Error(`no ${kind}: ${JSON.stringify(errors)}`);
    return data[`create${Kind}`][kind].id;
  };
  const channel = await create('channel', { type: 'NTFY', settings: { url: 'http://127.0.0.1:9', topic: 'none' } });
  const shown = { w: 6, h: 4, y: 0, queries: [{ key: 'temp_outside' }], title: name, thresholds: [-50] };
  const widgets = [
    { ...shown, x: 0, type: 'LINE' },
    { ...shown, x: 6, w: 3, type: 'GAUGE' },
    { ...shown, x: 9, w: 3, type: 'STAT' },
  ];
  return {
    heatpump,
    channel,
    dashboard: await create('dashboard', { heatpumpId: heatpump, widgets }),
    job: await create('job', {
      heatpumpId: heatpump,
      key: 'temp_water_target',
      value: 58,
      schedule: { weekly: { days: ['MON'], times: ['06:30'] } },
      timeZone: 'Europe/Berlin',
    }),
    alert: await create('alert', {
      heatpumpId: heatpump,
      channelIds: [channel],
      rule: { type: 'THRESHOLD', key: 'temp_outside', comparison: 'BELOW', threshold: -50, durationMs: 60_000 },
    }),
  };
}
