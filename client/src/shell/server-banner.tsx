import { Show } from 'solid-js';
import { useApi } from '../graphql/client.tsx';
import { lengthOfTime } from '../lib/age.ts';
import { useI18n } from '../lib/i18n/i18n.tsx';
import { useNow } from '../lib/now.tsx';
import { Notice } from '../ui/notice.tsx';

/** Says that the connection to the server is lost, and how old everything on the page therefore is. */
export function ServerBanner() {
  const { t, format } = useI18n();
  const now = useNow();
  const { link } = useApi();
  const help = () => {
    const at = link.lastHeardAt();
    if (at === undefined) return t('server.unheard');
    return t('server.lostHelp', lengthOfTime(t, now() - at), format().time(at, now()));
  };
  return (
    <div role="alert" class="server-banner">
      <Show when={link.state() === 'LOST'}>
        <Notice kind="bad" title={t('server.lost')}>
          <p aria-live="off">{help()}</p>
        </Notice>
      </Show>
    </div>
  );
}
