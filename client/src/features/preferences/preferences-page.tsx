import { For } from 'solid-js';
import { LANGUAGE_NAMES } from '../../lib/i18n/i18n.tsx';
import { LANGUAGES, THEMES, usePreferences } from '../../lib/preferences.tsx';
import { PageTitle } from '../../ui/page-title.tsx';
import './preferences.css';
import { preferencesTexts } from './texts.ts';

/** Language and appearance. */
export default function PreferencesPage() {
  const { t } = preferencesTexts.use();
  const preferences = usePreferences();
  return (
    <div class="page preferences">
      <PageTitle text={t('preferences.title')} />
      <Choice
        legend={t('preferences.language')}
        name="language"
        options={LANGUAGES.map((value) => ({ value, label: LANGUAGE_NAMES[value] }))}
        value={preferences.language()}
        onChange={preferences.setLanguage}
      />
      <Choice
        legend={t('preferences.theme')}
        name="theme"
        options={THEMES.map((value) => ({ value, label: t(`preferences.${value}`) }))}
        value={preferences.theme()}
        onChange={preferences.setTheme}
      />
      <p class="muted small">{t('preferences.kept')}</p>
    </div>
  );
}

function Choice<T extends string>(props: {
  legend: string;
  name: string;
  options: readonly { value: T; label: string }[];
  value: T;
  onChange: (value: T) => void;
}) {
  return (
    <fieldset class="card choice">
      <legend>{props.legend}</legend>
      <For each={props.options}>
        {(option) => (
          <label>
            <input
              type="radio"
              name={props.name}
              checked={props.value === option.value}
              onChange={() => props.onChange(option.value)}
            />
            {option.label}
          </label>
        )}
      </For>
    </fieldset>
  );
}
