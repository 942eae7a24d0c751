import type { Page } from 'playwright-core';
import { loseServer, openControl, openMore, openRestore, openWidget, press, testConnection } from './gallery-steps.ts';

/** How large the window is. */
export interface View {
  readonly width: number;
  readonly height: number;
}

export const DESK: View = { width: 1440, height: 900 };
export const PHONE: View = { width: 390, height: 844 };

/**
 * What names in paths stand for: `first`, `third` and `last` for heat pumps; `board`, `job`, `alert`, `channel` and `user` for the
 * first of their kind; `port` for that of the first heat pump.
 */
export type Names = Readonly<Record<string, string>>;

/** One picture. */
export interface Picture {
  readonly name: string;
  /** What it shows, for those who do not see it. */
  readonly title: string;
  /** Of which server; left out: the demonstration. */
  readonly house?: 'fresh' | 'empty' | 'town';
  /** Nobody is signed in. */
  readonly isStranger?: boolean;
  /** With {@link Names} after colons. */
  readonly path: string;
  readonly view: View;
  readonly isGerman?: boolean;
  /** What is done before it is taken. */
  prepare?(page: Page, names: Names): Promise<void>;
}

/** Pictures of one kind of pages. */
export interface Chapter {
  readonly title: string;
  readonly pictures: readonly Picture[];
}

const LAST_HOUR = 'range=1h';
const PUMP = '/heatpumps/:first';

/** All pages, in the order of the gallery. */
export const CHAPTERS: readonly Chapter[] = [
  {
    title: 'All heat pumps',
    pictures: [
      { name: 'overview', title: 'The overview of four heat pumps of four makers', path: '/', view: DESK },
      {
        ...{ name: 'fleet', title: 'Seven buildings, one of which is not reached' },
        ...{ house: 'town', path: '/', view: DESK, isGerman: true },
      },
      { name: 'empty', title: 'Before the first heat pump', house: 'empty', path: '/', view: DESK },
      {
        ...{ name: 'server-lost', title: 'The server does not answer: every value is grey' },
        ...{ path: '/', view: DESK, prepare: loseServer },
      },
      { name: 'overview-phone', title: 'The overview on a phone', path: '/', view: PHONE, isGerman: true },
      { name: 'fleet-phone', title: 'Seven buildings on a phone', house: 'town', path: '/', view: PHONE },
      {
        ...{ name: 'more-phone', title: 'All places on a phone' },
        ...{ house: 'town', path: '/', view: PHONE, isGerman: true, prepare: openMore },
      },
      {
        ...{ name: 'server-lost-phone', title: 'The server does not answer, on a phone' },
        ...{ path: '/', view: PHONE, isGerman: true, prepare: loseServer },
      },
    ],
  },
  {
    title: 'One heat pump',
    pictures: [
      { name: 'heat-pump', title: 'The live schematic of a heat pump with two circuits', path: PUMP, view: DESK },
      {
        ...{ name: 'heat-pump-lost', title: 'A heat pump that is not reached' },
        ...{ house: 'town', path: '/heatpumps/:third', view: DESK, isGerman: true },
      },
      { name: 'sensors', title: 'All sensors by category', path: `${PUMP}/sensors`, view: DESK, isGerman: true },
      {
        ...{ name: 'control', title: 'The hot water target with its range, its register and its source' },
        ...{ path: `${PUMP}/sensors`, view: DESK, prepare: openControl },
      },
      {
        ...{ name: 'changes', title: 'What was changed, by whom, and what differs from a snapshot' },
        ...{ house: 'town', path: `${PUMP}/changes`, view: DESK },
      },
      {
        ...{ name: 'restore', title: 'What a restore would write' },
        ...{ house: 'town', path: `${PUMP}/changes`, view: DESK, isGerman: true, prepare: openRestore },
      },
      {
        ...{ name: 'settings', title: 'The settings of a heat pump' },
        ...{ path: `${PUMP}/edit`, view: DESK, isGerman: true },
      },
      { name: 'heat-pump-phone', title: 'The schematic on a phone', path: PUMP, view: PHONE },
      {
        ...{ name: 'control-phone', title: 'A setting is changed on a phone' },
        ...{ path: `${PUMP}/sensors`, view: PHONE, isGerman: true, prepare: openControl },
      },
      {
        ...{ name: 'changes-phone', title: 'The history of settings on a phone' },
        ...{ house: 'town', path: `${PUMP}/changes`, view: PHONE, isGerman: true },
      },
      { name: 'sensors-phone', title: 'Sensors on a phone', path: `${PUMP}/sensors`, view: PHONE },
    ],
  },
  {
    title: 'Charts and dashboards',
    pictures: [
      {
        ...{ name: 'history', title: 'Temperatures, powers and operating states of the last hour' },
        ...{ path: `${PUMP}/history?${LAST_HOUR}`, view: DESK, isGerman: true },
      },
      {
        ...{ name: 'dashboard', title: 'Charts of temperatures, powers and energy' },
        ...{ path: `/dashboards/:board?${LAST_HOUR}`, view: DESK },
      },
      {
        ...{ name: 'dashboard-edit', title: 'A dashboard is edited' },
        ...{ path: '/dashboards/:board?edit=1', view: DESK, isGerman: true },
      },
      {
        ...{ name: 'widget', title: 'What a widget shows, and how' },
        ...{ path: '/dashboards/:board?edit=1', view: DESK, prepare: openWidget },
      },
      { name: 'dashboards', title: 'All dashboards', path: '/dashboards', view: DESK, isGerman: true },
      {
        ...{ name: 'compare', title: 'The flow temperatures of two heat pumps on one time axis' },
        ...{ path: `/compare?ids=:first,:last&quantities=FLOW_TEMPERATURE&${LAST_HOUR}`, view: DESK },
      },
      {
        ...{ name: 'history-phone', title: 'The history on a phone' },
        ...{ path: `${PUMP}/history?${LAST_HOUR}`, view: PHONE, isGerman: true },
      },
      {
        ...{ name: 'dashboard-phone', title: 'A dashboard on a phone' },
        ...{ path: `/dashboards/:board?${LAST_HOUR}`, view: PHONE },
      },
      {
        ...{ name: 'dashboards-phone', title: 'The dashboards of a heat pump, on a phone' },
        ...{ path: `${PUMP}/dashboards`, view: PHONE, isGerman: true },
      },
      {
        ...{ name: 'compare-phone', title: 'A comparison on a phone' },
        ...{ path: `/compare?ids=:first,:last&quantities=FLOW_TEMPERATURE&${LAST_HOUR}`, view: PHONE, isGerman: true },
      },
    ],
  },
  {
    title: 'Jobs and alerts',
    pictures: [
      { name: 'jobs', title: 'Jobs with their next runs', path: '/jobs', view: DESK },
      {
        ...{ name: 'job', title: 'A job, and what it will do' },
        ...{ path: '/jobs/:job', view: DESK, isGerman: true },
      },
      { name: 'alerts', title: 'Alerts, and what became of them', path: '/alerts', view: DESK },
      {
        ...{ name: 'alert', title: 'An alert, and the message it sends' },
        ...{ path: '/alerts/:alert', view: DESK, isGerman: true },
      },
      { name: 'channels', title: 'Ways to tell people', path: '/channels', view: DESK },
      {
        ...{ name: 'channel', title: 'A channel' },
        ...{ path: '/channels/:channel', view: DESK, isGerman: true },
      },
      {
        ...{ name: 'jobs-phone', title: 'The jobs of a heat pump, on a phone' },
        ...{ path: `${PUMP}/jobs`, view: PHONE, isGerman: true },
      },
      { name: 'job-phone', title: 'A new job on a phone', path: '/jobs/new?heatpump=:first', view: PHONE },
      {
        ...{ name: 'alerts-phone', title: 'The alerts of a heat pump, on a phone' },
        ...{ path: `${PUMP}/alerts`, view: PHONE, isGerman: true },
      },
      { name: 'alert-phone', title: 'A new alert on a phone', path: '/alerts/new', view: PHONE },
    ],
  },
  {
    title: 'Setting up',
    pictures: [
      {
        ...{ name: 'set-up', title: 'The form that adds a heat pump, with the maker’s menu path beside it' },
        ...{ path: '/heatpumps/new', view: DESK },
      },
      {
        ...{ name: 'set-up-tested', title: 'A connection that was tested without writing, and live values' },
        ...{
          path: '/heatpumps/new',
          view: DESK,
          isGerman: true,
          prepare: (page: Page, { port = '' }: Names) => testConnection(page, port),
        },
      },
      {
        ...{ name: 'set-up-phone', title: 'A test that failed, and what to do' },
        ...{ path: '/heatpumps/new', view: PHONE, isGerman: true, prepare: (page: Page) => testConnection(page, '9') },
      },
      { name: 'welcome-phone', title: 'The first user is made', house: 'fresh', path: '/welcome', view: PHONE },
      {
        ...{ name: 'sign-in-phone', title: 'Signing in' },
        ...{ house: 'town', isStranger: true, path: '/sign-in', view: PHONE, isGerman: true },
      },
      {
        name: 'preferences-phone',
        title: 'Language and appearance',
        path: '/preferences',
        view: PHONE,
        isGerman: true,
      },
    ],
  },
  {
    title: 'Running the server',
    pictures: [
      { name: 'users', title: 'Users and what they may do', house: 'town', path: '/admin', view: DESK },
      {
        ...{ name: 'user', title: 'A user is changed' },
        ...{ house: 'town', path: '/admin/users/:user', view: DESK, isGerman: true },
      },
      {
        ...{ name: 'tokens', title: 'Tokens of programs' },
        ...{ house: 'town', path: '/admin/tokens', view: DESK, isGerman: true },
      },
      { name: 'audit', title: 'Who has done what', house: 'town', path: '/admin/audit', view: DESK, isGerman: true },
      { name: 'backups', title: 'Backups', house: 'town', path: '/admin/backups', view: DESK },
      { name: 'log', title: 'The log', house: 'town', path: '/admin/log', view: DESK, isGerman: true },
      {
        name: 'diagnostics',
        title: 'Diagnostics for a bug report',
        house: 'town',
        path: '/admin/diagnostics',
        view: DESK,
      },
      { name: 'account', title: 'One’s own account', house: 'town', path: '/account', view: DESK, isGerman: true },
      { name: 'users-phone', title: 'Users on a phone', house: 'town', path: '/admin', view: PHONE, isGerman: true },
      { name: 'audit-phone', title: 'The audit on a phone', house: 'town', path: '/admin/audit', view: PHONE },
      {
        ...{ name: 'backups-phone', title: 'Backups on a phone' },
        ...{ house: 'town', path: '/admin/backups', view: PHONE, isGerman: true },
      },
      { name: 'account-phone', title: 'The account on a phone', house: 'town', path: '/account', view: PHONE },
    ],
  },
  {
    title: 'Everywhere',
    pictures: [
      {
        ...{ name: 'go-to', title: 'Ctrl-K goes anywhere' },
        ...{ path: '/', view: DESK, prepare: (page: Page) => press(page, 'Control+k') },
      },
      {
        ...{ name: 'keys', title: 'The keys' },
        ...{ path: '/', view: DESK, isGerman: true, prepare: (page: Page) => press(page, '?') },
      },
      { name: 'not-found-phone', title: 'There is no such page', path: '/no/such/page', view: PHONE, isGerman: true },
    ],
  },
];
