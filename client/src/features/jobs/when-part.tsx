import { createUniqueId, For, Index, Show } from 'solid-js';
import type { MissedRuns, Weekday } from '../../graphql/generated/types.ts';
import { FormPart } from '../../ui/form.tsx';
import { SelectField } from '../../ui/select-field.tsx';
import { TextField } from '../../ui/text-field.tsx';
import type { JobFormState } from './job-form-state.ts';
import { WEEKDAYS, weekdayName } from './schedule-text.ts';
import { jobsTexts } from './texts.ts';

const MISSED_RUNS: readonly MissedRuns[] = ['RUN_ONCE', 'SKIP', 'RUN_ALL'];
/** As many times of a day as the API takes. */
const MAX_TIMES = 24;

/** When a job is due, and what becomes of runs that were missed. */
export function WhenPart(props: { state: JobFormState }) {
  const { t } = jobsTexts.use();
  const zonesId = createUniqueId();
  const draft = () => props.state.draft();
  return (
    <FormPart legend={t('form.when')}>
      <SelectField
        label={t('form.kind')}
        name="kind"
        value={draft().kind}
        choices={[
          { value: 'WEEKLY', label: t('form.weekly') },
          { value: 'CRON', label: t('form.byCron') },
        ]}
        issue={props.state.issueAt('schedule')}
        onChange={(kind) => props.state.change({ kind })}
      />
      <Show
        when={draft().kind === 'WEEKLY'}
        fallback={
          <TextField
            label={t('form.cron')}
            name="cron"
            help={t('form.cronHelp')}
            value={draft().cron}
            issue={props.state.issueAt('schedule.cron')}
            onInput={(cron) => props.state.change({ cron })}
          />
        }
      >
        <Days state={props.state} />
        <Times state={props.state} />
      </Show>
      <TextField
        label={t('form.timeZone')}
        name="timeZone"
        help={t('form.timeZoneHelp')}
        list={zonesId}
        value={draft().timeZone}
        issue={props.state.issueAt('timeZone')}
        onInput={(timeZone) => props.state.change({ timeZone })}
      />
      <datalist id={zonesId}>
        <For each={Intl.supportedValuesOf('timeZone')}>{(zone) => <option value={zone} />}</For>
      </datalist>
      <SelectField
        label={t('form.missedRuns')}
        name="missedRuns"
        value={draft().missedRuns}
        choices={MISSED_RUNS.map((value) => ({ value, label: t(`missed.${value}`) }))}
        issue={props.state.issueAt('missedRuns')}
        onChange={(missedRuns) => props.state.change({ missedRuns })}
      />
    </FormPart>
  );
}

function Days(props: { state: JobFormState }) {
  const i18n = jobsTexts.use();
  const id = createUniqueId();
  const issue = () => props.state.issueAt('schedule.weekly.days');
  const chosen = () => props.state.draft().days;
  const choose = (day: Weekday, isOn: boolean) =>
    props.state.change({ days: WEEKDAYS.filter((one) => (one === day ? isOn : chosen().includes(one))) });
  return (
    <fieldset class="field" aria-describedby={id}>
      <legend class="form-legend">{i18n.t('form.days')}</legend>
      <div class="form-choices">
        <For each={WEEKDAYS}>
          {(day) => (
            <label class="check">
              <input
                type="checkbox"
                checked={chosen().includes(day)}
                aria-invalid={issue() !== undefined}
                onChange={(event) => choose(day, event.currentTarget.checked)}
              />
              {weekdayName(day, i18n)}
            </label>
          )}
        </For>
      </div>
      <p id={id} class="field-issue" aria-live="polite">
        {issue()}
      </p>
    </fieldset>
  );
}

function Times(props: { state: JobFormState }) {
  const { t } = jobsTexts.use();
  const id = createUniqueId();
  const times = () => props.state.draft().times;
  const issue = () => props.state.issueAt('schedule.weekly.times');
  const set = (index: number, time: string) => props.state.change({ times: times().with(index, time) });
  return (
    <fieldset class="field" aria-describedby={id}>
      <legend class="form-legend">{t('form.times')}</legend>
      <div class="job-times">
        <Index each={times()}>
          {(time, index) => (
            <span class="job-time">
              <input
                type="time"
                aria-label={t('form.time', index + 1)}
                aria-invalid={issue() !== undefined}
                value={time()}
                onInput={(event) => set(index, event.currentTarget.value)}
              />
              <Show when={times().length > 1}>
                <button
                  type="button"
                  aria-label={t('form.removeTime', time())}
                  onClick={() => props.state.change({ times: times().toSpliced(index, 1) })}
                >
                  ×
                </button>
              </Show>
            </span>
          )}
        </Index>
        <Show when={times().length < MAX_TIMES}>
          <button type="button" onClick={() => props.state.change({ times: [...times(), '18:00'] })}>
            {t('form.addTime')}
          </button>
        </Show>
      </div>
      <p id={id} class="field-issue" aria-live="polite">
        {issue()}
      </p>
    </fieldset>
  );
}
