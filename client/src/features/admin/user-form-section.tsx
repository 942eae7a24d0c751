import { A, useNavigate, useParams } from '@solidjs/router';
import { Show } from 'solid-js';
import { CreateUserDocument, UpdateUserDocument, UsersDocument } from '../../graphql/generated/admin.ts';
import { createMutation } from '../../graphql/mutation.ts';
import { createPageQuery } from '../../graphql/page-query.ts';
import { Icon } from '../../ui/icon.tsx';
import { Notice } from '../../ui/notice.tsx';
import { QueryState } from '../../ui/query-state.tsx';
import { adminTexts } from './texts.ts';
import { UserForm } from './user-form.tsx';

/** Adds a user, or changes one. */
export default function UserFormSection() {
  const { t } = adminTexts.use();
  const params = useParams<{ section: string }>();
  /** Of the user who is changed; undefined: a new one. */
  const userId = () => params.section.split('/').find((part) => part !== 'users' && part !== 'new');
  const navigate = useNavigate();
  const query = createPageQuery(UsersDocument, () => ({}));
  const creating = createMutation(CreateUserDocument);
  const updating = createMutation(UpdateUserDocument);
  const back = (isDone: unknown) => {
    if (isDone) navigate('/admin');
  };
  return (
    <QueryState query={query}>
      {(data) => {
        const user = () => data().users.find(({ id }) => id === userId());
        return (
          <>
            <A class="back-link small" href="/admin">
              <Icon name="back" />
              {t('admin.users')}
            </A>
            <Show when={!userId() || user()} fallback={<Notice kind="info" title={t('user.gone')} />}>
              <UserForm
                user={user()}
                heatpumps={data().heatpumps}
                isSaving={creating.isRunning() || updating.isRunning()}
                error={creating.error() ?? updating.error()}
                onCreate={async (input) => back(await creating.run({ input }))}
                onUpdate={async (input) => back(await updating.run({ input }))}
              />
            </Show>
          </>
        );
      }}
    </QueryState>
  );
}
