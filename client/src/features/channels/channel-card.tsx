import { A } from '@solidjs/router';
import { createSignal, For, Show } from 'solid-js';
import { errorText } from '../../graphql/error-text.ts';
import { TestChannelDocument, UpdateChannelDocument } from '../../graphql/generated/channels.ts';
import type { ChannelsQuery, TestChannelMutation } from '../../graphql/generated/types.ts';
import { createMutation } from '../../graphql/mutation.ts';
import { LANGUAGE_NAMES } from '../../lib/i18n/i18n.tsx';
import { Entry } from '../../ui/entry.tsx';
import { Mark } from '../../ui/mark.tsx';
import { Notice } from '../../ui/notice.tsx';
import { DeleteChannel } from './delete-channel.tsx';
import { DeliveryRow } from './delivery-row.tsx';
import { channelsTexts } from './texts.ts';

type ListedChannel = ChannelsQuery['channels'][number];

/** One channel: where it leads, how its last messages went, a test, and what can be done with it. */
export function ChannelCard(props: { channel: ListedChannel; onChanged: () => void }) {
  const i18n = channelsTexts.use();
  const { t } = i18n;
  const testing = createMutation(TestChannelDocument);
  const enabling = createMutation(UpdateChannelDocument);
  const [isDeleting, setIsDeleting] = createSignal(false);
  const channel = () => props.channel;
  const error = () => testing.error() ?? enabling.error();
  const run = async (action: Promise<unknown>) => {
    await action;
    props.onChanged();
  };
  const toggle = () => enabling.run({ input: { id: channel().id, enabled: !channel().enabled } });
  return (
    <Entry
      name={channel().name}
      isOff={!channel().enabled}
      state={
        <Show when={!channel().enabled}>
          <Mark kind="neutral" icon="DISABLED" text={t('channels.off')} />
        </Show>
      }
      actions={
        <>
          <button
            type="button"
            disabled={testing.isRunning()}
            onClick={() => void run(testing.run({ input: { id: channel().id } }))}
          >
            {t(testing.isRunning() ? 'channels.testing' : 'channels.test')}
          </button>
          <button type="button" onClick={() => void run(toggle())}>
            {t(channel().enabled ? 'channels.disable' : 'channels.enable')}
          </button>
          <A class="button" href={`/channels/${channel().id}`}>
            {t('channels.edit')}
          </A>
          <button type="button" class="danger" onClick={() => setIsDeleting(true)}>
            {t('channels.delete')}
          </button>
        </>
      }
    >
      <p class="channel-place">
        {t(`type.${channel().type}`)}
        <Show when={placeOf(channel())}>{(place) => <> · {place()}</>}</Show>
        <span class="muted"> · {LANGUAGE_NAMES[channel().language]}</span>
      </p>
      <Deliveries deliveries={channel().deliveries} />
      <div role="status">
        <Show when={!testing.isRunning() && testing.data()?.testChannel}>
          {(result) => <TestResult result={result()} />}
        </Show>
        <Show when={error()}>{(current) => <Notice kind="bad" title={errorText(i18n, current())} />}</Show>
      </div>
      <Show when={isDeleting()}>
        <DeleteChannel channel={channel()} onClose={() => setIsDeleting(false)} onDeleted={props.onChanged} />
      </Show>
    </Entry>
  );
}

/** The last messages: the newest in sight, the others on demand. */
function Deliveries(props: { deliveries: ListedChannel['deliveries'] }) {
  const { t } = channelsTexts.use();
  return (
    <>
      <dl class="entry-facts">
        <dt>{t('channels.last')}</dt>
        <dd>
          <Show when={props.deliveries[0]} fallback={<span class="muted">{t('channels.never')}</span>}>
            {(delivery) => <DeliveryRow delivery={delivery()} />}
          </Show>
        </dd>
      </dl>
      <Show when={props.deliveries.length > 1}>
        <details>
          <summary>{t('channels.deliveries')}</summary>
          <ol class="deliveries">
            <For each={props.deliveries}>
              {(delivery) => (
                <li>
                  <DeliveryRow delivery={delivery} />
                </li>
              )}
            </For>
          </ol>
        </details>
      </Show>
    </>
  );
}

/** How the last test went. */
function TestResult(props: { result: TestChannelMutation['testChannel'] }) {
  const { t, textOr } = channelsTexts.use();
  return (
    <Notice
      kind={props.result.ok ? 'good' : 'bad'}
      title={t(props.result.ok ? 'channels.testOk' : 'channels.testFailed')}
    >
      <Show when={props.result.delivery.error}>
        {(failure) => <p>{textOr(`deliveryError.${failure().code}`, failure().message)}</p>}
      </Show>
    </Notice>
  );
}

/** Where it leads, in short; empty where that is the secret. */
function placeOf({ type, settings }: ListedChannel): string {
  if (type === 'EMAIL') return settings.to.join(', ');
  return [settings.topic ?? settings.chatId, settings.url].filter((part) => part !== null).join(', ');
}
