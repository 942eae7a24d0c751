import { Show } from 'solid-js';
import { useNow } from '../../lib/now.tsx';
import { Mark } from '../../ui/mark.tsx';
import { type AuditEntry, actionOf, actionText, actorText, targetText } from './audit-words.ts';
import { adminTexts } from './texts.ts';

/** One entry of the audit: who, what, when, from where, and what came of it. */
export function AuditRow(props: {
  entry: AuditEntry;
  /** What a heat pump is called; undefined: there is none of this id any more. */
  nameOf: (heatpumpId: string) => string | undefined;
}) {
  const i18n = adminTexts.use();
  const { t, format } = i18n;
  const now = useNow();
  const entry = () => props.entry;
  const json = (value: unknown) => JSON.stringify(value, null, 2);
  return (
    <li class="audit-row">
      <span class="audit-what">
        <strong>{actorText(i18n, entry().actor)}</strong> · {targetText(i18n, entry(), props.nameOf)}:{' '}
        {actionText(i18n, actionOf(entry()))}
      </span>
      <span class="muted small">
        {format().time(entry().at, now())}, {t('audit.from', entry().address)}
      </span>
      <Show when={entry().outcome === 'OK'} fallback={<Mark kind="bad" icon="OFFLINE" text={entry().outcome} />}>
        <Mark kind="good" icon="ONLINE" text={t('audit.done')} />
      </Show>
      <Show when={entry().old !== null || entry().new !== null}>
        <details class="small">
          <summary>{t('audit.details')}</summary>
          <p>
            <code>{entry().action}</code> <code>{entry().target}</code>
          </p>
          <Show when={entry().old !== null}>
            <p>{t('audit.before')}</p>
            <pre>{json(entry().old)}</pre>
          </Show>
          <Show when={entry().new !== null}>
            <p>{t('audit.after')}</p>
            <pre>{json(entry().new)}</pre>
          </Show>
        </details>
      </Show>
    </li>
  );
}
