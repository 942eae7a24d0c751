import { createMemo, createSignal, onCleanup, onMount, Show, untrack } from 'solid-js';
import { errorText } from '../../graphql/error-text.ts';
import type { DashboardPartsFragment } from '../../graphql/generated/types.ts';
import { Field } from '../../ui/field.tsx';
import { Notice } from '../../ui/notice.tsx';
import { createChartSource } from '../chart/chart-source.ts';
import type { PageRange } from '../chart/page-range.ts';
import { createDashboardDraft } from './dashboard-draft.ts';
import { EditorGrid } from './editor-grid.tsx';
import { dashboardTexts } from './texts.ts';
import { type PlacedWidget, refsOf, SIZES, type WidgetParts, withIds } from './widget.ts';
import { WidgetForm } from './widget-form.tsx';
import { compact, freePlace } from './widget-layout.ts';

/** What the form is open for: a new widget, or one that is there. */
type Edited = 'NEW' | PlacedWidget;

/** Changes a dashboard: its name, and its widgets. */
export default function DashboardEditor(props: {
  dashboard: DashboardPartsFragment;
  page: PageRange;
  onSaved: () => void;
}) {
  const i18n = dashboardTexts.use();
  const { t } = i18n;
  const draft = untrack(() => createDashboardDraft(props.dashboard, i18n.language, props.onSaved));
  const [edited, setEdited] = createSignal<Edited>();
  const widgets = () => draft.content().widgets;
  const source = createChartSource(createMemo(() => widgets().flatMap(refsOf)));
  const add = (widget: WidgetParts) => {
    const added = withIds([{ ...widget, ...freePlace(widgets(), widget) }]);
    draft.change({ widgets: [...widgets(), ...added] });
  };
  const apply = (widget: WidgetParts) => {
    const target = edited();
    setEdited(undefined);
    if (target === 'NEW') add({ ...widget, ...SIZES[widget.type] });
    else if (target) {
      draft.change({ widgets: widgets().map((one) => (one.id === target.id ? { ...one, ...widget } : one)) });
    }
  };
  undoByKey(draft.undo);
  return (
    <>
      <div class="editor-bar">
        <NameField name={draft.content().name} onChange={(name) => draft.change({ name })} />
        <div class="editor-actions">
          <button type="button" onClick={() => setEdited('NEW')}>
            {t('dashboard.addWidget')}
          </button>
          <button type="button" disabled={!draft.canUndo()} onClick={draft.undo}>
            {t('app.undo')}
          </button>
          <span class="muted small" role="status">
            {t(
              draft.state() === 'SAVED'
                ? 'dashboard.saved'
                : draft.state() === 'SAVING'
                  ? 'dashboard.saving'
                  : 'dashboard.notSaved',
            )}
          </span>
        </div>
      </div>
      <div role="alert">
        <Show when={draft.error()}>
          {(error) => (
            <Notice kind="bad" title={`${t('dashboard.notSaved')}: ${errorText(i18n, error())}`}>
              <p>{error().graphQLErrors[0]?.message}</p>
              <button type="button" onClick={draft.retry}>
                {t('app.retry')}
              </button>
            </Notice>
          )}
        </Show>
      </div>
      <EditorGrid
        widgets={widgets()}
        source={source}
        page={props.page}
        hasHeatpumpNames={props.dashboard.heatpump === null}
        onChange={(next) => draft.change({ widgets: next })}
        onEdit={setEdited}
        onDuplicate={(widget) => add(widget)}
        onRemove={({ id }) => draft.change({ widgets: compact(widgets().filter((one) => one.id !== id)) })}
      />
      <Show when={edited()} keyed>
        {(target) => (
          <WidgetForm
            dashboard={props.dashboard}
            widget={target === 'NEW' ? undefined : target}
            onApply={apply}
            onClose={() => setEdited(undefined)}
          />
        )}
      </Show>
    </>
  );
}

function NameField(props: { name: string; onChange: (name: string) => void }) {
  const { t } = dashboardTexts.use();
  const [issue, setIssue] = createSignal<string>();
  const take = (text: string) => {
    const name = text.trim();
    const isFine = name.length >= 1 && name.length <= 100;
    setIssue(isFine ? undefined : t('widget.titleLength'));
    if (isFine && name !== props.name) props.onChange(name);
  };
  return (
    <Field label={t('dashboard.name')} issue={issue()}>
      {(control) => (
        <input {...control()} type="text" value={props.name} onChange={(event) => take(event.currentTarget.value)} />
      )}
    </Field>
  );
}

/** Ctrl-Z where nobody is typing. */
function undoByKey(undo: () => void): void {
  onMount(() => {
    const onKey = (event: KeyboardEvent) => {
      const { target, key, ctrlKey, metaKey } = event;
      const isField = target instanceof HTMLElement && target.closest('input, select, textarea, dialog') !== null;
      if (key !== 'z' || !(ctrlKey || metaKey) || isField) return;
      event.preventDefault();
      undo();
    };
    document.addEventListener('keydown', onKey);
    onCleanup(() => document.removeEventListener('keydown', onKey));
  });
}
