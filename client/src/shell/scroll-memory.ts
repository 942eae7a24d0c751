/** Where a page was left. */
interface Place {
  readonly scrollY: number;
  /** The link that led away, and where it lay in the window. */
  readonly href?: string;
  readonly top?: number;
}

/** After this long, what was there has gone. */
const PATIENCE_MS = 5_000;
/** What comes late above it may move it once more. */
const SETTLING_MS = 700;

/**
 * Going back leads to where a page was left, once what it shows has come: the browser by itself is too early. Best by the link
 * that led away, for what lies above it may have another height now.
 */
export function rememberScroll(): void {
  // By depth in the history, which the router notes in each entry.
  const places = new Map<number, Place>();
  const depth = () => history.state?._depth as number;
  let endAt = 0;
  const note = ({ target }: Event) => {
    endAt = 0;
    const link = target instanceof Element ? target.closest('main a') : null;
    const href = link?.getAttribute('href');
    places.set(depth(), {
      scrollY,
      ...(link && href ? { href, top: link.getBoundingClientRect().top } : {}),
    });
  };
  const restore = ({ scrollY: y, href, top = 0 }: Place) => {
    let isPlaced = false;
    endAt = performance.now() + PATIENCE_MS;
    const step = () => {
      if (performance.now() > endAt) return;
      const link = href && document.querySelector(`main a[href="${CSS.escape(href)}"]`);
      const by = link ? link.getBoundingClientRect().top - top : href ? 0 : y - scrollY;
      scrollBy({ top: by, behavior: 'instant' });
      if (!isPlaced && (link || Math.abs(scrollY - y) < 1)) {
        isPlaced = true;
        endAt = performance.now() + SETTLING_MS;
      }
      requestAnimationFrame(step);
    };
    requestAnimationFrame(step);
  };
  const goBack = () => restore(places.get(depth()) ?? { scrollY: 0 });
  const stop = () => {
    endAt = 0;
  };
  const listeners: readonly (readonly [string, (event: Event) => void])[] = [
    ['click', note],
    ['popstate', goBack],
    ['wheel', stop],
    ['pointerdown', stop],
    ['keydown', stop],
  ];
  for (const [name, listener] of listeners) addEventListener(name, listener, true);
}
