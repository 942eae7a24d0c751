import { createSignal, For, Show } from 'solid-js';
import { errorText } from '../../graphql/error-text.ts';
import { RevokeTokenDocument, TokensDocument } from '../../graphql/generated/admin.ts';
import type { CreateTokenMutation, TokensQuery } from '../../graphql/generated/types.ts';
import { createSender } from '../../graphql/mutation.ts';
import { createPageQuery } from '../../graphql/page-query.ts';
import { Entry } from '../../ui/entry.tsx';
import { Mark } from '../../ui/mark.tsx';
import { Notice } from '../../ui/notice.tsx';
import { QueryState } from '../../ui/query-state.tsx';
import { NewToken } from './new-token.tsx';
import { seenText } from './rights.ts';
import { adminTexts } from './texts.ts';
import { TokenForm } from './token-form.tsx';

/** What programs are let in by. */
export default function TokensSection() {
  const i18n = adminTexts.use();
  const { t } = i18n;
  const query = createPageQuery(TokensDocument, () => ({}));
  const { send, error } = createSender();
  const [isAdding, setIsAdding] = createSignal(false);
  const [made, setMade] = createSignal<CreateTokenMutation['createApiToken']>();
  const [revoked, setRevoked] = createSignal<string>();
  const revoke = async ({ id, name }: TokensQuery['apiTokens'][number]) => {
    setRevoked((await send(RevokeTokenDocument, { input: { id } })) ? name : undefined);
    query.refetch();
  };
  const take = (token: CreateTokenMutation['createApiToken']) => {
    setMade(token);
    setIsAdding(false);
    query.refetch();
  };
  return (
    <div class="entries">
      <p class="muted">{t('token.help')}</p>
      <div role="status">
        <Show when={made()}>{(token) => <NewToken token={token().token} name={token().apiToken.name} />}</Show>
        <Show when={revoked()}>{(name) => <Notice kind="info" title={t('token.revoked', name())} />}</Show>
      </div>
      <div role="alert">
        <Show when={error()}>{(refusal) => <Notice kind="bad" title={errorText(i18n, refusal())} />}</Show>
      </div>
      <QueryState query={query}>
        {(data) => (
          <>
            <Show
              when={isAdding()}
              fallback={
                <button type="button" class="primary entries-add" onClick={() => setIsAdding(true)}>
                  {t('token.add')}
                </button>
              }
            >
              <TokenForm heatpumps={data().heatpumps} onMade={take} onClose={() => setIsAdding(false)} />
            </Show>
            <For each={data().apiTokens} fallback={<p class="muted">{t('token.empty')}</p>}>
              {(token) => <TokenCard token={token} heatpumps={data().heatpumps} onRevoke={() => void revoke(token)} />}
            </For>
          </>
        )}
      </QueryState>
    </div>
  );
}

function TokenCard(props: {
  token: TokensQuery['apiTokens'][number];
  heatpumps: TokensQuery['heatpumps'];
  onRevoke: () => void;
}) {
  const i18n = adminTexts.use();
  const { t, format } = i18n;
  const token = () => props.token;
  const isOver = () => Date.parse(token().expiresAt ?? '') <= Date.now();
  const time = (at: string | null, otherwise: string) => (at === null ? otherwise : format().time(at, Date.now()));
  return (
    <Entry
      name={token().name}
      isOff={isOver()}
      state={
        <Show when={isOver()} fallback={<span class="muted small">{t(`role.${token().role}`)}</span>}>
          <Mark kind="neutral" icon="DISABLED" text={t('token.ended')} />
        </Show>
      }
      actions={
        <button type="button" class="danger" onClick={() => props.onRevoke()}>
          {t('token.revoke')}
        </button>
      }
    >
      <dl class="entry-facts">
        <dt>{t('user.sees')}</dt>
        <dd>{seenText(i18n, token(), props.heatpumps)}</dd>
        <dt>{t('token.used')}</dt>
        <dd>{time(token().lastUsedAt, t('token.notUsed'))}</dd>
        <dt>{t('token.ends')}</dt>
        <dd>{time(token().expiresAt, t('token.endsNever'))}</dd>
      </dl>
    </Entry>
  );
}
