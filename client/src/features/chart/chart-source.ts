import { type Accessor, createMemo } from 'solid-js';
import { useApi } from '../../graphql/client.tsx';
import { SeriesSourceDocument } from '../../graphql/generated/chart.ts';
import type { Quantity, SeriesSourceQuery } from '../../graphql/generated/types.ts';
import { createLiveReadings, createLiveStates, type LiveReadings } from '../../graphql/live.ts';
import { createPageQuery } from '../../graphql/page-query.ts';
import { type AnyReading, type Shown, shown } from '../../graphql/shown.ts';
import { quantityKind, sensorKind } from '../../lib/sensor-value.ts';
import type { SeriesInfo } from './series.ts';
import { refId, type SeriesRef, selectionOf } from './series-ref.ts';
import { type ChartI18n, chartTexts } from './texts.ts';

/** What all charts of a page share: names, and one subscription for all live values. */
export interface ChartSource {
  /** Undefined until it is known. */
  info(ref: SeriesRef): SeriesInfo | undefined;
  /** The newest reading; undefined before the first. */
  reading(ref: SeriesRef): AnyReading | undefined;
  /** What may be shown of the newest reading. */
  shown(ref: SeriesRef): Shown;
  readonly observedAt: LiveReadings['observedAt'];
}

type SourceHeatpump = SeriesSourceQuery['heatpumps'][number];

/** Learns about series and listens to them; `refs` are all that the page may show. */
export function createChartSource(refs: Accessor<readonly SeriesRef[]>): ChartSource {
  const i18n = chartTexts.use();
  const { link } = useApi();
  // Asked and subscribed anew only when something else is wanted.
  const selection = createMemo(() => withState(selectionOf(refs())), undefined, { equals: isSameJson });
  const query = createPageQuery(SeriesSourceDocument, () => ({
    keys: selection().keys,
    quantities: selection().quantities,
    language: i18n.language(),
  }));
  const heatpumps = createMemo(() => new Map(query.data()?.heatpumps.map((heatpump) => [heatpump.id, heatpump])));
  const watched = () => (selection().heatpumpIds.length > 0 ? selection() : undefined);
  const states = createLiveStates(
    () => watched() && { heatpumpIds: selection().heatpumpIds },
    () => {},
  );
  const live = createLiveReadings(watched, states.take);
  const reading = ({ heatpumpId, key, quantity, circuit }: SeriesRef) =>
    quantity ? live.quantity(heatpumpId, quantity, circuit) : live.reading(heatpumpId, key ?? '');
  // A quantity comes with every event, and says itself how old it is.
  const seenAt = ({ heatpumpId, key }: SeriesRef) => {
    const sensor = heatpumps()
      .get(heatpumpId)
      ?.sensors.find((one) => one.key === key);
    return sensor ? live.seenAt(heatpumpId, sensor.pollGroup) : undefined;
  };
  return {
    info: (ref) => {
      const heatpump = heatpumps().get(ref.heatpumpId);
      return heatpump && infoOf(i18n, heatpump, ref);
    },
    reading,
    shown: (ref) =>
      shown(reading(ref), {
        link: link.state(),
        state: states.connection(ref.heatpumpId) ?? heatpumps().get(ref.heatpumpId)?.status.state,
        seenAt: seenAt(ref),
      }),
    observedAt: live.observedAt,
  };
}

/** The name of a series without that of its heat pump. */
export function quantityName({ t }: ChartI18n, quantity: Quantity, circuit: string | null): string {
  const name = t(`quantity.${quantity}`);
  return circuit === null ? name : t('chart.circuit', name, circuit);
}

/** Every chart may show what the heat pump was doing. */
function withState(selection: ReturnType<typeof selectionOf>): ReturnType<typeof selectionOf> {
  const quantities = new Set<Quantity>([...selection.quantities, 'OPERATING_STATE']);
  return { ...selection, quantities: [...quantities] };
}

function infoOf(i18n: ChartI18n, heatpump: SourceHeatpump, ref: SeriesRef): SeriesInfo {
  const { key, quantity, circuit } = ref;
  const heatpumpName = heatpump.name;
  if (quantity) {
    const unit = heatpump.quantities.find((one) => one.quantity === quantity)?.unit ?? null;
    const name = quantityName(i18n, quantity, circuit);
    return { name, heatpumpName, kind: quantityKind(unit), quantity, isBoolean: false };
  }
  const sensor = heatpump.sensors.find((one) => one.key === key);
  if (!sensor)
    return { name: key ?? refId(ref), heatpumpName, kind: quantityKind(null), quantity: null, isBoolean: false };
  const isBoolean = sensor.dataType === 'BOOL' && sensor.options.length === 0;
  return { name: sensor.name, heatpumpName, kind: sensorKind(sensor), quantity: sensor.quantity, isBoolean };
}

function isSameJson(a: unknown, b: unknown): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}
