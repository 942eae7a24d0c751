import { For, onMount } from 'solid-js';
import type { UrlState } from '../../lib/url-state.ts';
import { FILTERS, ORDERS } from './fleet-view.ts';
import { fleetTexts } from './texts.ts';

/** Looks for heat pumps, and orders them. */
export default function FleetToolbar(props: {
  view: UrlState<'q' | 'show' | 'sort'>;
  found: number;
  /** Called once the field is on the page. */
  onReady: () => void;
}) {
  const { t } = fleetTexts.use();
  onMount(() => props.onReady());
  const view = () => props.view.get();
  return (
    <search class="fleet-toolbar">
      <input
        type="search"
        aria-label={t('fleet.search')}
        aria-keyshortcuts="/"
        placeholder={`${t('fleet.search')}  ( / )`}
        value={view().q}
        onInput={(event) => props.view.set({ q: event.currentTarget.value })}
      />
      <select aria-label={t('fleet.show')} onChange={(event) => props.view.set({ show: event.currentTarget.value })}>
        <For each={FILTERS}>
          {({ show, text }) => (
            <option value={show} selected={view().show === show}>
              {t(text)}
            </option>
          )}
        </For>
      </select>
      <select aria-label={t('fleet.sort')} onChange={(event) => props.view.set({ sort: event.currentTarget.value })}>
        <For each={ORDERS}>
          {(order) => (
            <option value={order} selected={view().sort === order}>
              {t(`fleet.order.${order || 'ADDED'}`)}
            </option>
          )}
        </For>
      </select>
      <p class="muted small" role="status">
        {t('fleet.found', props.found)}
      </p>
    </search>
  );
}
