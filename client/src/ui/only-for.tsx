import { type Component, type ParentProps, Show } from 'solid-js';
import type { Role } from '../graphql/generated/types.ts';
import { useViewer } from '../graphql/viewer.tsx';
import { useI18n } from '../lib/i18n/i18n.tsx';
import { Notice } from './notice.tsx';

/** A page for those who may do what a role may; anyone else is told so. */
export function onlyFor(role: Role, Page: Component<ParentProps>): Component<ParentProps> {
  return (props) => {
    const { viewer, may } = useViewer();
    const { t } = useI18n();
    return (
      <Show when={viewer()?.role}>
        <Show when={may(role)} fallback={<Notice kind="info" title={t('error.FORBIDDEN')} />}>
          <Page>{props.children}</Page>
        </Show>
      </Show>
    );
  };
}
