import { For, Show } from 'solid-js';
import type { TestConnectionMutation } from '../../graphql/generated/types.ts';
import { shown } from '../../graphql/shown.ts';
import { sensorKind } from '../../lib/sensor-value.ts';
import { Notice } from '../../ui/notice.tsx';
import { ShownValue } from '../../ui/shown-value.tsx';
import { setupTexts } from './texts.ts';

/** What a connection test found, and a few values to recognise the heat pump by. */
export function ConnectionTestResult(props: { result: TestConnectionMutation['testConnection']['result'] }) {
  const { t, format } = setupTexts.use();
  const context = { link: 'CONNECTED', state: 'ONLINE' } as const;
  // All is well between the server and the machine, which only does not know its values yet.
  const isSilent = () => props.result.ok && !props.result.readings.some(({ quality }) => quality === 'GOOD');
  const outcome = () => (isSilent() ? 'NO_VALUES_YET' : props.result.code);
  const kind = () => (isSilent() ? 'warning' : props.result.ok ? 'good' : 'bad');
  return (
    <Notice kind={kind()} title={t(`test.${outcome()}`)}>
      <Show when={props.result.ok && props.result.latencyMs !== null && props.result.latencyMs}>
        {(latencyMs) => <p class="small muted">{t('setup.testOk', format().number(latencyMs(), 0))}</p>}
      </Show>
      <Show when={props.result.readings.length > 0}>
        <dl class="test-readings">
          <For each={props.result.readings}>
            {(reading) => (
              <>
                <dt>{reading.sensor.name}</dt>
                <dd>
                  <ShownValue kind={sensorKind(reading.sensor)} shown={shown(reading, context)} />
                </dd>
              </>
            )}
          </For>
        </dl>
      </Show>
    </Notice>
  );
}
