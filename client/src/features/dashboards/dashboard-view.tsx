import { createMemo, For, Show } from 'solid-js';
import type { DashboardPartsFragment } from '../../graphql/generated/types.ts';
import { createChartSource } from '../chart/chart-source.ts';
import type { PageRange } from '../chart/page-range.ts';
import { inOrder, type PlacedWidget, refsOf } from './widget.ts';
import { WidgetCard } from './widget-card.tsx';

/** The widgets of a dashboard in their places; one below the other where there is no room. */
export function DashboardView(props: {
  dashboard: DashboardPartsFragment;
  widgets: readonly PlacedWidget[];
  page: PageRange;
}) {
  const source = createChartSource(createMemo(() => props.widgets.flatMap(refsOf)));
  const ordered = createMemo(() => inOrder(props.widgets));
  return (
    <div class="widget-grid">
      <For each={ordered().map(({ id }) => id)}>
        {(id) => (
          <Show when={ordered().find((widget) => widget.id === id)}>
            {(widget) => (
              <div class="widget-place" style={placeStyle(widget())}>
                <WidgetCard
                  widget={widget()}
                  source={source}
                  range={props.page.range()}
                  hasHeatpumpNames={props.dashboard.heatpump === null}
                  onZoom={props.page.zoom}
                  onBack={props.page.back}
                />
              </div>
            )}
          </Show>
        )}
      </For>
    </div>
  );
}

function placeStyle({ x, y, w, h }: PlacedWidget) {
  return { '--column': `${x + 1} / span ${w}`, '--row': `${y + 1} / span ${h}` };
}
