import { For, Show } from 'solid-js';
import { ROLES } from '../../graphql/viewer.tsx';
import { CheckField } from '../../ui/check-field.tsx';
import { SelectField } from '../../ui/select-field.tsx';
import type { RightsDraft } from './rights.ts';
import { adminTexts } from './texts.ts';

/** Asks for a role, and for which heat pumps it holds. */
export function RightsFields(props: {
  rights: RightsDraft;
  heatpumps: readonly { readonly id: string; readonly name: string }[];
  issue: string | undefined;
  onChange: (rights: RightsDraft) => void;
}) {
  const { t } = adminTexts.use();
  const change = (changes: Partial<RightsDraft>) => props.onChange({ ...props.rights, ...changes });
  const choose = (id: string, isOn: boolean) =>
    change({
      heatpumpIds: props.heatpumps
        .map((heatpump) => heatpump.id)
        .filter((one) => (one === id ? isOn : props.rights.heatpumpIds.includes(one))),
    });
  return (
    <>
      <SelectField
        label={t('rights.role')}
        name="role"
        value={props.rights.role}
        choices={ROLES.map((value) => ({ value, label: t(`role.${value}`) }))}
        help={t(`roleHelp.${props.rights.role}`)}
        onChange={(role) => change({ role })}
      />
      <Show when={props.rights.role !== 'ADMIN'}>
        <fieldset class="field">
          <legend class="form-legend">{t('rights.heatpumps')}</legend>
          <label class="check">
            <input
              type="radio"
              name="limited"
              checked={!props.rights.isLimited}
              onChange={() => change({ isLimited: false })}
            />
            {t('rights.all')}
          </label>
          <label class="check">
            <input
              type="radio"
              name="limited"
              checked={props.rights.isLimited}
              onChange={() => change({ isLimited: true })}
            />
            {t('rights.some')}
          </label>
          <Show when={props.rights.isLimited}>
            <div class="rights-heatpumps">
              <For each={props.heatpumps}>
                {({ id, name }) => (
                  <CheckField
                    label={name}
                    checked={props.rights.heatpumpIds.includes(id)}
                    onChange={(isOn) => choose(id, isOn)}
                  />
                )}
              </For>
            </div>
          </Show>
          <p class="field-issue" aria-live="polite">
            {props.issue}
          </p>
        </fieldset>
      </Show>
    </>
  );
}
