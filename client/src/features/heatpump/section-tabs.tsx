import { A, useLocation } from '@solidjs/router';
import { createEffect, For, on } from 'solid-js';
import { SECTIONS } from './sections.ts';
import { heatpumpTexts } from './texts.ts';

/** The sections of the page; on a phone they scroll sideways. */
export function SectionTabs(props: { id: string }) {
  const { t } = heatpumpTexts.use();
  const location = useLocation();
  let list: HTMLUListElement | undefined;
  createEffect(
    on(
      () => location.pathname,
      () => queueMicrotask(() => showCurrent(list)),
    ),
  );
  return (
    <nav class="section-tabs" aria-label={t('heatpump.sections')}>
      <ul ref={list}>
        <For each={SECTIONS}>
          {({ path, name }) => (
            <li>
              <A href={sectionAddress(props.id, path)} end>
                {t(`section.${name}`)}
              </A>
            </li>
          )}
        </For>
      </ul>
    </nav>
  );
}

/** The address of a section. */
export function sectionAddress(id: string, path: string): string {
  return path ? `/heatpumps/${id}/${path}` : `/heatpumps/${id}`;
}

/** Scrolls the tabs, and nothing else, until the current one is in sight. */
function showCurrent(list: HTMLUListElement | undefined): void {
  const current = list?.querySelector<HTMLElement>('[aria-current]');
  if (list && current) list.scrollLeft = current.offsetLeft - (list.clientWidth - current.offsetWidth) / 2;
}
