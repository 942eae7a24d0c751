import type { CombinedError } from '@urql/core';
import { type Accessor, createSignal } from 'solid-js';
import { useApi } from '../../graphql/client.tsx';
import { UpdateDashboardDocument } from '../../graphql/generated/dashboards.ts';
import type { DashboardPartsFragment, Language } from '../../graphql/generated/types.ts';
import { type PlacedWidget, toInput, withIds } from './widget.ts';

/** What can be changed of a dashboard. */
export interface Content {
  readonly name: string;
  readonly widgets: readonly PlacedWidget[];
}

/** A dashboard while it is edited: every change is saved at once, and can be undone. */
export interface DashboardDraft {
  readonly content: Accessor<Content>;
  /** `SAVING` also while it waits for the change before. */
  readonly state: Accessor<'SAVED' | 'SAVING' | 'FAILED'>;
  readonly error: Accessor<CombinedError | undefined>;
  change(next: Partial<Content>): void;
  undo(): void;
  readonly canUndo: Accessor<boolean>;
  /** Tries to save again. */
  retry(): void;
}

const MOST_UNDONE = 50;

/** Edits a dashboard; `onSaved` is told of each version that the server has. */
export function createDashboardDraft(
  dashboard: DashboardPartsFragment,
  language: Accessor<Language>,
  onSaved: () => void,
): DashboardDraft {
  const { client } = useApi();
  const [content, setContent] = createSignal<Content>({ name: dashboard.name, widgets: withIds(dashboard.widgets) });
  const [before, setBefore] = createSignal<readonly Content[]>([]);
  const [state, setState] = createSignal<'SAVED' | 'SAVING' | 'FAILED'>('SAVED');
  const [error, setError] = createSignal<CombinedError>();
  let isRunning = false;
  /** One after the other; of several changes meanwhile only the last one counts. */
  const save = async () => {
    setState('SAVING');
    if (isRunning) return;
    isRunning = true;
    let sent: Content | undefined;
    let failure: CombinedError | undefined;
    while (sent !== content() && !failure) {
      sent = content();
      const input = { id: dashboard.id, name: sent.name, widgets: sent.widgets.map(toInput) };
      const result = await client.mutation(UpdateDashboardDocument, { input, language: language() }).toPromise();
      failure = result.error;
    }
    isRunning = false;
    setError(failure);
    setState(failure ? 'FAILED' : 'SAVED');
    if (!failure) onSaved();
  };
  const show = (next: Content) => {
    setContent(next);
    void save();
  };
  return {
    content,
    state,
    error,
    change: (next) => {
      setBefore([...before().slice(-MOST_UNDONE), content()]);
      show({ ...content(), ...next });
    },
    undo: () => {
      const previous = before().at(-1);
      if (!previous) return;
      setBefore(before().slice(0, -1));
      show(previous);
    },
    canUndo: () => before().length > 0,
    retry: () => void save(),
  };
}
