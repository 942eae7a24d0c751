import { A } from '@solidjs/router';
import { createSignal, For, Show } from 'solid-js';
import { errorCode, errorText } from '../../graphql/error-text.ts';
import { DeleteUserDocument, UpdateUserDocument, UsersDocument } from '../../graphql/generated/admin.ts';
import type { UserPartsFragment } from '../../graphql/generated/types.ts';
import { createSender } from '../../graphql/mutation.ts';
import { createPageQuery } from '../../graphql/page-query.ts';
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx';
import { Notice } from '../../ui/notice.tsx';
import { QueryState } from '../../ui/query-state.tsx';
import { adminTexts } from './texts.ts';
import { UserCard } from './user-card.tsx';

/** Everybody who may sign in. */
export default function UsersSection() {
  const i18n = adminTexts.use();
  const { t } = i18n;
  const query = createPageQuery(UsersDocument, () => ({}));
  const { send, error } = createSender();
  const [leaving, setLeaving] = createSignal<UserPartsFragment>();
  const setDisabled = async (id: string, disabled: boolean) => {
    await send(UpdateUserDocument, { input: { id, disabled } });
    query.refetch();
  };
  const remove = async ({ id }: UserPartsFragment) => {
    setLeaving(undefined);
    await send(DeleteUserDocument, { input: { id } });
    query.refetch();
  };
  return (
    <div class="entries">
      <div role="alert">
        <Show when={error()}>
          {(refusal) => (
            <Notice
              kind="bad"
              title={errorCode(refusal()) === 'CONFLICT' ? t('user.lastAdmin') : errorText(i18n, refusal())}
            />
          )}
        </Show>
      </div>
      <A class="button primary entries-add" href="/admin/users/new">
        {t('user.add')}
      </A>
      <QueryState query={query}>
        {(data) => (
          <For each={data().users}>
            {(user) => (
              <UserCard
                user={user}
                heatpumps={data().heatpumps}
                onDisable={(disabled) => void setDisabled(user.id, disabled)}
                onDelete={() => setLeaving(user)}
              />
            )}
          </For>
        )}
      </QueryState>
      <Show when={leaving()}>
        {(user) => (
          <ConfirmDialog
            title={t('user.deleteTitle', user().name)}
            help={t('user.deleteHelp')}
            confirm={t('user.deleteConfirm')}
            onConfirm={() => void remove(user())}
            onClose={() => setLeaving(undefined)}
          />
        )}
      </Show>
    </div>
  );
}
