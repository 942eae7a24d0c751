import { Show } from 'solid-js';
import { useNow } from '../../lib/now.tsx';
import type { DetailSensor } from './detail-sensor.ts';
import { sensorsTexts } from './texts.ts';

/** Where a value lies on the wire, how it is coded there, and who says so. */
export function SensorFacts(props: {
  sensor: DetailSensor;
  /** When its value was last seen so; undefined: there is none. */
  since: string | undefined;
}) {
  const { t, format } = sensorsTexts.use();
  const now = useNow();
  const register = () => props.sensor.register;
  const exact = (value: number) => format().number(value, 0, 6);
  const isScaled = () => register().scale !== 1 || register().offset !== 0;
  return (
    <dl class="facts small">
      <dt>{t('sensor.key')}</dt>
      <dd>
        <code>{props.sensor.key}</code>
      </dd>
      <dt>{t('sensor.register')}</dt>
      <dd>
        <code>{register().address}</code>, {t(`sensor.table.${register().table}`)},{' '}
        {t('sensor.words', register().words)}
      </dd>
      <dt>{t('sensor.coding')}</dt>
      <dd>
        <code>{props.sensor.dataType}</code>
        <Show when={register().words > 1}>, {t(`sensor.wordOrder.${register().wordOrder}`)}</Show>
        <Show when={isScaled()}>, {t('sensor.scale', exact(register().scale), exact(register().offset))}</Show>
        <Show when={register().notAvailable.length > 0}>
          ; {t('sensor.notAvailable')} <code>{register().notAvailable.join(', ')}</code>
        </Show>
      </dd>
      <dt>{t('sensor.source')}</dt>
      <dd>
        <span lang="en">{props.sensor.source}</span> ({t(`sensor.confidence.${props.sensor.confidence}`)})
      </dd>
      <Show when={props.since}>
        {(at) => (
          <>
            <dt>{t('sensor.observedAt')}</dt>
            <dd>{format().time(at(), now())}</dd>
          </>
        )}
      </Show>
    </dl>
  );
}
