import { randomUUID } from 'node:crypto';
import type { Clock } from '../domain/clock.ts';
import type { Dashboard, WidgetQuery } from '../domain/dashboard.ts';
import type { DashboardStore } from '../domain/dashboard-store.ts';
import { AppError, badInput, type Issue } from '../domain/errors.ts';
import { Sequence } from '../domain/sequence.ts';
import { checkContent, checkFile, type DashboardContent, type DashboardInput, toFile } from './dashboard-input.ts';
import { checkQueries, type HeatpumpLookup } from './widget-queries.ts';

/** What dashboards need of the house. */
export interface DashboardsDeps {
  readonly store: DashboardStore;
  readonly heatpumps: HeatpumpLookup;
  readonly clock: Clock;
}

/** A new dashboard; without a heat pump it is about several. */
export interface CreateDashboardInput extends DashboardInput {
  readonly heatpumpId?: string | null | undefined;
}

/** Changes to a dashboard; what is left out stays. */
export interface UpdateDashboardInput extends DashboardInput {
  readonly id: string;
}

/** The new order of all dashboards of a heat pump, or of those about several. */
export interface ReorderDashboardsInput {
  readonly heatpumpId?: string | null | undefined;
  readonly ids: readonly string[];
}

/** A dashboard from a file, for a heat pump or for several. */
export interface ImportDashboardInput {
  /** What {@link Dashboards.export} has given. */
  readonly file?: unknown;
  readonly heatpumpId?: string | null | undefined;
}

/** Dashboards there may be, besides one for each heat pump. */
export const MAX_DASHBOARDS = 500;
const WIDGETS: Issue['path'] = ['input', 'widgets'];
const FILE_WIDGETS: Issue['path'] = ['input', 'file', 'widgets'];

/** All dashboards. Refusals are {@link AppError}s and change nothing. */
export class Dashboards {
  readonly #deps: DashboardsDeps;
  readonly #changes = new Sequence();

  constructor(deps: DashboardsDeps) {
    this.#deps = deps;
  }

  /** Those of one heat pump, or all but those of heat pumps that could not be loaded. Throws `NOT_FOUND` for an unknown heat pump. */
  async list(heatpumpId?: string | null): Promise<Dashboard[]> {
    if (heatpumpId === null || heatpumpId === undefined) return (await this.#deps.store.list()).filter(this.#isShown);
    this.#requireHeatpump(heatpumpId, ['heatpumpId']);
    return this.listOf(heatpumpId);
  }

  /** Those of one heat pump, or those about several (null), in order. */
  listOf(heatpumpId: string | null): Promise<Dashboard[]> {
    return this.#deps.store.listOf(heatpumpId);
  }

  /** Null if there is none with this id. */
  async find(id: string): Promise<Dashboard | null> {
    const dashboard = await this.#deps.store.find(id);
    return dashboard && this.#isShown(dashboard) ? dashboard : null;
  }

  /** A dashboard as a file. Throws `NOT_FOUND`. */
  async export(id: string): Promise<object> {
    return toFile(await this.#require(id, ['id']));
  }

  /** Throws `BAD_USER_INPUT`, `NOT_FOUND` for an unknown heat pump, or `CONFLICT` if there are too many. */
  create({ heatpumpId, ...input }: CreateDashboardInput): Promise<Dashboard> {
    return this.#changes.run(async () => {
      const ownId = this.#ownId(heatpumpId);
      const content = withoutOwnId(checkContent(input), ownId);
      checkQueries(content.widgets, WIDGETS, ownId, this.#deps.heatpumps, () => false);
      return this.#insert(content, ownId);
    });
  }

  /**
   * Makes a dashboard of a file. Queries that name heat pumps which are not here stay, as gaps. Throws as {@link create}
   * does.
   */
  import({ file, heatpumpId }: ImportDashboardInput): Promise<Dashboard> {
    return this.#changes.run(async () => {
      const ownId = this.#ownId(heatpumpId);
      const content = withoutOwnId(checkFile(file), ownId);
      const isElsewhere = ({ heatpumpId: id }: WidgetQuery) => id !== null && !this.#deps.heatpumps.find(id);
      checkQueries(content.widgets, FILE_WIDGETS, ownId, this.#deps.heatpumps, isElsewhere);
      return this.#insert(content, ownId);
    });
  }

  /** What a dashboard already shows may stay even if it is gone. Throws `NOT_FOUND` or `BAD_USER_INPUT`. */
  update({ id, ...input }: UpdateDashboardInput): Promise<Dashboard> {
    return this.#changes.run(async () => {
      const before = await this.#require(id);
      const content = withoutOwnId(checkContent(input, before), before.heatpumpId);
      const shown = new Set(before.widgets.flatMap(({ queries }) => queries.map(identityOf)));
      checkQueries(content.widgets, WIDGETS, before.heatpumpId, this.#deps.heatpumps, (query) =>
        shown.has(identityOf(query)),
      );
      const dashboard = { ...before, ...content, updatedAt: this.#deps.clock.now() };
      await this.#deps.store.update(dashboard);
      return dashboard;
    });
  }

  /** Throws `NOT_FOUND`. */
  delete(id: string): Promise<void> {
    return this.#changes.run(async () => {
      await this.#require(id);
      await this.#deps.store.delete(id);
    });
  }

  /** Throws `BAD_USER_INPUT` unless the ids are those of all dashboards concerned, each once. */
  reorder({ heatpumpId, ids }: ReorderDashboardsInput): Promise<Dashboard[]> {
    return this.#changes.run(async () => {
      const ownId = this.#ownId(heatpumpId);
      const present = (await this.listOf(ownId)).map(({ id }) => id);
      if (present.length !== ids.length || present.some((id) => !ids.includes(id))) {
        throw badInput({ path: ['input', 'ids'], message: `must be these, each once: ${present.join(', ')}` });
      }
      await this.#deps.store.reorder(ids);
      return this.listOf(ownId);
    });
  }

  readonly #isShown = ({ heatpumpId }: Dashboard): boolean =>
    heatpumpId === null || this.#deps.heatpumps.find(heatpumpId) !== null;

  async #insert(content: DashboardContent, heatpumpId: string | null): Promise<Dashboard> {
    const { store, heatpumps, clock } = this.#deps;
    if ((await store.count()) >= MAX_DASHBOARDS + heatpumps.list().length) {
      throw new AppError('CONFLICT', 'there are too many dashboards already; delete one first');
    }
    const position = Math.max(-1, ...(await store.listOf(heatpumpId)).map((other) => other.position)) + 1;
    const now = clock.now();
    const dashboard = { id: randomUUID(), heatpumpId, position, ...content, createdAt: now, updatedAt: now };
    await store.insert(dashboard);
    return dashboard;
  }

  #ownId(heatpumpId: string | null | undefined): string | null {
    if (heatpumpId === null || heatpumpId === undefined) return null;
    this.#requireHeatpump(heatpumpId, ['input', 'heatpumpId']);
    return heatpumpId;
  }

  #requireHeatpump(id: string, path: Issue['path']): void {
    if (!this.#deps.heatpumps.find(id)) throw notFound('no heat pump with this id', path);
  }

  async #require(id: string, path: Issue['path'] = ['input', 'id']): Promise<Dashboard> {
    const dashboard = await this.#deps.store.find(id);
    if (!dashboard) throw notFound('no dashboard with this id', path);
    return dashboard;
  }
}

function notFound(message: string, path: Issue['path']): AppError {
  return new AppError('NOT_FOUND', message, [{ path, message }]);
}

/** Queries of a dashboard's own heat pump do not name it, so that its file fits another one. */
function withoutOwnId({ name, widgets }: DashboardContent, ownId: string | null): DashboardContent {
  const withoutOwn = (query: WidgetQuery) => (query.heatpumpId === ownId ? { ...query, heatpumpId: null } : query);
  return { name, widgets: widgets.map((widget) => ({ ...widget, queries: widget.queries.map(withoutOwn) })) };
}

function identityOf({ key, quantity, circuit, heatpumpId }: WidgetQuery): string {
  return JSON.stringify([key, quantity, circuit, heatpumpId]);
}
