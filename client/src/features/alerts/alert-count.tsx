import { createMemo, Show } from 'solid-js';
import { useFiringAlerts } from '../fleet/fleet-alerts.tsx';

/** How many alerts fire, as a badge; nothing while none does. */
export default function AlertCount() {
  const firing = useFiringAlerts();
  const count = createMemo(() => [...firing().values()].reduce((sum, one) => sum + one, 0));
  return (
    <Show when={count() > 0}>
      <span class="badge">{count()}</span>
    </Show>
  );
}
