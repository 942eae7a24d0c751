import { For, Match, Show, Switch } from 'solid-js';
import type { AlertRuleType } from '../../graphql/generated/types.ts';
import { Field } from '../../ui/field.tsx';
import { FormPart } from '../../ui/form.tsx';
import { SelectField } from '../../ui/select-field.tsx';
import { TextField } from '../../ui/text-field.tsx';
import { RULE_TYPES, watchesValue } from './alert-draft.ts';
import type { AlertFormState } from './alert-form-state.ts';
import { differenceUnit } from './quantity-unit.ts';
import { alertsTexts } from './texts.ts';

/** What an alert is called, which heat pump it watches, and when it fires. */
export function RulePart(props: {
  state: AlertFormState;
  heatpumps: readonly { readonly id: string; readonly name: string }[];
  isNew: boolean;
}) {
  const { t } = alertsTexts.use();
  const draft = () => props.state.draft();
  return (
    <FormPart legend={t('form.about')}>
      <TextField
        label={t('form.name')}
        name="name"
        value={draft().name}
        issue={props.state.issueAt('name')}
        onInput={(name) => props.state.change({ name })}
      />
      <SelectField
        label={t('form.heatpump')}
        name="heatpump"
        value={draft().heatpumpId}
        choices={[
          { value: '', label: t('form.every') },
          ...props.heatpumps.map(({ id, name }) => ({ value: id, label: name })),
        ]}
        issue={props.state.issueAt('heatpumpId')}
        disabled={!props.isNew}
        onChange={(heatpumpId) => props.state.change({ heatpumpId, watched: '', options: [] })}
      />
      <SelectField<AlertRuleType>
        label={t('form.type')}
        name="type"
        value={draft().type}
        choices={RULE_TYPES.map((value) => ({ value, label: t(`form.types.${value}`) }))}
        issue={props.state.issueAt('rule.type')}
        onChange={(type) => props.state.change({ type, watched: '', options: [] })}
      />
      <Show when={watchesValue(draft().type)}>
        <WatchedField state={props.state} />
      </Show>
      <Switch>
        <Match when={draft().type === 'THRESHOLD'}>
          <ThresholdFields state={props.state} />
        </Match>
        <Match when={draft().type === 'UNEXPECTED_OPTION' && props.state.watched()}>
          <ExpectedField state={props.state} />
        </Match>
      </Switch>
      <TextField
        label={t('form.duration')}
        name="duration"
        isNumber
        unit={t('form.minutes')}
        help={t('form.durationHelp')}
        value={draft().durationMinutes}
        issue={props.state.issueAt('rule.durationMs')}
        onInput={(durationMinutes) => props.state.change({ durationMinutes })}
      />
    </FormPart>
  );
}

/** Quantities first, for they are the same whoever made the heat pump; then all sensors. */
function WatchedField(props: { state: AlertFormState }) {
  const { t } = alertsTexts.use();
  const groups = () => [
    { label: t('form.quantities'), choices: props.state.choices().filter(({ isQuantity }) => isQuantity) },
    { label: t('form.sensors'), choices: props.state.choices().filter(({ isQuantity }) => !isQuantity) },
  ];
  const issue = () =>
    ['rule.key', 'rule.quantity', 'rule.circuit'].map((path) => props.state.issueAt(path)).find(Boolean);
  return (
    <Field label={t('form.watched')} issue={issue()}>
      {(control) => (
        <select
          {...control()}
          name="watched"
          onChange={(event) => props.state.change({ watched: event.currentTarget.value, options: [] })}
        >
          <option value="" disabled selected={props.state.draft().watched === ''}>
            {t('form.choose')}
          </option>
          <For each={groups().filter(({ choices }) => choices.length > 0)}>
            {(group) => (
              <optgroup label={group.label}>
                <For each={group.choices}>
                  {({ id, name }) => (
                    <option value={id} selected={id === props.state.draft().watched}>
                      {name}
                    </option>
                  )}
                </For>
              </optgroup>
            )}
          </For>
        </select>
      )}
    </Field>
  );
}

function ThresholdFields(props: { state: AlertFormState }) {
  const { t } = alertsTexts.use();
  const draft = () => props.state.draft();
  return (
    <div class="form-columns alert-threshold">
      <SelectField
        label={t('form.comparison')}
        name="comparison"
        value={draft().comparison}
        choices={(['ABOVE', 'BELOW'] as const).map((value) => ({ value, label: t(`form.${value}`) }))}
        issue={props.state.issueAt('rule.comparison')}
        onChange={(comparison) => props.state.change({ comparison })}
      />
      <TextField
        label={t('form.threshold')}
        name="threshold"
        isNumber
        unit={props.state.watched()?.unit}
        value={draft().threshold}
        issue={props.state.issueAt('rule.threshold')}
        onInput={(threshold) => props.state.change({ threshold })}
      />
      <TextField
        label={t('form.hysteresis')}
        name="hysteresis"
        isNumber
        placeholder="0"
        unit={differenceUnit(props.state.watched()?.unit ?? null)}
        help={t('form.hysteresisHelp')}
        value={draft().hysteresis}
        issue={props.state.issueAt('rule.hysteresis')}
        onInput={(hysteresis) => props.state.change({ hysteresis })}
      />
    </div>
  );
}

function ExpectedField(props: { state: AlertFormState }) {
  const { t } = alertsTexts.use();
  const options = () => props.state.watched()?.options ?? [];
  const chosen = () => props.state.draft().options;
  const choose = (option: string, isOn: boolean) =>
    props.state.change({
      options: options()
        .map(({ name }) => name)
        .filter((name) => (name === option ? isOn : chosen().includes(name))),
    });
  return (
    <fieldset class="field">
      <legend class="form-legend">{t('form.expected')}</legend>
      <div class="form-choices">
        <For each={options()}>
          {({ name, label }) => (
            <label class="check">
              <input
                type="checkbox"
                checked={chosen().includes(name)}
                onChange={(event) => choose(name, event.currentTarget.checked)}
              />
              {label}
            </label>
          )}
        </For>
      </div>
      <Show when={props.state.issueAt('rule.options')}>{(text) => <p class="field-issue">{text()}</p>}</Show>
      <p class="muted small">{t('form.expectedHelp')}</p>
    </fieldset>
  );
}
