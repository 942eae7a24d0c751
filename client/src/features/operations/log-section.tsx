import { createSignal, For, Show } from 'solid-js';
import { LogLinesDocument } from '../../graphql/generated/operations.ts';
import type { LogLevel, LogLinesQuery } from '../../graphql/generated/types.ts';
import { createPageQuery } from '../../graphql/page-query.ts';
import { useNow } from '../../lib/now.tsx';
import { Mark, type MarkKind } from '../../ui/mark.tsx';
import { QueryState } from '../../ui/query-state.tsx';
import { SelectField } from '../../ui/select-field.tsx';
import { operationsTexts } from './texts.ts';
import './operations.css';

type Line = LogLinesQuery['logLines'][number];

const LEVELS: readonly LogLevel[] = ['ERROR', 'WARN', 'INFO', 'DEBUG'];
const SHOWN_LINES = 200;
const KINDS: Record<LogLevel, MarkKind> = { DEBUG: 'neutral', INFO: 'neutral', WARN: 'warning', ERROR: 'bad' };
const ICONS = { DEBUG: 'IDLE', INFO: 'ONLINE', WARN: 'DEGRADED', ERROR: 'FAULT' } as const;

/** The last lines of the log; they are in English, whatever the reader speaks. */
export default function LogSection() {
  const { t } = operationsTexts.use();
  const [level, setLevel] = createSignal<LogLevel>('INFO');
  const query = createPageQuery(LogLinesDocument, () => ({ first: SHOWN_LINES, level: level() }));
  return (
    <div class="operations-part">
      <div class="log-tools">
        <SelectField
          label={t('log.level')}
          name="level"
          value={level()}
          choices={LEVELS.map((value) => ({ value, label: t(`logLevel.${value}`) }))}
          onChange={setLevel}
        />
        <button type="button" onClick={() => query.refetch()}>
          {t('log.refresh')}
        </button>
      </div>
      <p class="muted small">{t('log.since')}</p>
      <QueryState query={query}>
        {(data) => (
          <Show when={data().logLines.length > 0} fallback={<p class="muted">{t('log.none')}</p>}>
            <ol class="card log" lang="en">
              <For each={data().logLines}>{(line) => <LogRow line={line} />}</For>
            </ol>
          </Show>
        )}
      </QueryState>
    </div>
  );
}

function LogRow(props: { line: Line }) {
  const { format } = operationsTexts.use();
  const now = useNow();
  const fields = () => Object.entries(props.line.fields as Record<string, unknown>);
  return (
    <li>
      <time class="muted" dateTime={props.line.at}>
        {format().time(props.line.at, now())}
      </time>
      <Mark kind={KINDS[props.line.level]} icon={ICONS[props.line.level]} text={props.line.level} />
      <span class="log-message">
        {props.line.message}
        <For each={fields()}>
          {([name, value]) => (
            <code class="muted small">
              {' '}
              {name}={typeof value === 'string' ? value : JSON.stringify(value)}
            </code>
          )}
        </For>
      </span>
    </li>
  );
}
