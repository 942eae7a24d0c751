import { createEffect, createSignal, For, on, onCleanup, Show } from 'solid-js';
import { useApi } from '../../graphql/client.tsx';
import { DryRunJobDocument } from '../../graphql/generated/jobs.ts';
import type { DryRunJobQuery } from '../../graphql/generated/types.ts';
import { useNow } from '../../lib/now.tsx';
import { sensorKind, writtenText } from '../../lib/sensor-value.ts';
import { Notice } from '../../ui/notice.tsx';
import { dayTimeText } from './day-time.ts';
import type { JobFormState } from './job-form-state.ts';
import { scheduleText } from './schedule-text.ts';
import { jobsTexts } from './texts.ts';

/** Nobody wants an answer to every letter typed. */
const TYPING_MS = 300;

type DryRun = DryRunJobQuery['dryRunJob'];

/** What the job would write and when, as it stands in the form; nothing is written. */
export function JobPreview(props: { state: JobFormState; id: string | undefined }) {
  const { t } = jobsTexts.use();
  const [dryRun, setDryRun] = createDryRun(props.state, () => props.id);
  createEffect(on(props.state.input, () => setDryRun('WAITING'), { defer: true }));
  const answer = () => {
    const current = dryRun();
    return typeof current === 'string' ? undefined : current;
  };
  return (
    <section class="form-aside job-preview" aria-labelledby="job-preview-title" aria-live="polite">
      <h2 id="job-preview-title">{t('preview.title')}</h2>
      <Show when={answer()} fallback={<p class="muted">{t(dryRun() === 'BAD' ? 'preview.bad' : 'preview.empty')}</p>}>
        {(current) => <PreviewText state={props.state} dryRun={current()} />}
      </Show>
      <p class="small muted">{t('preview.nothing')}</p>
    </section>
  );
}

/** Asks the server a moment after the last change. `WAITING`: not known yet; `BAD`: it would be refused. */
function createDryRun(state: JobFormState, id: () => string | undefined) {
  const { client } = useApi();
  const [dryRun, setDryRun] = createSignal<DryRun | 'WAITING' | 'BAD'>('WAITING');
  createEffect(() => {
    const input = state.input();
    const timer = setTimeout(async () => {
      if (!input.ok) return;
      // A name is no part of what a job does.
      const job = { ...input.value, name: input.value.name || '–', id: id() ?? null };
      const { data } = await client.query(DryRunJobDocument, { input: job }).toPromise();
      if (state.input() === input) setDryRun(data?.dryRunJob ?? 'BAD');
    }, TYPING_MS);
    onCleanup(() => clearTimeout(timer));
  });
  return [dryRun, setDryRun] as const;
}

function PreviewText(props: { state: JobFormState; dryRun: DryRun }) {
  const i18n = jobsTexts.use();
  const { t, textOr, format } = i18n;
  const now = useNow();
  const draft = () => props.state.draft();
  const writes = () => {
    const sensor = props.state.sensor();
    const value = sensor ? writtenText(sensorKind(sensor), props.dryRun.value, format()) : '';
    return t('preview.writes', value, sensor?.name ?? '', props.state.target()?.name ?? '');
  };
  const schedule = () => {
    const { kind, days, times, cron, timeZone } = draft();
    const weekly = kind === 'WEEKLY' ? { days, times: [...new Set(times)].sort() } : null;
    return scheduleText({ weekly, cron }, timeZone, i18n);
  };
  return (
    <>
      <p>{writes()}</p>
      <p class="entry-sentence muted">{schedule()}</p>
      <Show when={props.dryRun.refusal}>
        {(refusal) => (
          <Notice kind="warning" title={t('preview.refused')}>
            <p title={refusal().message}>{textOr(`runError.${refusal().code}`, refusal().message)}</p>
          </Notice>
        )}
      </Show>
      <div>
        <p class="small muted">{t(draft().enabled ? 'preview.due' : 'preview.off')}</p>
        <ol class="job-due">
          <For each={props.dryRun.dueAt}>
            {(at) => (
              <li>
                <time dateTime={at}>{dayTimeText(at, draft().timeZone, now(), i18n)}</time>
              </li>
            )}
          </For>
        </ol>
      </div>
    </>
  );
}
