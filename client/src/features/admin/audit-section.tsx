import { createMemo, createSignal, For, Show } from 'solid-js';
import { AuditDocument, UsersDocument } from '../../graphql/generated/admin.ts';
import { createPageQuery } from '../../graphql/page-query.ts';
import { QueryState } from '../../ui/query-state.tsx';
import { SelectField } from '../../ui/select-field.tsx';
import { AuditRow } from './audit-row.tsx';
import { actionText } from './audit-words.ts';
import { adminTexts } from './texts.ts';

/** Actions that are asked for most; any other is found among everything. */
const ACTIONS = [
  'signIn',
  'signOut',
  'changePassword',
  'writeSensor',
  'runJob',
  'acknowledgeAlert',
  'addHeatpump',
  'updateHeatpump',
  'removeHeatpump',
  'createUser',
  'updateUser',
  'deleteUser',
  'createApiToken',
  'revokeApiToken',
] as const;

/** As many entries as one page has; as in admin.graphql. */
const PAGE = 50;

/** Who has done what, newest first, page by page. */
export default function AuditSection() {
  const i18n = adminTexts.use();
  const { t } = i18n;
  const [action, setAction] = createSignal('');
  const [actor, setActor] = createSignal('');
  const [before, setBefore] = createSignal<string | null>(null);
  const users = createPageQuery(UsersDocument, () => ({}));
  const names = createMemo(() => new Map(users.data()?.heatpumps.map(({ id, name }) => [id, name])));
  const query = createPageQuery(AuditDocument, () => ({
    action: action() || null,
    actor: actor() || null,
    before: before(),
  }));
  const filter = (set: (value: string) => void) => (value: string) => {
    setBefore(null);
    set(value);
  };
  const kindOf = createMemo(
    () =>
      new Map(
        ACTIONS.map((name) => [
          name,
          name
            .replace(/^[a-z]+/, '')
            .replace(/^Api/, '')
            .toLowerCase(),
        ]),
      ),
  );
  const nameOf = (name: (typeof ACTIONS)[number]) => {
    const kind = i18n.textOr(`kind.${kindOf().get(name)}`, '');
    return kind ? `${kind}: ${actionText(i18n, name)}` : actionText(i18n, name);
  };
  return (
    <div class="entries audit">
      <p class="muted">{t('audit.help')}</p>
      <div class="audit-filter">
        <SelectField
          label={t('audit.action')}
          name="action"
          value={action()}
          choices={[
            { value: '', label: t('audit.anything') },
            ...ACTIONS.map((value) => ({ value, label: nameOf(value) })),
          ]}
          onChange={filter(setAction)}
        />
        <SelectField
          label={t('audit.actor')}
          name="actor"
          value={actor()}
          choices={[
            { value: '', label: t('audit.anybody') },
            ...(users.data()?.users ?? []).map(({ name }) => ({ value: `user:${name}`, label: name })),
            { value: 'ADMIN_TOKEN', label: t('audit.ADMIN_TOKEN') },
          ]}
          onChange={filter(setActor)}
        />
      </div>
      <QueryState query={query}>
        {(data) => (
          <>
            <ul class="card audit-list">
              <For each={data().audit.entries} fallback={<li class="muted">{t('audit.empty')}</li>}>
                {(entry) => <AuditRow entry={entry} nameOf={(id) => names().get(id)} />}
              </For>
            </ul>
            <div class="entries-head">
              <Show when={before()} fallback={<span />}>
                <button type="button" onClick={() => setBefore(null)}>
                  {t('audit.newest')}
                </button>
              </Show>
              <Show when={data().audit.entries.length === PAGE && data().audit.nextCursor}>
                {(cursor) => (
                  <button type="button" onClick={() => setBefore(cursor())}>
                    {t('audit.older')}
                  </button>
                )}
              </Show>
            </div>
          </>
        )}
      </QueryState>
    </div>
  );
}
