import { A, useNavigate, useParams } from '@solidjs/router';
import { Show } from 'solid-js';
import { ChannelByIdDocument, CreateChannelDocument, UpdateChannelDocument } from '../../graphql/generated/channels.ts';
import type { ChannelPartsFragment } from '../../graphql/generated/types.ts';
import { createMutation } from '../../graphql/mutation.ts';
import { createPageQuery } from '../../graphql/page-query.ts';
import { Icon } from '../../ui/icon.tsx';
import { PageTitle } from '../../ui/page-title.tsx';
import { QueryState } from '../../ui/query-state.tsx';
import { draftOf, newDraft } from './channel-draft.ts';
import { ChannelForm } from './channel-form.tsx';
import { channelsTexts } from './texts.ts';

/** Adds a channel, or changes one. */
export default function ChannelFormPage() {
  const { t } = channelsTexts.use();
  const params = useParams<{ id?: string }>();
  return (
    <div class="page">
      <A class="back-link small" href="/channels">
        <Icon name="back" />
        {t('channels.title')}
      </A>
      <Show when={params.id} fallback={<NewChannel />} keyed>
        {(id) => <OldChannel id={id} />}
      </Show>
    </div>
  );
}

function NewChannel() {
  const { t, language } = channelsTexts.use();
  const navigate = useNavigate();
  const creating = createMutation(CreateChannelDocument);
  return (
    <>
      <PageTitle text={t('channels.addTitle')} />
      <ChannelForm
        initial={newDraft(language())}
        isNew
        hasSecret={false}
        isSaving={creating.isRunning()}
        error={creating.error()}
        onSubmit={(input) => void creating.run({ input }).then((created) => created && navigate('/channels'))}
      />
    </>
  );
}

function OldChannel(props: { id: string }) {
  const { t } = channelsTexts.use();
  const query = createPageQuery(ChannelByIdDocument, () => ({ id: props.id }));
  return (
    <QueryState query={query}>
      {(data) => (
        <Show when={data().channel} fallback={<PageTitle text={t('channels.gone')} />}>
          {(channel) => <ChangedChannel channel={channel()} />}
        </Show>
      )}
    </QueryState>
  );
}

function ChangedChannel(props: { channel: ChannelPartsFragment }) {
  const { t } = channelsTexts.use();
  const navigate = useNavigate();
  const saving = createMutation(UpdateChannelDocument);
  return (
    <>
      <PageTitle text={t('channels.editTitle', props.channel.name)} />
      <ChannelForm
        initial={draftOf(props.channel)}
        isNew={false}
        hasSecret={props.channel.hasSecret}
        isSaving={saving.isRunning()}
        error={saving.error()}
        onSubmit={({ type: _, ...changes }) =>
          void saving
            .run({ input: { id: props.channel.id, ...changes } })
            .then((saved) => saved && navigate('/channels'))
        }
      />
    </>
  );
}
