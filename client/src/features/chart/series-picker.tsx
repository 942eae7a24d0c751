import { createMemo, createUniqueId, For } from 'solid-js';
import { PickableSeriesDocument } from '../../graphql/generated/series-picker.ts';
import type { PickableSeriesQuery } from '../../graphql/generated/types.ts';
import { createPageQuery } from '../../graphql/page-query.ts';
import { quantityName } from './chart-source.ts';
import { refId, type SeriesRef } from './series-ref.ts';
import { type ChartI18n, chartTexts } from './texts.ts';

/** A value that can be added, by its name. */
interface Choice {
  readonly ref: SeriesRef;
  readonly name: string;
}

/** Adds a value of a heat pump to what is shown. */
export function SeriesPicker(props: {
  heatpumpId: string;
  /** What is shown already. */
  refs: readonly SeriesRef[];
  onAdd: (ref: SeriesRef) => void;
}) {
  const i18n = chartTexts.use();
  const id = createUniqueId();
  const query = createPageQuery(PickableSeriesDocument, () => ({ id: props.heatpumpId, language: i18n.language() }));
  const shown = createMemo(() => new Set(props.refs.map(refId)));
  const open = (choices: readonly Choice[]) => choices.filter(({ ref }) => !shown().has(refId(ref)));
  const quantities = createMemo(() => quantityChoices(i18n, props.heatpumpId, query.data()));
  const sensors = createMemo(() => sensorChoices(props.heatpumpId, query.data()));
  const add = (select: HTMLSelectElement) => {
    const choice = [...quantities(), ...sensors()].find(({ ref }) => refId(ref) === select.value);
    select.value = '';
    if (choice) props.onAdd(choice.ref);
  };
  return (
    <div class="series-picker">
      <label for={id} class="visually-hidden">
        {i18n.t('chart.value')}
      </label>
      <select id={id} onChange={(event) => add(event.currentTarget)}>
        <option value="">{i18n.t('chart.value')} …</option>
        <optgroup label={i18n.t('chart.quantities')}>
          <For each={open(quantities())}>{({ ref, name }) => <option value={refId(ref)}>{name}</option>}</For>
        </optgroup>
        <optgroup label={i18n.t('chart.sensors')}>
          <For each={open(sensors())}>{({ ref, name }) => <option value={refId(ref)}>{name}</option>}</For>
        </optgroup>
      </select>
    </div>
  );
}

function quantityChoices(i18n: ChartI18n, heatpumpId: string, data: PickableSeriesQuery | undefined): Choice[] {
  const choices = (data?.heatpump?.quantities ?? []).map(({ quantity, circuit }) => ({
    ref: { heatpumpId, key: null, quantity, circuit },
    name: quantityName(i18n, quantity, circuit),
  }));
  // Several sensors may measure one quantity; the history tells of the first.
  return byName([...new Map(choices.map((choice) => [refId(choice.ref), choice])).values()], i18n);
}

/** Sensors that hold numbers and can be read, in the order of the manual. */
function sensorChoices(heatpumpId: string, data: PickableSeriesQuery | undefined): Choice[] {
  const sensors = data?.heatpump?.sensors ?? [];
  return sensors
    .filter(({ access, dataType }) => access !== 'WRITE_ONLY' && dataType !== 'TEXT16')
    .map(({ key, name }) => ({ ref: { heatpumpId, key, quantity: null, circuit: null }, name }));
}

function byName(choices: readonly Choice[], { language }: ChartI18n): Choice[] {
  return choices.toSorted((a, b) => a.name.localeCompare(b.name, language().toLowerCase()));
}
