import { useSearchParams } from '@solidjs/router';
import { type Accessor, createEffect, createSignal } from 'solid-js';

/** Texts that are kept in the query of the address, so that what is shown is a link. */
export interface UrlState<K extends string> {
  /** As they are now; what is not in the address is empty. */
  readonly get: Accessor<Readonly<Record<K, string>>>;
  /** Changes some, without a step for the browser's back. */
  set(changes: Partial<Readonly<Record<K, string>>>): void;
}

/** Keeps texts in the address. What is typed is there at once; the address follows. */
export function createUrlState<K extends string>(keys: readonly K[]): UrlState<K> {
  const [params, setParams] = useSearchParams<Record<string, string | string[]>>();
  const inAddress = () =>
    Object.fromEntries(keys.map((key) => [key, [params[key]].flat()[0] ?? ''])) as Record<K, string>;
  const [state, setState] = createSignal<Readonly<Record<K, string>>>(inAddress());
  // Addresses on their way: the router sets them a moment later, and what was typed meanwhile must not be lost.
  const awaited = new Set<string>();
  let last = JSON.stringify(state());
  createEffect(() => {
    const found = inAddress();
    const text = JSON.stringify(found);
    if (text === last) awaited.clear();
    else if (!awaited.has(text)) {
      last = text;
      setState(() => found);
    }
  });
  const set: UrlState<K>['set'] = (changes) => {
    const next = { ...state(), ...changes };
    last = JSON.stringify(next);
    awaited.add(last);
    setState(() => next);
    setParams(next, { replace: true });
  };
  return { get: state, set };
}
