import { A, useLocation } from '@solidjs/router';
import { createEffect, For, on } from 'solid-js';
import './tabs.css';

/** One part of a page. */
export interface Tab {
  readonly href: string;
  readonly text: string;
}

/** The parts of a page, each at an address of its own; on a phone they scroll sideways. */
export function Tabs(props: { label: string; tabs: readonly Tab[] }) {
  const location = useLocation();
  let list: HTMLUListElement | undefined;
  createEffect(
    on(
      () => location.pathname,
      () => queueMicrotask(() => showCurrent(list)),
    ),
  );
  return (
    <nav class="tabs" aria-label={props.label}>
      <ul ref={list}>
        <For each={props.tabs}>
          {({ href, text }) => (
            <li>
              <A href={href} end>
                {text}
              </A>
            </li>
          )}
        </For>
      </ul>
    </nav>
  );
}

/** Scrolls the tabs, and nothing else, until the current one is in sight. */
function showCurrent(list: HTMLUListElement | undefined): void {
  const current = list?.querySelector<HTMLElement>('[aria-current]');
  if (list && current) list.scrollLeft = current.offsetLeft - (list.clientWidth - current.offsetWidth) / 2;
}
