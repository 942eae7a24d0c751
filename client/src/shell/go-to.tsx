import { useNavigate } from '@solidjs/router';
import { createSignal, createUniqueId, For, onMount, Show } from 'solid-js';
import { useApi } from '../graphql/client.tsx';
import { PlacesDocument } from '../graphql/generated/places.ts';
import { useViewer } from '../graphql/viewer.tsx';
import { placesFor } from './navigation.tsx';
import { shellTexts } from './texts.ts';

/** Somewhere to go. */
interface Place {
  readonly href: string;
  readonly name: string;
}

/** Goes to any page or heat pump by name. */
export default function GoTo(props: { onClose: () => void }) {
  const { t } = shellTexts.use();
  const access = useViewer();
  const { client } = useApi();
  const navigate = useNavigate();
  const id = createUniqueId();
  const [search, setSearch] = createSignal('');
  const [heatpumps, setHeatpumps] = createSignal<readonly Place[]>([]);
  let dialog: HTMLDialogElement | undefined;
  const places = (): Place[] => [
    ...placesFor(access).map(({ href, text }) => ({ href, name: t(text) })),
    ...heatpumps(),
  ];
  const found = () => places().filter(({ name }) => name.toLowerCase().includes(search().trim().toLowerCase()));
  const show = async () => {
    dialog?.showModal();
    const { data } = await client.query(PlacesDocument, {}).toPromise();
    if (data) setHeatpumps(data.heatpumps.map((heatpump) => ({ ...heatpump, href: `/heatpumps/${heatpump.id}` })));
  };
  const go = (place: Place | undefined) => {
    if (!place) return;
    dialog?.close();
    navigate(place.href);
  };
  onMount(() => void show());
  return (
    <dialog ref={dialog} class="dialog go-to" aria-labelledby={id} onClose={() => props.onClose()}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          go(found()[0]);
        }}
      >
        <label id={id}>
          {t('keys.goTo')}
          <input type="search" value={search()} onInput={(event) => setSearch(event.currentTarget.value)} />
        </label>
      </form>
      <Show when={found().length > 0} fallback={<p class="muted">{t('keys.nowhere')}</p>}>
        <ul>
          <For each={found()}>
            {(place) => (
              <li>
                <button type="button" onClick={() => go(place)}>
                  {place.name}
                </button>
              </li>
            )}
          </For>
        </ul>
      </Show>
    </dialog>
  );
}
