import { createMemo, createSignal, For, Show } from 'solid-js';
import { DashboardListDocument } from '../../graphql/generated/dashboards.ts';
import { createPageQuery } from '../../graphql/page-query.ts';
import { Notice } from '../../ui/notice.tsx';
import { QueryState } from '../../ui/query-state.tsx';
import { Told } from '../../ui/told.tsx';
import { createDashboardActions } from './dashboard-actions.ts';
import { DashboardGroup } from './dashboard-group.tsx';
import { dashboardTexts } from './texts.ts';
import './dashboards.css';

/** Dashboards by what they are about, and all that can be done with them as a whole. */
export function DashboardGroups(props: {
  /** Only those of this heat pump. */
  heatpumpId?: string;
}) {
  const { t, language } = dashboardTexts.use();
  const query = createPageQuery(DashboardListDocument, () => ({ language: language() }));
  const actions = createDashboardActions(query.refetch);
  const [problem, setProblem] = createSignal<string>();
  const deletedText = () => {
    const dashboard = actions.deleted();
    return dashboard && t('dashboard.deleted', dashboard.name);
  };
  const dashboards = () => query.data()?.dashboards ?? [];
  const groups = createMemo(() => {
    const heatpumps = query.data()?.heatpumps ?? [];
    if (props.heatpumpId) return heatpumps.filter(({ id }) => id === props.heatpumpId);
    return [{ id: null, name: t('dashboard.several') }, ...heatpumps];
  });
  const of = (heatpumpId: string | null) =>
    dashboards().filter(({ heatpump }) => (heatpump?.id ?? null) === heatpumpId);
  const importFile = async (file: File, heatpumpId: string | null) => {
    const content = await parse(file);
    setProblem(content === undefined ? t('dashboard.importBad') : undefined);
    if (content !== undefined) await actions.import(content, heatpumpId);
  };
  return (
    <div class="dashboard-groups">
      <Told deleted={deletedText()} error={actions.error()} onUndo={actions.undo} />
      <div role="alert">
        <Show when={problem()}>{(title) => <Notice kind="bad" title={title()} />}</Show>
      </div>
      <QueryState query={query}>
        {() => (
          <For each={groups().map(({ id }) => id)}>
            {(id) => (
              <DashboardGroup
                heatpumpId={id}
                name={groups().find((group) => group.id === id)?.name ?? ''}
                dashboards={of(id)}
                actions={actions}
                onImport={(file) => void importFile(file, id)}
              />
            )}
          </For>
        )}
      </QueryState>
    </div>
  );
}

/** What a file holds; undefined: it is no JSON. */
async function parse(file: File): Promise<unknown> {
  try {
    return JSON.parse(await file.text());
  } catch {
    return undefined;
  }
}
