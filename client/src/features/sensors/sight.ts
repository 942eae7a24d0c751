import { batch, onCleanup } from 'solid-js';

/** How far beside the screen rows count as seen, so that they are drawn when they are scrolled into view. */
const MARGIN = '25%';

/** Tells elements whether they are seen. */
export interface Sight {
  /** Tells it at first and with each change, until the returned function is called; then it is not seen any more. */
  watch(element: Element, onChange: (isSeen: boolean) => void): () => void;
}

/** One observer for all elements of a page, while the component is there. */
export function createSight(): Sight {
  const watched = new Map<Element, (isSeen: boolean) => void>();
  const tell = (entries: readonly IntersectionObserverEntry[]) =>
    batch(() => {
      for (const { target, isIntersecting } of entries) watched.get(target)?.(isIntersecting);
    });
  const observer = new IntersectionObserver(tell, { rootMargin: MARGIN });
  onCleanup(() => observer.disconnect());
  return {
    watch: (element, onChange) => {
      watched.set(element, onChange);
      observer.observe(element);
      return () => {
        watched.delete(element);
        observer.unobserve(element);
        onChange(false);
      };
    },
  };
}
