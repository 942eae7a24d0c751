import { type ParentProps, Show } from 'solid-js';
import './notice.css';

/** A box that tells something: how it is meant, what happened, and what to do next. */
export function Notice(props: ParentProps<{ kind: 'info' | 'good' | 'warning' | 'bad'; title?: string | undefined }>) {
  return (
    <div class={`notice ${props.kind}`}>
      <Show when={props.title}>
        <p class="notice-title">{props.title}</p>
      </Show>
      {props.children}
    </div>
  );
}
