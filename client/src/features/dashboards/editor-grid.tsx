import { createMemo, createSignal, For, onCleanup, onMount, Show } from 'solid-js';
import type { ChartSource } from '../chart/chart-source.ts';
import type { PageRange } from '../chart/page-range.ts';
import { EditorCard } from './editor-card.tsx';
import { WideGrid } from './wide-grid.tsx';
import { inOrder, type PlacedWidget } from './widget.ts';
import { placeBy, swap } from './widget-layout.ts';

/** What the grid shows, and whom it tells about changes. */
export interface EditorGridProps {
  readonly widgets: readonly PlacedWidget[];
  readonly source: ChartSource;
  readonly page: PageRange;
  readonly hasHeatpumpNames: boolean;
  onChange(widgets: PlacedWidget[]): void;
  onEdit(widget: PlacedWidget): void;
  onDuplicate(widget: PlacedWidget): void;
  onRemove(widget: PlacedWidget): void;
}

/** From here on there is room for the columns. */
const WIDE = '(width >= 800px)';

/** The widgets to be moved: by dragging where there is room, everywhere by keys and buttons. */
export function EditorGrid(props: EditorGridProps) {
  const isWide = createMedia(WIDE);
  return (
    <Show when={isWide()} fallback={<NarrowGrid {...props} />}>
      <WideGrid {...props} />
    </Show>
  );
}

/** One below the other; a widget changes places with its neighbours. */
function NarrowGrid(props: EditorGridProps) {
  const ordered = createMemo(() => inOrder(props.widgets));
  return (
    <div class="widget-grid">
      <For each={ordered().map(({ id }) => id)}>
        {(id) => (
          <Show when={ordered().find((widget) => widget.id === id)}>
            {(widget) => (
              <EditorCard
                {...props}
                widget={widget()}
                onPlace={({ y = 0, h = 0 }) =>
                  props.onChange(y === 0 ? placeBy(props.widgets, id, { h }) : swap(ordered(), id, y < 0 ? -1 : 1))
                }
                isNarrow
              />
            )}
          </Show>
        )}
      </For>
    </div>
  );
}

function createMedia(query: string) {
  const media = matchMedia(query);
  const [matches, setMatches] = createSignal(media.matches);
  onMount(() => {
    const onChange = () => setMatches(media.matches);
    media.addEventListener('change', onChange);
    onCleanup(() => media.removeEventListener('change', onChange));
  });
  return matches;
}
