import { createUniqueId, type JSX, type ParentProps, Show } from 'solid-js';
import './entry.css';

/** One thing of a list: its name, how it is doing, what there is to know, and what can be done with it. */
export function Entry(
  props: ParentProps<{
    name: string;
    /** Beside the name: how it is doing. */
    state?: JSX.Element;
    actions?: JSX.Element;
    /** It does nothing at present. */
    isOff?: boolean;
  }>,
) {
  const id = createUniqueId();
  return (
    <article class="card entry" classList={{ off: props.isOff === true }} aria-labelledby={id}>
      <div class="entry-head">
        <h2 id={id}>{props.name}</h2>
        {props.state}
      </div>
      {props.children}
      <Show when={props.actions}>
        <div class="entry-actions">{props.actions}</div>
      </Show>
    </article>
  );
}
