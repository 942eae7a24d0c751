import type { CombinedError } from '@urql/core';
import { type Accessor, createMemo, createSignal } from 'solid-js';
import { type FieldIssue, fieldIssues } from '../../graphql/error-text.ts';
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
export interface SetupState {
  readonly draft: Accessor<SetupDraft>;
  change(changes: Partial<SetupDraft>): void;
  readonly manufacturer: Accessor<SetupManufacturer | undefined>;
  readonly model: Accessor<SetupModel | undefined>;
  chooseManufacturer(id: string): void;
  chooseModel(id: string): void;
  readonly issues: Accessor<readonly FieldIssue[]>;
  /** What is wrong with a field, in the language in use. */
  issueAt(path: string): string | undefined;
  /** Uses what was entered, unless a number is none. */
  withInput(use: (input: AddHeatpumpInput) => void): void;
  readonly test: Mutation<TestConnectionMutation, TestConnectionMutationVariables>;
  /** Tests the connection as it was entered. */
  testConnection(): void;
}

/** Makes the state of a form; the options are read as they are when needed. */
export function createSetupState(options: SetupOptions): SetupState {
  const { textOr, language } = setupTexts.use();
  const [draft, setDraft] = createSignal(options.initial);
  const [localIssues, setLocalIssues] = createSignal<readonly FieldIssue[]>([]);
  const test = createMutation(TestConnectionDocument);
  const change = (changes: Partial<SetupDraft>) => setDraft({ ...draft(), ...changes });
  const find = (id: string) => options.manufacturers.find((candidate) => candidate.id === id);
  const manufacturer = () => find(draft().manufacturer);
  const findModel = (id: string) => manufacturer()?.models.find((candidate) => candidate.id === id);
  const choose = (model: SetupModel | undefined) => change({ model: model?.id ?? '', config: defaultConfig(model) });
  const issues = createMemo(() => [
    ...localIssues(),
    ...[options.error, test.error()].flatMap((error) => (error ? fieldIssues(error) : [])),
  ]);
  const withInput: SetupState['withInput'] = (use) => {
    const input = inputOf(draft(), options.pollIntervalBefore);
    setLocalIssues(input.ok ? [] : input.issues);
    if (input.ok) use(input.value);
  };
  return {
    draft,
    change,
    manufacturer,
    model: () => findModel(draft().model),
    chooseManufacturer: (id) => {
      change({ manufacturer: id });
      choose(find(id)?.models[0]);
    },
    chooseModel: (id) => choose(findModel(id)),
    issues,
    issueAt: (path) => {
      const issue = issues().find((candidate) => candidate.path === path);
      return issue && textOr(`issue.${path}`, issue.message);
    },
    withInput,
    test,
    testConnection: () =>
      withInput(({ manufacturer: maker, model, connection, config }) => {
        const input = { manufacturer: maker, model, connection, config };
        void test.run({ input, language: language() });
      }),
  };
}
