import { A } from '@solidjs/router';
import { createMemo, For, Show } from 'solid-js';
import { ChannelsDocument } from '../../graphql/generated/channels.ts';
import { createPageQuery } from '../../graphql/page-query.ts';
import { Icon } from '../../ui/icon.tsx';
import { PageTitle } from '../../ui/page-title.tsx';
import { QueryState } from '../../ui/query-state.tsx';
import { ChannelCard } from './channel-card.tsx';
import { channelsTexts } from './texts.ts';
import '../../ui/entry.css';
import './channels.css';

/** All ways to tell people of alerts. */
export default function ChannelsPage() {
  const { t } = channelsTexts.use();
  const query = createPageQuery(ChannelsDocument, () => ({}));
  const byId = createMemo(() => new Map(query.data()?.channels.map((channel) => [channel.id, channel])));
  return (
    <div class="page">
      <div>
        <A class="back-link small" href="/alerts">
          <Icon name="back" />
          {t('app.alerts')}
        </A>
        <PageTitle text={t('channels.title')} />
        <p class="muted">{t('channels.help')}</p>
      </div>
      <QueryState query={query}>
        {() => (
          <Show when={byId().size > 0} fallback={<NoChannels />}>
            <div class="entries">
              <A class="button primary entries-add" href="/channels/new">
                {t('channels.add')}
              </A>
              <For each={[...byId().keys()]}>
                {(id) => (
                  <Show when={byId().get(id)}>
                    {(channel) => <ChannelCard channel={channel()} onChanged={query.refetch} />}
                  </Show>
                )}
              </For>
            </div>
          </Show>
        )}
      </QueryState>
    </div>
  );
}

function NoChannels() {
  const { t } = channelsTexts.use();
  return (
    <div class="card entries-empty">
      <div>
        <h2>{t('channels.none')}</h2>
        <p class="muted">{t('channels.noneHelp')}</p>
      </div>
      <A class="button primary" href="/channels/new">
        {t('channels.add')}
      </A>
    </div>
  );
}
