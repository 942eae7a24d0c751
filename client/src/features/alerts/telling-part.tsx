import { A } from '@solidjs/router';
import { For, Show } from 'solid-js';
import type { AlertTargetsQuery } from '../../graphql/generated/types.ts';
import { useNow } from '../../lib/now.tsx';
import { CheckField } from '../../ui/check-field.tsx';
import { Field } from '../../ui/field.tsx';
import { FormPart } from '../../ui/form.tsx';
import { TextField } from '../../ui/text-field.tsx';
import type { AlertFormState } from './alert-form-state.ts';
import { messagePreview, PLACEHOLDERS } from './message-preview.ts';
import { alertsTexts } from './texts.ts';

/** Who is told, how often, and what. */
export function TellingPart(props: { state: AlertFormState; targets: AlertTargetsQuery }) {
  const { t } = alertsTexts.use();
  const draft = () => props.state.draft();
  return (
    <FormPart legend={t('form.telling')}>
      <ChannelsField state={props.state} channels={props.targets.channels} />
      <TextField
        label={t('form.repeat')}
        name="repeat"
        isNumber
        unit={t('form.minutes')}
        help={t('form.repeatHelp')}
        value={draft().repeatMinutes}
        issue={props.state.issueAt('repeatEveryMs')}
        onInput={(repeatMinutes) => props.state.change({ repeatMinutes })}
      />
      <MessageField state={props.state} heatpumps={props.targets.heatpumps} />
      <CheckField
        label={t('form.enabled')}
        help={t('form.enabledHelp')}
        checked={draft().enabled}
        onChange={(enabled) => props.state.change({ enabled })}
      />
    </FormPart>
  );
}

function ChannelsField(props: { state: AlertFormState; channels: AlertTargetsQuery['channels'] }) {
  const { t } = alertsTexts.use();
  const chosen = () => props.state.draft().channelIds;
  const choose = (id: string, isOn: boolean) =>
    props.state.change({ channelIds: isOn ? [...chosen(), id] : chosen().filter((other) => other !== id) });
  return (
    <fieldset class="field">
      <legend class="form-legend">{t('alerts.channels')}</legend>
      <div class="form-choices">
        <For each={props.channels} fallback={<p class="muted small">{t('form.noChannels')}</p>}>
          {({ id, name }) => (
            <label class="check">
              <input
                type="checkbox"
                checked={chosen().includes(id)}
                onChange={(event) => choose(id, event.currentTarget.checked)}
              />
              {name}
            </label>
          )}
        </For>
      </div>
      <Show when={props.channels.length === 0}>
        <p>
          <A href="/channels/new">{t('form.addChannel')}</A>
        </p>
      </Show>
      <Show when={props.state.issueAt('channelIds')}>{(text) => <p class="field-issue">{text()}</p>}</Show>
    </fieldset>
  );
}

/** A message of one's own: placeholders are put in where one writes, and it is shown as it would be sent. */
function MessageField(props: { state: AlertFormState; heatpumps: AlertTargetsQuery['heatpumps'] }) {
  const i18n = alertsTexts.use();
  const { t } = i18n;
  const now = useNow();
  const draft = () => props.state.draft();
  const name = () => (props.heatpumps.find(({ id }) => id === draft().heatpumpId) ?? props.heatpumps[0])?.name ?? '–';
  let area: HTMLTextAreaElement | undefined;
  const insert = (placeholder: string) => {
    if (!area) return;
    area.setRangeText(`{${placeholder}}`, area.selectionStart, area.selectionEnd, 'end');
    props.state.change({ message: area.value });
    area.focus();
  };
  return (
    <>
      <Field label={t('form.message')} help={t('form.messageHelp')} issue={props.state.issueAt('message')}>
        {(control) => (
          <textarea
            {...control()}
            ref={area}
            name="message"
            maxLength={1_000}
            value={draft().message}
            onInput={(event) => props.state.change({ message: event.currentTarget.value })}
          />
        )}
      </Field>
      {/* biome-ignore lint/a11y/useSemanticElements: buttons are no fields */}
      <div role="group" class="alert-placeholders" aria-label={t('form.placeholders')}>
        <For each={PLACEHOLDERS}>
          {(placeholder) => (
            <button type="button" onClick={() => insert(placeholder)}>
              {`{${placeholder}}`}
            </button>
          )}
        </For>
      </div>
      <Show when={draft().message.trim()}>
        <div class="alert-preview">
          <p class="small muted">{t('form.preview')}</p>
          <p>{messagePreview(draft(), props.state.watched(), name(), now(), i18n)}</p>
        </div>
      </Show>
    </>
  );
}
