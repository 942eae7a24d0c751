import { Show } from 'solid-js';
import { useHeatpump } from '../heatpump-view.tsx';
import { heatpumpTexts } from '../texts.ts';
import { Node, NodeValue } from './node.tsx';
import { warmthOf } from './warmth.ts';

/** Where the heat comes from: what is measured at the source; if nothing is, the air outside. */
export function Source(props: { isFlowing: boolean }) {
  const { t } = heatpumpTexts.use();
  const { quantity, hasQuantity } = useHeatpump();
  const isMeasured = () =>
    (['SOURCE_IN_TEMPERATURE', 'SOURCE_OUT_TEMPERATURE'] as const).some(
      (of) => hasQuantity(of) && quantity(of).shown.kind === 'VALUE',
    );
  return (
    <>
      <Show
        when={isMeasured()}
        fallback={
          <Node name={t('quantity.OUTDOOR_TEMPERATURE')} kind="outdoor">
            <NodeValue quantity="OUTDOOR_TEMPERATURE" isMain />
          </Node>
        }
      >
        <Node name={t('schematic.source')} kind="source">
          <NodeValue quantity="SOURCE_IN_TEMPERATURE" name={t('schematic.in')} />
          <NodeValue quantity="SOURCE_OUT_TEMPERATURE" name={t('schematic.out')} />
        </Node>
      </Show>
      <svg class="schematic-source" viewBox="0 0 64 16" aria-hidden="true">
        <Show when={isMeasured()} fallback={<Air isFlowing={props.isFlowing} />}>
          <SourcePipe d="M22 0V16" warmth={warmthOf(quantity('SOURCE_IN_TEMPERATURE').shown)} {...props} />
          <SourcePipe d="M42 16V0" warmth={warmthOf(quantity('SOURCE_OUT_TEMPERATURE').shown)} {...props} />
        </Show>
      </svg>
    </>
  );
}

function SourcePipe(props: { d: string; warmth: number | undefined; isFlowing: boolean }) {
  return (
    <>
      <path
        class="pipe-body"
        classList={{ known: props.warmth !== undefined }}
        style={{ '--warmth': `${props.warmth ?? 0}%` }}
        d={props.d}
      />
      <Show when={props.isFlowing}>
        <path class="pipe-flow" d={props.d} />
      </Show>
    </>
  );
}

/** Three breaths of air. */
function Air(props: { isFlowing: boolean }) {
  return (
    <path
      class="air"
      classList={{ flowing: props.isFlowing }}
      d="M16 0q4 4 0 8t0 8M32 0q4 4 0 8t0 8M48 0q4 4 0 8t0 8"
    />
  );
}
