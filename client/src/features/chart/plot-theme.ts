import { type Accessor, createMemo, createSignal, onCleanup, onMount } from 'solid-js';
import { usePreferences } from '../../lib/preferences.tsx';

/** The colours of a drawing, as the page has them now: the name of a token gives a colour that a canvas takes. */
export type PlotTheme = (token: string) => string;

/** The colours around an element; they change with the appearance of the page. */
export function createPlotTheme(element: Accessor<HTMLElement | undefined>): Accessor<PlotTheme> {
  const { theme } = usePreferences();
  const [systemChanges, setSystemChanges] = createSignal(0);
  onMount(() => {
    const dark = matchMedia('(prefers-color-scheme: dark)');
    const onChange = () => setSystemChanges((count) => count + 1);
    dark.addEventListener('change', onChange);
    onCleanup(() => dark.removeEventListener('change', onChange));
  });
  return createMemo(() => {
    theme();
    systemChanges();
    return readTheme(element() ?? document.documentElement);
  });
}

/** A token is a text to the style sheet; only as the colour of an element it becomes one that can be drawn with. */
function readTheme(parent: HTMLElement): PlotTheme {
  const known = new Map<string, string>();
  return (token) => {
    const colour = known.get(token) ?? resolve(parent, token);
    known.set(token, colour);
    return colour;
  };
}

function resolve(parent: HTMLElement, token: string): string {
  const probe = document.createElement('span');
  probe.style.color = `var(--${token})`;
  parent.append(probe);
  const { color } = getComputedStyle(probe);
  probe.remove();
  return color;
}
