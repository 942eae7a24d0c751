import { For, Show } from 'solid-js';
import { Icon } from '../../ui/icon.tsx';
import type { EditorGridProps } from './editor-grid.tsx';
import { dashboardTexts } from './texts.ts';
import type { PlacedWidget } from './widget.ts';
import { WidgetCard } from './widget-card.tsx';
import type { PlaceChange } from './widget-layout.ts';

/** By how much each arrow key moves, and with Shift resizes. */
const MOVES: Readonly<Record<string, PlaceChange>> = {
  ArrowLeft: { x: -1 },
  ArrowRight: { x: 1 },
  ArrowUp: { y: -1 },
  ArrowDown: { y: 1 },
};
const RESIZES: Readonly<Record<string, PlaceChange>> = {
  ArrowLeft: { w: -1 },
  ArrowRight: { w: 1 },
  ArrowUp: { h: -1 },
  ArrowDown: { h: 1 },
};
/** What can be done where there are no columns. */
const NARROW = [
  { text: 'widget.up', sign: '↑', by: { y: -1 } },
  { text: 'widget.down', sign: '↓', by: { y: 1 } },
  { text: 'widget.higher', sign: '+', by: { h: 1 } },
  { text: 'widget.lower', sign: '−', by: { h: -1 } },
] as const;

/** A widget that is being edited, with all that can be done to it. */
export function EditorCard(
  props: Omit<EditorGridProps, 'widgets' | 'onChange'> & {
    widget: PlacedWidget;
    isNarrow: boolean;
    onPlace: (by: PlaceChange) => void;
  },
) {
  const { t } = dashboardTexts.use();
  const title = () => props.widget.title;
  const move = (event: KeyboardEvent & { currentTarget: HTMLElement }) => {
    const by = (event.shiftKey ? RESIZES : MOVES)[event.key];
    if (!by || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    props.onPlace(by);
    event.currentTarget.scrollIntoView({ block: 'nearest' });
  };
  const where = () => {
    const { x, y, w, h } = props.widget;
    return t('widget.at', x + 1, y + 1, w, h);
  };
  return (
    <WidgetCard
      widget={props.widget}
      source={props.source}
      range={undefined}
      hasHeatpumpNames={props.hasHeatpumpNames}
      onZoom={() => {}}
      onBack={() => {}}
    >
      <div class="widget-tools">
        <Show
          when={props.isNarrow}
          fallback={
            <button
              type="button"
              class="quiet widget-handle"
              aria-label={t('widget.place', title())}
              aria-description={where()}
              title={t('widget.place', title())}
              onKeyDown={move}
            >
              <Icon name="move" />
            </button>
          }
        >
          <For each={NARROW}>
            {({ text, sign, by }) => (
              <button
                type="button"
                class="quiet"
                aria-label={`${t(text)}: ${title()}`}
                onClick={() => props.onPlace(by)}
              >
                {sign}
              </button>
            )}
          </For>
        </Show>
        <button
          type="button"
          class="quiet"
          aria-label={t('widget.edit', title())}
          onClick={() => props.onEdit(props.widget)}
        >
          <Icon name="edit" />
        </button>
        <button
          type="button"
          class="quiet"
          aria-label={t('widget.duplicate', title())}
          onClick={() => props.onDuplicate(props.widget)}
        >
          <Icon name="duplicate" />
        </button>
        <button
          type="button"
          class="quiet"
          aria-label={t('widget.remove', title())}
          onClick={() => props.onRemove(props.widget)}
        >
          <Icon name="remove" />
        </button>
      </div>
    </WidgetCard>
  );
}
