import { createEffect, createMemo, on } from 'solid-js';
import { SensorsDocument } from '../../graphql/generated/sensors.ts';
import { createLiveReadings } from '../../graphql/live.ts';
import { createPageQuery } from '../../graphql/page-query.ts';
import { type Shown, shown } from '../../graphql/shown.ts';
import { useViewer } from '../../graphql/viewer.tsx';
import { QueryState } from '../../ui/query-state.tsx';
import { useHeatpump } from '../heatpump/heatpump-view.tsx';
import type { DetailSensor } from './detail-sensor.ts';
import { createLiveWrites } from './live-writes.ts';
import { SensorList } from './sensor-list.tsx';
import { sensorsTexts } from './texts.ts';
import './sensors.css';

/** All sensors of a heat pump: their values, where they come from, and how they can be changed. */
export default function SensorsSection() {
  const { t, language } = sensorsTexts.use();
  const { may } = useViewer();
  const { id, detail, state, shownContext } = useHeatpump();
  const query = createPageQuery(SensorsDocument, () => ({ id, language: language() }));
  // The settings decide which sensors there are.
  createEffect(on(() => detail().updatedAt, query.refetch, { defer: true }));
  const live = createLiveReadings(() => ({ heatpumpIds: [id], quantities: [] }));
  const writes = createLiveWrites(() => id);
  const shownOf = ({ key }: DetailSensor): Shown => shown(live.reading(id, key), shownContext());
  const locked = createMemo(() => {
    // Nobody needs to know why nothing can be changed who may not anyway.
    if (!may('OPERATOR')) return null;
    if (state().readOnly) return t('write.lockedReadOnly');
    if (shownContext().link !== 'CONNECTED') return t('write.lockedServer');
    return t(`write.lockedState.${shownContext().state}`) || null;
  });
  return (
    <QueryState query={query}>
      {(data) => (
        <SensorList
          sensors={data().heatpump?.sensors ?? []}
          shown={shownOf}
          seenAt={(group) => live.seenAt(id, group)}
          writes={writes}
          locked={locked()}
        />
      )}
    </QueryState>
  );
}
