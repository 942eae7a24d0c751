import { A } from '@solidjs/router';
import { createSignal, Show } from 'solid-js';
import type { JobPartsFragment } from '../../graphql/generated/types.ts';
import type { NamedSensor } from '../../graphql/sensor-book.ts';
import { useViewer } from '../../graphql/viewer.tsx';
import { lengthOfTime } from '../../lib/age.ts';
import { useNow } from '../../lib/now.tsx';
import { Entry } from '../../ui/entry.tsx';
import { Mark } from '../../ui/mark.tsx';
import { dayTimeText } from './day-time.ts';
import type { JobActions } from './job-actions.ts';
import { JobRunRow } from './job-run-row.tsx';
import { JobRuns } from './job-runs.tsx';
import { jobValueText } from './run-text.ts';
import { scheduleText } from './schedule-text.ts';
import { jobsTexts } from './texts.ts';

/** One job: what it writes where and when, how the last run went, and what can be done with it. */
export function JobCard(props: {
  job: JobPartsFragment;
  sensor: NamedSensor | undefined;
  actions: JobActions;
  /** The heat pump is told by the page already. */
  isOfPage: boolean;
}) {
  const i18n = jobsTexts.use();
  const { t } = i18n;
  const { may } = useViewer();
  const [wasOpened, setWasOpened] = createSignal(false);
  const job = () => props.job;
  return (
    <Entry
      name={job().name}
      isOff={!job().enabled}
      state={
        <Show when={!job().enabled}>
          <Mark kind="neutral" icon="DISABLED" text={t('jobs.off')} />
        </Show>
      }
      actions={
        <Show when={may('OPERATOR')}>
          <JobButtons job={job()} actions={props.actions} />
        </Show>
      }
    >
      <div>
        <p class="job-write">
          {props.sensor?.name ?? job().key} → <strong>{jobValueText(job().value, props.sensor, i18n)}</strong>
          <Show when={!props.isOfPage}>
            {' '}
            <A href={`/heatpumps/${job().heatpump.id}/jobs`}>{t('jobs.inHeatpump', job().heatpump.name)}</A>
          </Show>
        </p>
        <p class="entry-sentence muted">{scheduleText(job().schedule, job().timeZone, i18n)}</p>
      </div>
      <RunFacts job={job()} sensor={props.sensor} />
      <Show when={props.sensor?.writeHazard}>
        {(hazard) => <p class="small job-hazard">{t(hazard() === 'EEPROM' ? 'jobs.wears' : 'jobs.cyclic')}</p>}
      </Show>
      <details onToggle={() => setWasOpened(true)}>
        <summary>{t('jobs.runs')}</summary>
        <Show when={wasOpened()}>
          <JobRuns id={job().id} lastRun={JSON.stringify(job().lastRun)} sensor={props.sensor} />
        </Show>
      </details>
    </Entry>
  );
}

/** When it runs next, and how it went last. */
function RunFacts(props: { job: JobPartsFragment; sensor: NamedSensor | undefined }) {
  const i18n = jobsTexts.use();
  const { t } = i18n;
  const now = useNow();
  const nextRun = (at: string) => {
    const length = lengthOfTime(t, Date.parse(at) - now());
    return `${dayTimeText(at, props.job.timeZone, now(), i18n)}, ${t('time.in', length)}`;
  };
  return (
    <dl class="entry-facts">
      <Show when={props.job.nextRunAt}>
        {(at) => (
          <>
            <dt>{t('jobs.next')}</dt>
            <dd>{nextRun(at())}</dd>
          </>
        )}
      </Show>
      <dt>{t('jobs.last')}</dt>
      <dd>
        <Show when={props.job.lastRun} fallback={<span class="muted">{t('jobs.never')}</span>}>
          {(run) => <JobRunRow run={run()} sensor={props.sensor} />}
        </Show>
      </dd>
    </dl>
  );
}

function JobButtons(props: { job: JobPartsFragment; actions: JobActions }) {
  const { t } = jobsTexts.use();
  const { may } = useViewer();
  const isRunning = () => props.actions.running() === props.job.id;
  const toggle = () => props.actions.setEnabled(props.job.id, !props.job.enabled);
  return (
    <>
      <button type="button" disabled={isRunning()} onClick={() => void props.actions.run(props.job.id)}>
        {t(isRunning() ? 'jobs.running' : 'jobs.run')}
      </button>
      <Show when={may('ADMIN')}>
        <button type="button" onClick={() => void toggle()}>
          {t(props.job.enabled ? 'jobs.disable' : 'jobs.enable')}
        </button>
        <A class="button" href={`/jobs/${props.job.id}`}>
          {t('jobs.edit')}
        </A>
        <button type="button" class="danger" onClick={() => void props.actions.remove(props.job)}>
          {t('jobs.delete')}
        </button>
      </Show>
    </>
  );
}
