import { type Accessor, createSignal, onCleanup, onMount } from 'solid-js';

/** Whether the page is being printed, while the component is there: then all of it is wanted, not what is on the screen. */
export function createPrinting(): Accessor<boolean> {
  const [isPrinting, setPrinting] = createSignal(false);
  const onBefore = () => setPrinting(true);
  const onAfter = () => setPrinting(false);
  onMount(() => {
    window.addEventListener('beforeprint', onBefore);
    window.addEventListener('afterprint', onAfter);
  });
  onCleanup(() => {
    window.removeEventListener('beforeprint', onBefore);
    window.removeEventListener('afterprint', onAfter);
  });
  return isPrinting;
}
