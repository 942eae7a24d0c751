import { onCleanup, onMount } from 'solid-js';

/** True if a key is meant for a field, or belongs to a shortcut of the browser. */
export function isTyping({ target, ctrlKey, metaKey, altKey }: KeyboardEvent): boolean {
  if (ctrlKey || metaKey || altKey) return true;
  return target instanceof HTMLElement && target.closest('input, select, textarea, dialog') !== null;
}

/** Acts on a key while the component is there, unless somebody is typing. */
export function createShortcut(key: string, act: () => void): void {
  const onKey = (event: KeyboardEvent) => {
    if (event.key !== key || isTyping(event)) return;
    event.preventDefault();
    act();
  };
  onMount(() => document.addEventListener('keydown', onKey));
  onCleanup(() => document.removeEventListener('keydown', onKey));
}

/** Leads to the search field of the page, the one that names "/" as its key; false if there is none. */
export function focusSearch(): boolean {
  const field = document.querySelector<HTMLElement>('[aria-keyshortcuts="/"]');
  field?.focus();
  return field !== null;
}
