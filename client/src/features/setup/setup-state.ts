import type { CombinedError } from '@urql/core';
import { type Accessor, createSignal } from 'solid-js';
import { createFormIssues, type FormIssues } from '../../graphql/form-issues.ts';
import { TestConnectionDocument } from '../../graphql/generated/setup.ts';
import type {
  AddHeatpumpInput,
  TestConnectionMutation,
  TestConnectionMutationVariables,
} from '../../graphql/generated/types.ts';
import { createMutation, type Mutation } from '../../graphql/mutation.ts';
import { defaultConfig, inputOf, type SetupDraft, type SetupManufacturer, type SetupModel } from './setup-draft.ts';
import { setupTexts } from './texts.ts';

/** What a set-up starts from. */
export interface SetupOptions {
  readonly manufacturers: readonly SetupManufacturer[];
  readonly initial: SetupDraft;
  /** The poll interval of a heat pump that exists. */
  readonly pollIntervalBefore?: string;
  /** Why the last saving was refused. */
  readonly error: CombinedError | undefined;
}

/** The state of a set-up form, for its parts. */
export interface SetupState extends Omit<FormIssues, 'setLocal'> {
  readonly draft: Accessor<SetupDraft>;
  change(changes: Partial<SetupDraft>): void;
  readonly manufacturer: Accessor<SetupManufacturer | undefined>;
  readonly model: Accessor<SetupModel | undefined>;
  chooseManufacturer(id: string): void;
  chooseModel(id: string): void;
  /** Uses what was entered, unless a number is none. */
  withInput(use: (input: AddHeatpumpInput) => void): void;
  readonly test: Mutation<TestConnectionMutation, TestConnectionMutationVariables>;
  /** Tests the connection as it was entered. */
  testConnection(): void;
}

/** Makes the state of a form; the options are read as they are when needed. */
export function createSetupState(options: SetupOptions): SetupState {
  const i18n = setupTexts.use();
  const [draft, setDraft] = createSignal(options.initial);
  const test = createMutation(TestConnectionDocument);
  const { setLocal, ...issues } = createFormIssues(
    i18n,
    () => [options.error, test.error()],
    () => i18n.t('setup.refused'),
  );
  const change = (changes: Partial<SetupDraft>) => setDraft({ ...draft(), ...changes });
  const find = (id: string) => options.manufacturers.find((candidate) => candidate.id === id);
  const manufacturer = () => find(draft().manufacturer);
  const findModel = (id: string) => manufacturer()?.models.find((candidate) => candidate.id === id);
  const choose = (model: SetupModel | undefined) => change({ model: model?.id ?? '', config: defaultConfig(model) });
  const withInput: SetupState['withInput'] = (use) => {
    const input = inputOf(draft(), options.pollIntervalBefore);
    setLocal(input.ok ? [] : input.issues);
    if (input.ok) use(input.value);
  };
  return {
    ...issues,
    draft,
    change,
    manufacturer,
    model: () => findModel(draft().model),
    chooseManufacturer: (id) => {
      change({ manufacturer: id });
      choose(find(id)?.models[0]);
    },
    chooseModel: (id) => choose(findModel(id)),
    withInput,
    test,
    testConnection: () =>
      withInput(({ manufacturer: maker, model, connection, config }) => {
        const input = { manufacturer: maker, model, connection, config };
        void test.run({ input, language: i18n.language() });
      }),
  };
}
