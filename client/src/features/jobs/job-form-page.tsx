import { A, useNavigate, useParams, useSearchParams } from '@solidjs/router';
import { type JSX, Show } from 'solid-js';
import {
  CreateJobDocument,
  JobByIdDocument,
  JobTargetsDocument,
  UpdateJobDocument,
} from '../../graphql/generated/jobs.ts';
import type { CreateJobInput, JobPartsFragment } from '../../graphql/generated/types.ts';
import { createMutation } from '../../graphql/mutation.ts';
import { createPageQuery } from '../../graphql/page-query.ts';
import { Icon } from '../../ui/icon.tsx';
import { PageTitle } from '../../ui/page-title.tsx';
import { QueryState } from '../../ui/query-state.tsx';
import { sensorsTexts } from '../sensors/texts.ts';
import { draftOf, type JobTarget, newDraft } from './job-draft.ts';
import { JobForm } from './job-form.tsx';
import { jobsTexts } from './texts.ts';
import './jobs.css';
import '../../ui/entry.css';

/** Adds a job, or changes one. */
export default function JobFormPage() {
  const params = useParams<{ id?: string }>();
  return (
    <sensorsTexts.Provider>
      <div class="page">
        <BackLink />
        <Show when={params.id} fallback={<NewJob />} keyed>
          {(id) => <OldJob id={id} />}
        </Show>
      </div>
    </sensorsTexts.Provider>
  );
}

function BackLink() {
  const { t } = jobsTexts.use();
  return (
    <A class="back-link small" href="/jobs">
      <Icon name="back" />
      {t('jobs.title')}
    </A>
  );
}

function NewJob() {
  const { t } = jobsTexts.use();
  const navigate = useNavigate();
  const [search] = useSearchParams<{ heatpump?: string }>();
  const creating = createMutation(CreateJobDocument);
  const submit = async (input: CreateJobInput) => {
    if (await creating.run({ input })) navigate(`/heatpumps/${input.heatpumpId}/jobs`);
  };
  const start = (targets: readonly JobTarget[]) => {
    const only = targets.length === 1 ? targets[0] : undefined;
    return newDraft((targets.find(({ id }) => id === search.heatpump) ?? only)?.id ?? '');
  };
  return (
    <>
      <PageTitle text={t('jobs.addTitle')} />
      <WithTargets>
        {(targets) => (
          <JobForm
            targets={targets()}
            initial={start(targets())}
            isSaving={creating.isRunning()}
            error={creating.error()}
            onSubmit={(input) => void submit(input)}
          />
        )}
      </WithTargets>
    </>
  );
}

function OldJob(props: { id: string }) {
  const { t } = jobsTexts.use();
  const query = createPageQuery(JobByIdDocument, () => ({ id: props.id }));
  return (
    <QueryState query={query}>
      {(data) => (
        <Show when={data().job} fallback={<PageTitle text={t('jobs.gone')} />}>
          {(job) => <ChangedJob job={job()} />}
        </Show>
      )}
    </QueryState>
  );
}

function ChangedJob(props: { job: JobPartsFragment }) {
  const { t } = jobsTexts.use();
  const navigate = useNavigate();
  const saving = createMutation(UpdateJobDocument);
  const submit = async ({ heatpumpId, ...changes }: CreateJobInput) => {
    if (await saving.run({ input: { id: props.job.id, ...changes } })) navigate(`/heatpumps/${heatpumpId}/jobs`);
  };
  return (
    <>
      <PageTitle text={t('jobs.editTitle', props.job.name)} />
      <WithTargets>
        {(targets) => (
          <JobForm
            id={props.job.id}
            targets={targets()}
            initial={draftOf(props.job)}
            isSaving={saving.isRunning()}
            error={saving.error()}
            onSubmit={(input) => void submit(input)}
          />
        )}
      </WithTargets>
    </>
  );
}

/** The heat pumps and what can be written to them. They stay while they are asked for anew, and so does the form. */
function WithTargets(props: { children: (targets: () => readonly JobTarget[]) => JSX.Element }) {
  const { language } = jobsTexts.use();
  const query = createPageQuery(JobTargetsDocument, () => ({ language: language() }));
  return <QueryState query={query}>{(data) => props.children(() => data().heatpumps)}</QueryState>;
}
