import { A, useNavigate, useParams, useSearchParams } from '@solidjs/router';
import { type JSX, Show } from 'solid-js';
import {
  AlertByIdDocument,
  AlertTargetsDocument,
  CreateAlertDocument,
  UpdateAlertDocument,
} from '../../graphql/generated/alerts.ts';
import type { AlertPartsFragment, AlertTargetsQuery, CreateAlertInput } from '../../graphql/generated/types.ts';
import { createMutation } from '../../graphql/mutation.ts';
import { createPageQuery } from '../../graphql/page-query.ts';
import { Icon } from '../../ui/icon.tsx';
import { PageTitle } from '../../ui/page-title.tsx';
import { QueryState } from '../../ui/query-state.tsx';
import { draftOf, newDraft } from './alert-draft.ts';
import { AlertForm } from './alert-form.tsx';
import { alertsTexts } from './texts.ts';
import './alerts.css';

/** Adds an alert, or changes one. */
export default function AlertFormPage() {
  const { t } = alertsTexts.use();
  const params = useParams<{ id?: string }>();
  return (
    <div class="page">
      <A class="back-link small" href="/alerts">
        <Icon name="back" />
        {t('alerts.title')}
      </A>
      <Show when={params.id} fallback={<NewAlert />} keyed>
        {(id) => <OldAlert id={id} />}
      </Show>
    </div>
  );
}

function NewAlert() {
  const { t } = alertsTexts.use();
  const navigate = useNavigate();
  const [search] = useSearchParams<{ heatpump?: string }>();
  const creating = createMutation(CreateAlertDocument);
  const submit = async (input: CreateAlertInput) => {
    if (await creating.run({ input })) navigate('/alerts');
  };
  const start = ({ heatpumps }: AlertTargetsQuery) =>
    newDraft(heatpumps.find(({ id }) => id === search.heatpump)?.id ?? '');
  return (
    <>
      <PageTitle text={t('alerts.addTitle')} />
      <WithTargets>
        {(targets) => (
          <AlertForm
            targets={targets()}
            initial={start(targets())}
            isNew
            isSaving={creating.isRunning()}
            error={creating.error()}
            onSubmit={(input) => void submit(input)}
          />
        )}
      </WithTargets>
    </>
  );
}

function OldAlert(props: { id: string }) {
  const { t } = alertsTexts.use();
  const query = createPageQuery(AlertByIdDocument, () => ({ id: props.id }));
  return (
    <QueryState query={query}>
      {(data) => (
        <Show when={data().alert} fallback={<PageTitle text={t('alerts.gone')} />}>
          {(alert) => <ChangedAlert alert={alert()} />}
        </Show>
      )}
    </QueryState>
  );
}

function ChangedAlert(props: { alert: AlertPartsFragment }) {
  const { t } = alertsTexts.use();
  const navigate = useNavigate();
  const saving = createMutation(UpdateAlertDocument);
  const submit = async ({ heatpumpId: _, ...changes }: CreateAlertInput) => {
    if (await saving.run({ input: { id: props.alert.id, ...changes } })) navigate('/alerts');
  };
  return (
    <>
      <PageTitle text={t('alerts.editTitle', props.alert.name)} />
      <WithTargets>
        {(targets) => (
          <AlertForm
            targets={targets()}
            initial={draftOf(props.alert)}
            isNew={false}
            isSaving={saving.isRunning()}
            error={saving.error()}
            onSubmit={(input) => void submit(input)}
          />
        )}
      </WithTargets>
    </>
  );
}

/** The heat pumps and channels. They stay while they are asked for anew, and so does the form. */
function WithTargets(props: { children: (targets: () => AlertTargetsQuery) => JSX.Element }) {
  const query = createPageQuery(AlertTargetsDocument, () => ({}));
  return <QueryState query={query}>{(data) => props.children(data)}</QueryState>;
}
