import { createEffect, onCleanup } from 'solid-js';

/** The heading of a page, also shown by the browser; focused when the page is entered. */
export function PageTitle(props: { text: string }) {
  createEffect(() => {
    document.title = `${props.text} · Thermograph`;
  });
  onCleanup(() => {
    document.title = 'Thermograph';
  });
  return <h1 tabIndex={-1}>{props.text}</h1>;
}
