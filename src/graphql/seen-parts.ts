import type { AcknowledgeInput, AlertManager, AlertStateView } from '../alerts/alert-manager.ts';
import { toFile } from '../dashboards/dashboard-input.ts';
import type { Dashboards } from '../dashboards/dashboards.ts';
import type { Alert, AlertEvent } from '../domain/alert.ts';
import type { Dashboard } from '../domain/dashboard.ts';
import { AppError, type Issue } from '../domain/errors.ts';
import type { JobRun } from '../domain/job.ts';
import type { JobInput } from '../jobs/job-input.ts';
import type { JobView } from '../jobs/job-runner.ts';
import type { DryRunInput, JobDryRun, Jobs, UpdateJobInput } from '../jobs/jobs.ts';
import type { SeenHeatpumps } from './seen-heatpumps.ts';

// Whatever only admins change needs no looking at, for they see everything.

/** In place of the id of a heat pump that may not be seen; no heat pump has it. */
const HIDDEN_ID = 'hidden';

/** The dashboards as somebody may see them; where one about several shows a heat pump that they may not see, it has a gap. */
export interface SeenDashboards
  extends Pick<
    Dashboards,
    'list' | 'listOf' | 'find' | 'export' | 'create' | 'update' | 'delete' | 'import' | 'reorder'
  > {}

/** See {@link SeenDashboards}. */
export function seenDashboards(dashboards: Dashboards, heatpumps: SeenHeatpumps): SeenDashboards {
  const isSeen = ({ heatpumpId }: Dashboard) => heatpumpId === null || heatpumps.find(heatpumpId) !== null;
  const gapped = (dashboard: Dashboard): Dashboard => hideIn(dashboard, heatpumps);
  const find = async (id: string) => {
    const dashboard = await dashboards.find(id);
    return dashboard && isSeen(dashboard) ? gapped(dashboard) : null;
  };
  return {
    list: async (heatpumpId) => {
      if (heatpumpId) heatpumps.info(heatpumpId, ['heatpumpId']);
      return (await dashboards.list(heatpumpId)).filter(isSeen).map(gapped);
    },
    listOf: async (heatpumpId) => (await dashboards.listOf(heatpumpId)).filter(isSeen).map(gapped),
    find,
    export: async (id) => {
      const dashboard = await find(id);
      if (!dashboard) throw notFound('dashboard', ['id']);
      return toFile(dashboard);
    },
    create: (input) => dashboards.create(input),
    update: (input) => dashboards.update(input),
    delete: (id) => dashboards.delete(id),
    import: (input) => dashboards.import(input),
    reorder: (input) => dashboards.reorder(input),
  };
}

/** The jobs as somebody may see them: those of the heat pumps that they may see. */
export interface SeenJobs extends Pick<Jobs, 'list' | 'find' | 'runs' | 'delete'> {
  create(input: JobInput): Promise<JobView>;
  update(input: UpdateJobInput): Promise<JobView>;
  runNow(id: string): Promise<JobRun>;
  dryRun(input: DryRunInput): JobDryRun;
}

/** See {@link SeenJobs}. */
export function seenJobs(jobs: Jobs, heatpumps: SeenHeatpumps, actor: string | null): SeenJobs {
  const isSeen = ({ job }: JobView) => heatpumps.isSeen(job.heatpumpId);
  const require = (id: string): JobView => {
    const job = jobs.find(id);
    if (job && isSeen(job)) return job;
    throw notFound('job', ['input', 'id']);
  };
  return {
    list: (heatpumpId) => {
      if (heatpumpId) heatpumps.info(heatpumpId, ['heatpumpId']);
      return jobs.list(heatpumpId).filter(isSeen);
    },
    find: (id) => {
      const job = jobs.find(id);
      return job && isSeen(job) ? job : null;
    },
    runs: (id, limit) => jobs.runs(require(id).job.id, limit),
    runNow: async (id) => jobs.runNow(require(id).job.id),
    dryRun: (input) => {
      if (input.id) require(input.id);
      return jobs.dryRun(input.id ? input : heatpumps.meant(input));
    },
    create: (input) => jobs.create(input, actor),
    update: (input) => jobs.update(input, actor),
    delete: (id) => jobs.delete(id),
  };
}

/** The alerts as somebody may see them: of those for all heat pumps only what concerns those that they may see. */
export interface SeenAlerts extends Pick<AlertManager, 'list' | 'find' | 'create' | 'update' | 'delete'> {
  history(heatpumpId: string | null, first: number): Promise<AlertEvent[]>;
  states(alert: Alert, heatpumpId?: string | null): AlertStateView[];
  acknowledge(input: AcknowledgeInput): Promise<Alert>;
}

/** See {@link SeenAlerts}. */
export function seenAlerts(alerts: AlertManager, heatpumps: SeenHeatpumps): SeenAlerts {
  const isSeen = ({ heatpumpId }: Alert) => heatpumpId === null || heatpumps.isSeen(heatpumpId);
  const find = (id: string) => {
    const alert = alerts.find(id);
    return alert && isSeen(alert) ? alert : null;
  };
  return {
    list: (heatpumpId) => {
      if (heatpumpId) heatpumps.info(heatpumpId, ['heatpumpId']);
      return alerts.list(heatpumpId).filter(isSeen);
    },
    find,
    states: (alert, heatpumpId) =>
      alerts.states(alert, heatpumpId).filter(({ heatpump }) => heatpumps.isSeen(heatpump.settings.id)),
    history: async (heatpumpId, first) => {
      if (heatpumpId !== null) heatpumps.info(heatpumpId, ['heatpumpId']);
      return alerts.history(heatpumpId, first, heatpumps.seenIds);
    },
    acknowledge: async (input) => {
      if (!find(input.id)) throw notFound('alert', ['input', 'id']);
      if (input.heatpumpId) heatpumps.info(input.heatpumpId, ['input', 'heatpumpId']);
      return alerts.acknowledge(input);
    },
    create: (input) => alerts.create(input),
    update: (input) => alerts.update(input),
    delete: (id) => alerts.delete(id),
  };
}

function hideIn(dashboard: Dashboard, heatpumps: SeenHeatpumps): Dashboard {
  if (heatpumps.seenIds === null) return dashboard;
  const shown = (heatpumpId: string | null) => (heatpumpId && !heatpumps.isSeen(heatpumpId) ? HIDDEN_ID : heatpumpId);
  const widgets = dashboard.widgets.map((widget) => ({
    ...widget,
    queries: widget.queries.map((query) => ({ ...query, heatpumpId: shown(query.heatpumpId) })),
  }));
  return { ...dashboard, widgets };
}

function notFound(what: string, path: Issue['path']): AppError {
  const message = `no ${what} with this id`;
  return new AppError('NOT_FOUND', message, [{ path, message }]);
}
