import { lengthOfTime } from '../lib/age.ts';
import { useI18n } from '../lib/i18n/i18n.tsx';
import { useNow } from '../lib/now.tsx';

/** How old something is, counting on; its time on hovering. */
export function Age(props: { since: string }) {
  const { t, format } = useI18n();
  const now = useNow();
  return (
    <time
      dateTime={props.since}
      onPointerOver={(event) => {
        event.currentTarget.title = format().time(props.since, now());
      }}
    >
      {lengthOfTime(t, now() - Date.parse(props.since))}
    </time>
  );
}
