import { useNavigate } from '@solidjs/router';
import type { CombinedError } from '@urql/core';
import { type Accessor, createSignal } from 'solid-js';
import { useApi } from '../../graphql/client.tsx';
import { createDeletion, type Deletion } from '../../graphql/deletion.ts';
import {
  CreateDashboardDocument,
  DeleteDashboardDocument,
  ExportDashboardDocument,
  ImportDashboardDocument,
  ReorderDashboardsDocument,
} from '../../graphql/generated/dashboards.ts';
import type { DashboardListQuery } from '../../graphql/generated/types.ts';
import { fileName, save } from '../chart/chart-file.ts';

/** A dashboard as lists show it. */
export type ListedDashboard = DashboardListQuery['dashboards'][number];

/** A dashboard that was deleted and can be brought back. */
interface Deleted {
  readonly name: string;
  readonly file: unknown;
  readonly heatpumpId: string | null;
  /** Ids of its group when it was still there, in order. */
  readonly order: readonly string[];
  readonly id: string;
}

/** What can be done with dashboards as a whole. */
export interface DashboardActions extends Pick<Deletion<Deleted>, 'deleted' | 'undo'> {
  create(name: string, heatpumpId: string | null): Promise<void>;
  import(file: unknown, heatpumpId: string | null): Promise<void>;
  download(dashboard: ListedDashboard): Promise<void>;
  /** Deletes without asking, as it can be undone. */
  remove(dashboard: ListedDashboard, group: readonly ListedDashboard[]): Promise<void>;
  move(dashboard: ListedDashboard, group: readonly ListedDashboard[], by: -1 | 1): Promise<void>;
  /** Why the last action was refused. */
  readonly error: Accessor<CombinedError | undefined>;
}

/** Acts on dashboards; `onChanged` is called whenever the list is no longer what it was. */
export function createDashboardActions(onChanged: () => void): DashboardActions {
  const { client } = useApi();
  const navigate = useNavigate();
  const [error, setError] = createSignal<CombinedError>();
  /** Keeps what went wrong; resolves with the answer. */
  const told = async <Data>(answer: PromiseLike<{ data?: Data; error?: CombinedError | undefined }>) => {
    const result = await answer;
    setError(result.error);
    return result.error ? undefined : result.data;
  };
  const fileOf = async (id: string) => (await told(client.query(ExportDashboardDocument, { id })))?.exportDashboard;
  const importFile = async (file: unknown, heatpumpId: string | null) => {
    const data = await told(client.mutation(ImportDashboardDocument, { input: { file, heatpumpId } }));
    return data?.importDashboard.dashboard.id;
  };
  const reorder = (heatpumpId: string | null, ids: readonly string[]) =>
    told(client.mutation(ReorderDashboardsDocument, { input: { heatpumpId, ids } }));
  const restore = async ({ file, heatpumpId, order, id: goneId }: Deleted) => {
    const id = await importFile(file, heatpumpId);
    if (!id) return false;
    await reorder(
      heatpumpId,
      order.map((one) => (one === goneId ? id : one)),
    );
    return true;
  };
  const deletion = createDeletion<Deleted>(
    async ({ id }) => (await told(client.mutation(DeleteDashboardDocument, { input: { id } }))) !== undefined,
    restore,
    onChanged,
  );
  return {
    deleted: deletion.deleted,
    undo: deletion.undo,
    error,
    create: async (name, heatpumpId) => {
      const data = await told(client.mutation(CreateDashboardDocument, { input: { name, heatpumpId } }));
      if (data) navigate(`/dashboards/${data.createDashboard.dashboard.id}?edit=1`);
    },
    import: async (file, heatpumpId) => {
      await importFile(file, heatpumpId);
      onChanged();
    },
    download: async ({ id, name }) => {
      const file = await fileOf(id);
      const content = JSON.stringify(file, null, 2);
      if (file) save(new Blob([content], { type: 'application/json' }), `${fileName(name)}.json`);
    },
    remove: async ({ id, name, heatpump }, group) => {
      const file = await fileOf(id);
      const order = group.map((one) => one.id);
      if (file) await deletion.remove({ name, file, heatpumpId: heatpump?.id ?? null, order, id });
    },
    move: async (dashboard, group, by) => {
      const ids = group.map(({ id }) => id);
      const from = ids.indexOf(dashboard.id);
      const to = from + by;
      if (to < 0 || to >= ids.length) return;
      ids.splice(to, 0, ...ids.splice(from, 1));
      await reorder(dashboard.heatpump?.id ?? null, ids);
      onChanged();
    },
  };
}
