import { GridStack, type GridStackNode } from 'gridstack';
import 'gridstack/dist/gridstack.min.css';
import { createEffect, createMemo, For, on, onCleanup, onMount, type ParentProps, Show } from 'solid-js';
import { EditorCard } from './editor-card.tsx';
import type { EditorGridProps } from './editor-grid.tsx';
import type { PlacedWidget } from './widget.ts';
import { COLUMNS, placeBy } from './widget-layout.ts';

const ROW_HEIGHT = 88;
const MARGIN = 8;
/** Moving one widget may push another one that is where it should be; a second round puts it back. */
const ROUNDS = 3;

/** The widgets on their columns, dragged by their heads and resized at their corners. */
export function WideGrid(props: EditorGridProps) {
  let root: HTMLDivElement | undefined;
  let grid: GridStack | null = null;
  const byId = createMemo(() => new Map(props.widgets.map((widget) => [widget.id, widget])));
  const nodeOf = (id: string) => grid?.engine.nodes.find((node) => node.id === id);
  const take = () => {
    const next = props.widgets.map((widget) => asDragged(widget, nodeOf(widget.id)));
    if (next.some((widget, index) => widget !== props.widgets[index])) props.onChange(next);
  };
  const attach = (element: HTMLElement, id: string) => {
    const widget = byId().get(id);
    if (widget) grid?.makeWidget(element, { id, x: widget.x, y: widget.y, w: widget.w, h: widget.h });
  };
  onMount(() => {
    if (!root) return;
    grid = GridStack.init(
      {
        ...{ column: COLUMNS, cellHeight: ROW_HEIGHT, margin: MARGIN, mode: 'top', auto: false },
        animate: !matchMedia('(prefers-reduced-motion: reduce)').matches,
        handle: '.widget-handle',
        resizable: { handles: 'se' },
      },
      root,
    );
    // The library packs the grid after it has told that dragging is over.
    grid?.on('dragstop resizestop', () => queueMicrotask(take));
    onCleanup(() => {
      grid?.destroy(false);
      grid = null;
    });
  });
  // What was moved otherwise than by dragging, or brought back.
  createEffect(
    on(
      () => props.widgets,
      (widgets) => {
        for (let round = 0; round < ROUNDS; round++) {
          grid?.batchUpdate();
          for (const { id, x, y, w, h } of widgets) {
            const node = nodeOf(id);
            if (node?.el && isElsewhere({ x, y, w, h }, node)) grid?.update(node.el, { x, y, w, h });
          }
          grid?.batchUpdate(false);
        }
      },
      { defer: true },
    ),
  );
  return (
    <div ref={root} class="grid-stack">
      <For each={props.widgets.map(({ id }) => id)}>
        {(id) => (
          <GridItem onReady={(element) => attach(element, id)} onGone={(element) => grid?.removeWidget(element, false)}>
            <Show when={byId().get(id)}>
              {(widget) => (
                <EditorCard
                  {...props}
                  widget={widget()}
                  onPlace={(by) => props.onChange(placeBy(props.widgets, id, by))}
                  isNarrow={false}
                />
              )}
            </Show>
          </GridItem>
        )}
      </For>
    </div>
  );
}

function GridItem(
  props: ParentProps<{ onReady: (element: HTMLElement) => void; onGone: (element: HTMLElement) => void }>,
) {
  let element: HTMLDivElement | undefined;
  onMount(() => element && props.onReady(element));
  onCleanup(() => element && props.onGone(element));
  return (
    <div ref={element} class="grid-stack-item">
      <div class="grid-stack-item-content">{props.children}</div>
    </div>
  );
}

function asDragged(widget: PlacedWidget, node: GridStackNode | undefined): PlacedWidget {
  if (!node || !isElsewhere(widget, node)) return widget;
  const { x = widget.x, y = widget.y, w = widget.w, h = widget.h } = node;
  return { ...widget, x, y, w, h };
}

/** The library leaves out a width or height of 1. */
function isElsewhere(
  { x, y, w, h }: Pick<PlacedWidget, 'x' | 'y' | 'w' | 'h'>,
  { x: column = 0, y: row = 0, w: width = 1, h: height = 1 }: GridStackNode,
): boolean {
  return x !== column || y !== row || w !== width || h !== height;
}
