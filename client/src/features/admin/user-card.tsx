import { A } from '@solidjs/router';
import { Show } from 'solid-js';
import type { UserPartsFragment } from '../../graphql/generated/types.ts';
import { Entry } from '../../ui/entry.tsx';
import { Mark } from '../../ui/mark.tsx';
import { seenText } from './rights.ts';
import { adminTexts } from './texts.ts';

/** One user: who they are, what they may do, and what can be done with them. */
export function UserCard(props: {
  user: UserPartsFragment;
  heatpumps: readonly { readonly id: string; readonly name: string }[];
  onDisable: (disabled: boolean) => void;
  onDelete: () => void;
}) {
  const i18n = adminTexts.use();
  const { t, format } = i18n;
  const user = () => props.user;
  return (
    <Entry
      name={user().name}
      isOff={user().disabled}
      state={
        <Show when={user().disabled} fallback={<span class="muted small">{t(`role.${user().role}`)}</span>}>
          <Mark kind="neutral" icon="DISABLED" text={t('user.disabled')} />
        </Show>
      }
      actions={
        <>
          <button type="button" onClick={() => props.onDisable(!user().disabled)}>
            {t(user().disabled ? 'user.enable' : 'user.disable')}
          </button>
          <A class="button" href={`/admin/users/${user().id}`}>
            {t('user.edit')}
          </A>
          <button type="button" class="danger" onClick={() => props.onDelete()}>
            {t('user.delete')}
          </button>
        </>
      }
    >
      <dl class="entry-facts">
        <dt>{t('user.email')}</dt>
        <dd>{user().email}</dd>
        <dt>{t('user.sees')}</dt>
        <dd>{seenText(i18n, user(), props.heatpumps)}</dd>
        <dt>{t('user.since')}</dt>
        <dd>{format().time(user().createdAt, Date.now())}</dd>
      </dl>
    </Entry>
  );
}
