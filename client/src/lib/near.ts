import { type Accessor, createSignal } from 'solid-js';

/** Older browsers lay out everything, or do not tell what they lay out. */
const TELLS_WHAT_IS_NEAR = 'oncontentvisibilityautostatechange' in document.documentElement;

/** Whether an element with `content-visibility: auto` is near the screen, so that the browser lays it out. */
export interface Nearness {
  readonly isNear: Accessor<boolean>;
  /** For the element's `contentvisibilityautostatechange`. */
  readonly onChange: (event: ContentVisibilityAutoStateChangeEvent) => void;
}

/** Far until the browser says otherwise, if it does say so. */
export function createNearness(): Nearness {
  const [isNear, setNear] = createSignal(!TELLS_WHAT_IS_NEAR);
  return { isNear, onChange: ({ skipped }) => setNear(!skipped) };
}
