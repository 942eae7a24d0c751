import { For, Show } from 'solid-js';
import { AccountDocument, RevokeSessionDocument } from '../../graphql/generated/access.ts';
import type { AccountQuery } from '../../graphql/generated/types.ts';
import { createMutation } from '../../graphql/mutation.ts';
import { createPageQuery } from '../../graphql/page-query.ts';
import { useNow } from '../../lib/now.tsx';
import { PageTitle } from '../../ui/page-title.tsx';
import { QueryState } from '../../ui/query-state.tsx';
import { authRequest } from './auth-request.ts';
import { browserName } from './browser-name.ts';
import { PasswordForm } from './password-form.tsx';
import { accessTexts } from './texts.ts';
import './access.css';

/** Who is signed in, their password, and where else they are signed in. */
export default function AccountPage() {
  const { t } = accessTexts.use();
  const query = createPageQuery(AccountDocument, () => ({}));
  return (
    <div class="page account">
      <PageTitle text={t('account.title')} />
      <QueryState query={query}>
        {(data) => (
          <Show when={data().viewer.email} fallback={<p class="muted">{t('account.nobody')}</p>}>
            <You viewer={data().viewer} />
            <PasswordForm email={data().viewer.email ?? ''} onChanged={query.refetch} />
            <Sessions sessions={data().sessions} onChanged={query.refetch} />
          </Show>
        )}
      </QueryState>
    </div>
  );
}

function You(props: { viewer: AccountQuery['viewer'] }) {
  const { t } = accessTexts.use();
  const heatpumps = () => {
    const { heatpumpIds, seesAllHeatpumps } = props.viewer;
    return seesAllHeatpumps ? t('account.all') : t('account.some', heatpumpIds.length);
  };
  const signOut = async () => {
    await authRequest('sign-out', {});
    location.replace('/sign-in');
  };
  return (
    <section class="card account-part" aria-label={t('account.you')}>
      <div class="account-head">
        <h2>{props.viewer.name}</h2>
        <button type="button" onClick={() => void signOut()}>
          {t('account.signOut')}
        </button>
      </div>
      <dl class="account-facts">
        <dt>{t('signIn.email')}</dt>
        <dd>{props.viewer.email}</dd>
        <dt>{t('account.role')}</dt>
        <dd>
          <Show when={props.viewer.role}>{(role) => t(`role.${role()}`)}</Show>
        </dd>
        <dt>{t('account.heatpumps')}</dt>
        <dd>{heatpumps()}</dd>
      </dl>
    </section>
  );
}

function Sessions(props: { sessions: AccountQuery['sessions']; onChanged: () => void }) {
  const { t, format } = accessTexts.use();
  const now = useNow();
  const revoking = createMutation(RevokeSessionDocument);
  const revoke = async (id: string) => {
    if (await revoking.run({ input: { id } })) props.onChanged();
  };
  const nameOf = (userAgent: string | null) => {
    const found = browserName(userAgent ?? '');
    return found ? t('account.browserOn', found.browser, found.system) : t('account.unknownBrowser');
  };
  return (
    <section class="card account-part" aria-label={t('account.sessions')}>
      <h2>{t('account.sessions')}</h2>
      <ul class="sessions">
        <For each={props.sessions}>
          {(session) => (
            <li>
              <div>
                <p title={session.userAgent ?? ''}>{nameOf(session.userAgent)}</p>
                <p class="muted small">
                  {session.address ?? '–'} · {t('account.seen', format().time(session.updatedAt, now()))}
                </p>
              </div>
              <Show when={!session.isCurrent} fallback={<span class="muted small">{t('account.thisBrowser')}</span>}>
                <button type="button" class="quiet" onClick={() => void revoke(session.id)}>
                  {t('account.revoke')}
                </button>
              </Show>
            </li>
          )}
        </For>
      </ul>
    </section>
  );
}
