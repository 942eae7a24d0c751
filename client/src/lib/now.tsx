import { type Accessor, createContext, createSignal, onCleanup, type ParentProps, useContext } from 'solid-js';

const NowContext = createContext<Accessor<number>>();

/** Gives everything below it one clock that ticks every second, for ages. */
export function NowProvider(props: ParentProps) {
  const [now, setNow] = createSignal(Date.now());
  const timer = setInterval(() => setNow(Date.now()), 1_000);
  onCleanup(() => clearInterval(timer));
  return <NowContext.Provider value={now}>{props.children}</NowContext.Provider>;
}

/** The time in milliseconds UTC, as of the last tick. Throws outside a {@link NowProvider}. */
export function useNow(): Accessor<number> {
  const now = useContext(NowContext);
  if (!now) throw new Error('no NowProvider above this component');
  return now;
}
