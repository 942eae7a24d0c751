import type { JobRunPartsFragment } from '../../graphql/generated/types.ts';
import type { NamedSensor } from '../../graphql/sensor-book.ts';
import { useNow } from '../../lib/now.tsx';
import { Mark } from '../../ui/mark.tsx';
import { OUTCOME_MARKS, runText } from './run-text.ts';
import { jobsTexts } from './texts.ts';

/** One run: when, and what came of it. */
export function JobRunRow(props: { run: JobRunPartsFragment; sensor: NamedSensor | undefined }) {
  const i18n = jobsTexts.use();
  const now = useNow();
  const mark = () => OUTCOME_MARKS[props.run.outcome];
  return (
    <span class="job-run">
      <Mark kind={mark().kind} icon={mark().icon} text={i18n.t(`outcome.${props.run.outcome}`)} />
      <time class="muted small" dateTime={props.run.at}>
        {i18n.format().time(props.run.at, now())}
      </time>
      <span class="small" title={props.run.error?.message ?? props.run.write?.reason ?? undefined}>
        {runText(props.run, props.sensor, i18n)}
      </span>
    </span>
  );
}
