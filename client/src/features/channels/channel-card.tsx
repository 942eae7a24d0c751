import { A } from '@solidjs/router';
import { createSignal, For, Show } from 'solid-js';
import { errorCode, errorText } from '../../graphql/error-text.ts';
import { DeleteChannelDocument, TestChannelDocument, UpdateChannelDocument } from '../../graphql/generated/channels.ts';
import type { ChannelsQuery } from '../../graphql/generated/types.ts';
import { createMutation } from '../../graphql/mutation.ts';
import { LANGUAGE_NAMES } from '../../lib/i18n/i18n.tsx';
import { Entry } from '../../ui/entry.tsx';
import { Mark } from '../../ui/mark.tsx';
import { Notice } from '../../ui/notice.tsx';
import { DeliveryRow } from './delivery-row.tsx';
import { channelsTexts } from './texts.ts';

type ListedChannel = ChannelsQuery['channels'][number];

/** One channel: where it leads, how its last messages went, a test, and what can be done with it. */
export function ChannelCard(props: { channel: ListedChannel; onChanged: () => void }) {
  const i18n = channelsTexts.use();
  const { t, textOr } = i18n;
  const testing = createMutation(TestChannelDocument);
  const enabling = createMutation(UpdateChannelDocument);
  const [isDeleting, setIsDeleting] = createSignal(false);
  const channel = () => props.channel;
  const last = () => channel().deliveries[0];
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
      <dl class="entry-facts">
        <dt>{t('channels.last')}</dt>
        <dd>
          <Show when={last()} fallback={<span class="muted">{t('channels.never')}</span>}>
            {(delivery) => <DeliveryRow delivery={delivery()} />}
          </Show>
        </dd>
      </dl>
      <Show when={channel().deliveries.length > 1}>
        <details>
          <summary>{t('channels.deliveries')}</summary>
          <ol class="deliveries">
            <For each={channel().deliveries}>
              {(delivery) => (
                <li>
                  <DeliveryRow delivery={delivery} />
                </li>
              )}
            </For>
          </ol>
        </details>
      </Show>
      <div role="status">
        <Show when={!testing.isRunning() && testing.data()?.testChannel}>
          {(result) => (
            <Notice
              kind={result().ok ? 'good' : 'bad'}
              title={t(result().ok ? 'channels.testOk' : 'channels.testFailed')}
            >
              <Show when={result().delivery.error}>
                {(failure) => <p>{textOr(`deliveryError.${failure().code}`, failure().message)}</p>}
              </Show>
            </Notice>
          )}
        </Show>
        <Show when={error()}>{(current) => <Notice kind="bad" title={errorText(i18n, current())} />}</Show>
      </div>
      <Show when={isDeleting()}>
        <DeleteDialog channel={channel()} onClose={() => setIsDeleting(false)} onDeleted={props.onChanged} />
      </Show>
    </Entry>
  );
}

/** Asks first, for the secret cannot be brought back. */
function DeleteDialog(props: { channel: ListedChannel; onClose: () => void; onDeleted: () => void }) {
  const i18n = channelsTexts.use();
  const { t } = i18n;
  const deleting = createMutation(DeleteChannelDocument);
  const remove = async () => {
    if (!(await deleting.run({ input: { id: props.channel.id } }))) return;
    props.onClose();
    props.onDeleted();
  };
  return (
    <dialog
      ref={(dialog) => queueMicrotask(() => dialog.showModal())}
      class="dialog"
      aria-labelledby="delete-title"
      onClose={() => props.onClose()}
    >
      <h2 id="delete-title">{t('channels.deleteTitle', props.channel.name)}</h2>
      <p class="muted">{t('channels.deleteHelp')}</p>
      <div role="alert">
        <Show when={deleting.error()}>
          {(error) => (
            <Notice
              kind="bad"
              title={errorCode(error()) === 'CONFLICT' ? t('channels.inUse') : errorText(i18n, error())}
            />
          )}
        </Show>
      </div>
      <div class="dialog-actions">
        <button type="button" onClick={() => props.onClose()}>
          {t('app.cancel')}
        </button>
        <button type="button" class="danger" disabled={deleting.isRunning()} onClick={() => void remove()}>
          {t('channels.deleteConfirm')}
        </button>
      </div>
    </dialog>
  );
}

/** Where it leads, in short; empty where that is the secret. */
function placeOf({ type, settings }: ListedChannel): string {
  if (type === 'EMAIL') return settings.to.join(', ');
  return [settings.topic ?? settings.chatId, settings.url].filter((part) => part !== null).join(', ');
}
