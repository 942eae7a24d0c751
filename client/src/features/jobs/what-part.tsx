import { createMemo, For, Show } from 'solid-js';
import type { SensorCategory } from '../../graphql/generated/types.ts';
import { CheckField } from '../../ui/check-field.tsx';
import { Field } from '../../ui/field.tsx';
import { FormPart } from '../../ui/form.tsx';
import { SelectField } from '../../ui/select-field.tsx';
import { TextField } from '../../ui/text-field.tsx';
import { sensorsTexts } from '../sensors/texts.ts';
import { WriteField } from '../sensors/write-field.tsx';
import { rangeText } from '../sensors/write-value.ts';
import type { JobFormState } from './job-form-state.ts';
import { jobsTexts } from './texts.ts';

const CATEGORIES: readonly SensorCategory[] = [
  'SETPOINT',
  'CONTROL',
  'STATUS',
  'BINARY',
  'TEMPERATURE',
  'HUMIDITY',
  'POWER',
  'ENERGY',
  'PRICE',
];

/** What a job is called, and what it writes where. */
export function WhatPart(props: {
  state: JobFormState;
  targets: readonly { id: string; name: string }[];
  isNew: boolean;
}) {
  const { t } = jobsTexts.use();
  const draft = () => props.state.draft();
  const heatpumps = () => [
    ...(draft().heatpumpId === '' ? [{ value: '', label: t('form.choose') }] : []),
    ...props.targets.map(({ id, name }) => ({ value: id, label: name })),
  ];
  return (
    <FormPart legend={t('form.what')}>
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
        choices={heatpumps()}
        issue={props.state.issueAt('heatpumpId')}
        disabled={!props.isNew}
        onChange={(heatpumpId) => props.state.change({ heatpumpId, key: '', value: '' })}
      />
      <TargetField state={props.state} />
      <Show when={props.state.sensor()} keyed>
        {(sensor) => <ValueField state={props.state} sensor={sensor} />}
      </Show>
      <Show when={props.state.sensor()?.writeHazard}>
        {(hazard) => <p class="small job-hazard">{t(`form.${hazard()}`)}</p>}
      </Show>
      <CheckField
        label={t('form.enabled')}
        help={t('form.enabledHelp')}
        checked={draft().enabled}
        onChange={(enabled) => props.state.change({ enabled })}
      />
    </FormPart>
  );
}

/** Everything of the heat pump that can be written, by category. */
function TargetField(props: { state: JobFormState }) {
  const { t } = jobsTexts.use();
  const sensors = () => props.state.target()?.sensors ?? [];
  const groups = createMemo(() =>
    CATEGORIES.map((category) => ({ category, sensors: sensors().filter((sensor) => sensor.category === category) })),
  );
  return (
    <Field label={t('form.sensor')} issue={props.state.issueAt('key')}>
      {(control) => (
        <select
          {...control()}
          name="key"
          onChange={(event) => props.state.change({ key: event.currentTarget.value, value: '' })}
        >
          <option value="" disabled selected={props.state.draft().key === ''}>
            {t('form.choose')}
          </option>
          <For each={groups().filter((group) => group.sensors.length > 0)}>
            {(group) => (
              <optgroup label={t(`category.${group.category}`)}>
                <For each={group.sensors}>
                  {({ key, name }) => (
                    <option value={key} selected={key === props.state.draft().key}>
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

function ValueField(props: { state: JobFormState; sensor: NonNullable<ReturnType<JobFormState['sensor']>> }) {
  const { t } = jobsTexts.use();
  const sensorsI18n = sensorsTexts.use();
  const range = () => (props.sensor.options.length > 0 ? '' : rangeText(props.sensor, sensorsI18n));
  return (
    <Field label={t('form.value')} help={range() || undefined} issue={props.state.issueAt('value')}>
      {(control) => (
        <span class="text-field">
          <WriteField
            id={control().id}
            describedBy={control()['aria-describedby']}
            sensor={props.sensor}
            draft={props.state.draft().value}
            isInvalid={control()['aria-invalid']}
            onInput={(value) => props.state.change({ value })}
          />
        </span>
      )}
    </Field>
  );
}
