import { type Accessor, createSignal } from 'solid-js';
import { createDeletion, type Deletion } from '../../graphql/deletion.ts';
import {
  CreateJobDocument,
  DeleteJobDocument,
  RunJobDocument,
  UpdateJobDocument,
} from '../../graphql/generated/jobs.ts';
import type { CreateJobInput, JobPartsFragment } from '../../graphql/generated/types.ts';
import { createSender, type Sender } from '../../graphql/mutation.ts';

/** What can be done with jobs in a list. */
export interface JobActions extends Deletion<JobPartsFragment>, Pick<Sender, 'error'> {
  run(id: string): Promise<void>;
  setEnabled(id: string, enabled: boolean): Promise<void>;
  /** The job that is being sent to its heat pump. */
  readonly running: Accessor<string | undefined>;
}

/** Acts on jobs; `onChanged` is called whenever they are no longer what they were. */
export function createJobActions(onChanged: () => void): JobActions {
  const [running, setRunning] = createSignal<string>();
  const { send, error } = createSender();
  const deletion = createDeletion<JobPartsFragment>(
    ({ id }) => send(DeleteJobDocument, { input: { id } }),
    (job) => send(CreateJobDocument, { input: inputOf(job) }),
    onChanged,
  );
  return {
    ...deletion,
    running,
    error,
    run: async (id) => {
      setRunning(id);
      await send(RunJobDocument, { input: { id } });
      setRunning(undefined);
      onChanged();
    },
    setEnabled: async (id, enabled) => {
      await send(UpdateJobDocument, { input: { id, enabled } });
      onChanged();
    },
  };
}

/** A job as it would be created. */
function inputOf({ name, heatpump, key, value, schedule, timeZone, enabled, missedRuns }: JobPartsFragment) {
  const heatpumpId = heatpump.id;
  const input: CreateJobInput = { name, heatpumpId, key, value, schedule, timeZone, enabled, missedRuns };
  return input;
}
