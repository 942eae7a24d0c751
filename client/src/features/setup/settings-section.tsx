import { useNavigate } from '@solidjs/router';
import { Show } from 'solid-js';
import { SetupHeatpumpDocument, SetupModelsDocument, UpdateHeatpumpDocument } from '../../graphql/generated/setup.ts';
import type { AddHeatpumpInput } from '../../graphql/generated/types.ts';
import { createMutation } from '../../graphql/mutation.ts';
import { createPageQuery } from '../../graphql/page-query.ts';
import { QueryState } from '../../ui/query-state.tsx';
import { HeatpumpActions } from '../heatpump/heatpump-actions.tsx';
import { useHeatpump } from '../heatpump/heatpump-view.tsx';
import { draftOf } from './setup-draft.ts';
import { SetupForm } from './setup-form.tsx';
import { setupTexts } from './texts.ts';

/** Changes the settings of a heat pump, what came of it is seen on its first section; disables and removes it. */
export default function SettingsSection() {
  const { t, language } = setupTexts.use();
  const { id, state } = useHeatpump();
  const navigate = useNavigate();
  const models = createPageQuery(SetupModelsDocument, () => ({ language: language() }));
  const query = createPageQuery(SetupHeatpumpDocument, () => ({ id }));
  const saving = createMutation(UpdateHeatpumpDocument);
  const submit = async (input: AddHeatpumpInput) => {
    if (await saving.run({ input: { id, ...input } })) navigate(`/heatpumps/${id}`);
  };
  return (
    <QueryState query={models}>
      {(data) => (
        <QueryState query={query}>
          {(found) => (
            <Show when={found().heatpump}>
              {(heatpump) => (
                <>
                  <SetupForm
                    manufacturers={data().manufacturers}
                    initial={draftOf(heatpump())}
                    pollIntervalBefore={String(heatpump().pollIntervalMs)}
                    submitLabel={t('setup.save')}
                    isSaving={saving.isRunning()}
                    error={saving.error()}
                    onSubmit={(input) => void submit(input)}
                  />
                  <HeatpumpActions heatpump={state()} />
                </>
              )}
            </Show>
          )}
        </QueryState>
      )}
    </QueryState>
  );
}
