import type { CombinedError } from '@urql/core';
import { type Accessor, createMemo, createSignal } from 'solid-js';
import { useApi } from '../../graphql/client.tsx';
import { RestoreSettingsDocument } from '../../graphql/generated/settings-history.ts';
import type { RestoreSettingsMutation } from '../../graphql/generated/types.ts';
import { settingsHistoryTexts } from './texts.ts';

/** One setting of a restore, and what became of it. */
export type Step = RestoreSettingsMutation['restoreSettings']['steps'][number];

/** `PREVIEW`: nothing was written yet. `STOPPING`: the step under way is the last. */
export type RestorePhase = 'LOADING' | 'PREVIEW' | 'WRITING' | 'STOPPING' | 'DONE';

/** Settings go in steps of so many: each is answered within a minute, and can be the last. */
const AT_ONCE = 4;

/** A restore from its preview to its end. */
export interface RestoreState {
  readonly phase: Accessor<RestorePhase>;
  /** As they are now: previewed, or with what became of them. */
  readonly steps: Accessor<readonly Step[]>;
  readonly chosen: Accessor<ReadonlySet<string>>;
  choose(key: string, isChosen: boolean): void;
  /** How many of the chosen have been dealt with. */
  readonly done: Accessor<number>;
  /** How many have the old value now. */
  readonly restored: Accessor<number>;
  readonly error: Accessor<CombinedError | undefined>;
  run(): Promise<void>;
  stop(): void;
}

/** Asks what would be written, and writes what is chosen. */
export function createRestore(snapshotId: string): RestoreState {
  const { client } = useApi();
  const { language } = settingsHistoryTexts.use();
  const [phase, setPhase] = createSignal<RestorePhase>('LOADING');
  const [steps, setSteps] = createSignal<readonly Step[]>([]);
  const [chosen, setChosen] = createSignal<ReadonlySet<string>>(new Set());
  const [done, setDone] = createSignal(0);
  const [error, setError] = createSignal<CombinedError>();
  const ask = async (keys: readonly string[] | null, dryRun: boolean): Promise<readonly Step[] | undefined> => {
    const variables = { input: { snapshotId, keys, dryRun }, language: language() };
    const { data, error: problem } = await client.mutation(RestoreSettingsDocument, variables).toPromise();
    setError(problem);
    return data?.restoreSettings.steps;
  };
  const preview = async () => {
    const found = (await ask(null, true)) ?? [];
    setSteps(found);
    setChosen(new Set(found.filter(({ refusal }) => !refusal).map(({ key }) => key)));
    setPhase('PREVIEW');
  };
  const run = async () => {
    const keys = steps()
      .map(({ key }) => key)
      .filter((key) => chosen().has(key));
    setPhase('WRITING');
    for (let at = 0; at < keys.length && phase() === 'WRITING'; at += AT_ONCE) {
      const batch = keys.slice(at, at + AT_ONCE);
      const after = await ask(batch, false);
      if (!after) break;
      setSteps(replaced(steps(), batch, after));
      setDone(at + batch.length);
      if (after.some(isTrouble)) break;
    }
    setPhase('DONE');
  };
  void preview();
  return {
    phase,
    steps,
    chosen,
    choose: (key, isChosen) =>
      setChosen((before) => new Set(isChosen ? [...before, key] : [...before].filter((other) => other !== key))),
    done,
    restored: createMemo(() => steps().filter(isRestored).length),
    error,
    run,
    stop: () => void (phase() === 'WRITING' && setPhase('STOPPING')),
  };
}

/** True if a setting has its old value now. */
export function isRestored({ kept, present, write, refusal }: Step): boolean {
  if (write) return write.state === 'CONFIRMED';
  return !refusal && present === kept;
}

/** What the server leaves out has its old value already. */
function replaced(steps: readonly Step[], keys: readonly string[], after: readonly Step[]): readonly Step[] {
  return steps.map((step) => {
    if (!keys.includes(step.key)) return step;
    return after.find(({ key }) => key === step.key) ?? { ...step, present: step.kept };
  });
}

/** After this nobody should go on by itself. */
function isTrouble({ write, refusal }: Step): boolean {
  return write?.state === 'UNKNOWN' || write?.state === 'PENDING' || refusal?.obstacle === 'UNREACHABLE';
}
