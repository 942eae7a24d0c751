import { For } from 'solid-js';
import { type Pipe, ROW, WIDTH } from './pipe-plan.ts';

/** Pipes, coloured by how warm they are from 0 to 100 (undefined: not known), moving while something flows in them. */
export function Pipes(props: { pipes: readonly Pipe[]; rows: number; warmthOf: (pipe: Pipe) => number | undefined }) {
  return (
    <svg class="schematic-pipes" viewBox={`0 0 ${WIDTH} ${props.rows * ROW}`} aria-hidden="true">
      <Side {...props} side="RETURN" />
      <Side {...props} side="FLOW" />
    </svg>
  );
}

/** First all edges, which keep crossing pipes apart; then the pipes, so that they meet without a gap. */
function Side(props: Parameters<typeof Pipes>[0] & { side: Pipe['side'] }) {
  const pipes = () => props.pipes.filter(({ side }) => side === props.side);
  return (
    <>
      <For each={pipes()}>{({ d }) => <path class="pipe-edge" d={d} />}</For>
      <For each={pipes()}>
        {(pipe) => (
          <path
            class="pipe-body"
            classList={{ known: props.warmthOf(pipe) !== undefined }}
            style={{ '--warmth': `${props.warmthOf(pipe) ?? 0}%` }}
            d={pipe.d}
          />
        )}
      </For>
      <For each={pipes().filter(({ isFlowing }) => isFlowing)}>{({ d }) => <path class="pipe-flow" d={d} />}</For>
    </>
  );
}
