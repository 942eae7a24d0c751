import { A, useNavigate, useParams } from '@solidjs/router';
import { Show } from 'solid-js';
import { SetupHeatpumpDocument, SetupModelsDocument, UpdateHeatpumpDocument } from '../../graphql/generated/setup.ts';
import type { AddHeatpumpInput } from '../../graphql/generated/types.ts';
import { createMutation } from '../../graphql/mutation.ts';
import { createPageQuery } from '../../graphql/page-query.ts';
import { Icon } from '../../ui/icon.tsx';
import { PageTitle } from '../../ui/page-title.tsx';
import { QueryState } from '../../ui/query-state.tsx';
import { draftOf } from './setup-draft.ts';
import { SetupForm } from './setup-form.tsx';
import { setupTexts } from './texts.ts';

/** Changes the settings of a heat pump. */
export default function EditPage() {
  const { t, language } = setupTexts.use();
  const params = useParams<{ id: string }>();
  const navigate = useNavigate();
  const models = createPageQuery(SetupModelsDocument, () => ({ language: language() }));
  const query = createPageQuery(SetupHeatpumpDocument, () => ({ id: params.id }));
  const saving = createMutation(UpdateHeatpumpDocument);
  const address = () => `/heatpumps/${params.id}`;
  const submit = async (input: AddHeatpumpInput) => {
    if (await saving.run({ input: { id: params.id, ...input } })) navigate(address());
  };
  return (
    <div class="page">
      <QueryState query={query}>
        {(found) => (
          <Show when={found().heatpump} fallback={<PageTitle text={t('app.noHeatpump')} />}>
            {(heatpump) => (
              <>
                <div>
                  <A class="back-link small" href={address()}>
                    <Icon name="back" />
                    {heatpump().name}
                  </A>
                  <PageTitle text={t('setup.editTitle', heatpump().name)} />
                </div>
                <QueryState query={models}>
                  {(data) => (
                    <SetupForm
                      manufacturers={data().manufacturers}
                      initial={draftOf(heatpump())}
                      pollIntervalBefore={String(heatpump().pollIntervalMs)}
                      submitLabel={t('setup.save')}
                      isSaving={saving.isRunning()}
                      error={saving.error()}
                      onSubmit={(input) => void submit(input)}
                    />
                  )}
                </QueryState>
              </>
            )}
          </Show>
        )}
      </QueryState>
    </div>
  );
}
