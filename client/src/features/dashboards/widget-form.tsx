import { createMemo, createSignal, createUniqueId, For, onMount, Show, untrack } from 'solid-js';
import { DashboardListDocument } from '../../graphql/generated/dashboards.ts';
import type { DashboardPartsFragment } from '../../graphql/generated/types.ts';
import { createPageQuery } from '../../graphql/page-query.ts';
import { Field } from '../../ui/field.tsx';
import { createChartSource } from '../chart/chart-source.ts';
import { SeriesChips } from '../chart/series-chips.tsx';
import { SeriesPicker } from '../chart/series-picker.tsx';
import { refId, type SeriesRef } from '../chart/series-ref.ts';
import { dashboardTexts } from './texts.ts';
import { allRefsOf, queryOf, refsOf, WIDGET_TYPES, type WidgetParts } from './widget.ts';
import { checkWidget, draftOf, type WidgetDraft, type WidgetIssues } from './widget-draft.ts';

/** Asks what a widget shows and how. */
export function WidgetForm(props: {
  dashboard: DashboardPartsFragment;
  /** Undefined: a new one. */
  widget: WidgetParts | undefined;
  onApply: (widget: WidgetParts) => void;
  onClose: () => void;
}) {
  const i18n = dashboardTexts.use();
  const { t, language } = i18n;
  const id = createUniqueId();
  const [draft, setDraft] = createSignal<WidgetDraft>(untrack(() => draftOf(i18n, props.widget)));
  const [issues, setIssues] = createSignal<WidgetIssues>({});
  const list = createPageQuery(DashboardListDocument, () => ({ language: language() }));
  const heatpumps = () => list.data()?.heatpumps ?? [];
  const [chosenId, setChosenId] = createSignal<string>();
  const heatpumpId = () => chosenId() ?? props.dashboard.heatpump?.id ?? heatpumps()[0]?.id;
  const refs = createMemo(() => allRefsOf(draft().widget));
  const source = createChartSource(createMemo(() => refsOf(draft().widget)));
  const remove = (gone: SeriesRef) => {
    const { queries } = draft().widget;
    const ids = refs().map(refId);
    changeWidget({ queries: queries.filter((_, index) => ids[index] !== refId(gone)) });
  };
  const changeWidget = (change: Partial<WidgetParts>) =>
    setDraft({ ...draft(), widget: { ...draft().widget, ...change } });
  let dialog: HTMLDialogElement | undefined;
  onMount(() => dialog?.showModal());
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    const checked = checkWidget(i18n, draft());
    setIssues(checked.issues);
    if (checked.widget) props.onApply(checked.widget);
    else queueMicrotask(() => dialog?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus());
  };
  const text = (field: 'title' | 'hours' | 'thresholds' | 'min' | 'max', label: string, help?: string) => (
    <Field label={label} help={help} issue={issues()[field]}>
      {(control) => (
        <input
          {...control()}
          type="text"
          name={field}
          autocomplete="off"
          inputmode={field === 'title' ? 'text' : 'decimal'}
          value={draft()[field]}
          onInput={(event) => setDraft({ ...draft(), [field]: event.currentTarget.value })}
        />
      )}
    </Field>
  );
  return (
    <dialog ref={dialog} class="dialog widget-dialog" aria-labelledby={id} onClose={() => props.onClose()}>
      <form class="widget-form" noValidate onSubmit={submit}>
        <h2 id={id}>{t('widget.editTitle')}</h2>
        {text('title', t('widget.title'))}
        <Field label={t('widget.type')}>
          {(control) => (
            <select
              {...control()}
              name="type"
              onChange={(event) => changeWidget({ type: event.currentTarget.value as WidgetParts['type'] })}
            >
              <For each={WIDGET_TYPES}>
                {(type) => (
                  <option value={type} selected={type === draft().widget.type}>
                    {t(`widget.${type}`)}
                  </option>
                )}
              </For>
            </select>
          )}
        </Field>
        <fieldset class="widget-values">
          <legend>{t('widget.values')}</legend>
          <SeriesChips refs={refs()} source={source} hasHeatpumpNames={heatpumps().length > 1} onRemove={remove} />
          <p class="field-issue" aria-live="polite">
            {issues().values}
          </p>
          <Show when={heatpumps().length > 1}>
            <label>
              <span class="visually-hidden">{t('widget.heatpump')}</span>
              <select onChange={(event) => setChosenId(event.currentTarget.value)}>
                <For each={heatpumps()}>
                  {(heatpump) => (
                    <option value={heatpump.id} selected={heatpump.id === heatpumpId()}>
                      {heatpump.name}
                    </option>
                  )}
                </For>
              </select>
            </label>
          </Show>
          <Show when={heatpumpId()} keyed>
            {(pumpId) => (
              <SeriesPicker
                heatpumpId={pumpId}
                refs={refs()}
                onAdd={(ref) => changeWidget({ queries: [...draft().widget.queries, queryOf(ref, props.dashboard)] })}
              />
            )}
          </Show>
        </fieldset>
        {text('hours', t('widget.hours'))}
        {text('thresholds', t('widget.thresholds'), t('widget.thresholdsHelp'))}
        <div class="widget-scale">
          {text('min', t('widget.min'))}
          {text('max', t('widget.max'), t('widget.scaleHelp'))}
        </div>
        <div class="dialog-actions">
          <button type="button" onClick={() => dialog?.close()}>
            {t('app.cancel')}
          </button>
          <button type="submit" class="primary">
            {t('widget.apply')}
          </button>
        </div>
      </form>
    </dialog>
  );
}
