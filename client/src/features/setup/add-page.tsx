import { useNavigate } from '@solidjs/router';
import { AddHeatpumpDocument, SetupModelsDocument } from '../../graphql/generated/setup.ts';
import type { AddHeatpumpInput } from '../../graphql/generated/types.ts';
import { createMutation } from '../../graphql/mutation.ts';
import { createPageQuery } from '../../graphql/page-query.ts';
import { PageTitle } from '../../ui/page-title.tsx';
import { QueryState } from '../../ui/query-state.tsx';
import { newDraft } from './setup-draft.ts';
import { SetupForm } from './setup-form.tsx';
import { setupTexts } from './texts.ts';

/** Adds a heat pump. */
export default function AddPage() {
  const { t, language } = setupTexts.use();
  const navigate = useNavigate();
  const models = createPageQuery(SetupModelsDocument, () => ({ language: language() }));
  const adding = createMutation(AddHeatpumpDocument);
  const submit = async (input: AddHeatpumpInput) => {
    const added = await adding.run({ input });
    if (added) navigate(`/heatpumps/${added.addHeatpump.heatpump.id}`);
  };
  return (
    <div class="page">
      <PageTitle text={t('setup.addTitle')} />
      <QueryState query={models}>
        {(data) => (
          <SetupForm
            manufacturers={data().manufacturers}
            initial={newDraft(data().manufacturers[0], data().manufacturers[0]?.models[0])}
            submitLabel={t('setup.add')}
            isSaving={adding.isRunning()}
            error={adding.error()}
            onSubmit={(input) => void submit(input)}
          />
        )}
      </QueryState>
    </div>
  );
}
