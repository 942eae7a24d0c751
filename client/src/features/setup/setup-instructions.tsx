import { For } from 'solid-js';
import { setupTexts } from './texts.ts';

/** Wide enough for the instructions to stand beside the form; as in setup.css. */
const WIDE = '(width >= 900px)';

/** What to do at the machine, step by step: open beside the form, on demand above it. */
export function SetupInstructions(props: { steps: readonly string[] }) {
  const { t } = setupTexts.use();
  return (
    <details class="form-aside setup-instructions" open={matchMedia(WIDE).matches}>
      <summary>{t('setup.instructions')}</summary>
      <ol>
        <For each={props.steps}>{(step) => <li>{step}</li>}</For>
      </ol>
    </details>
  );
}
