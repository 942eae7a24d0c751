import { Show } from 'solid-js';
import { HeatpumpConnectionDocument } from '../../graphql/generated/heatpump.ts';
import type { HeatpumpStateFragment } from '../../graphql/generated/types.ts';
import { createPageQuery } from '../../graphql/page-query.ts';
import { useViewer } from '../../graphql/viewer.tsx';
import { useNow } from '../../lib/now.tsx';
import { Age } from '../../ui/age.tsx';
import type { HeatpumpDetail } from './heatpump-detail.ts';
import { heatpumpTexts } from './texts.ts';

/** Where a heat pump is reached and what reading it costs; on demand. */
export function ConnectionFacts(props: { heatpump: HeatpumpDetail; status: HeatpumpStateFragment['status'] }) {
  const { t, textOr, format } = heatpumpTexts.use();
  const { may } = useViewer();
  const now = useNow();
  const number = (value: number) => format().number(value, 0);
  return (
    <details class="connection-facts small">
      <summary>{t('heatpump.connection')}</summary>
      <dl class="facts">
        <Show when={may('OPERATOR')}>
          <Address id={props.heatpump.id} />
        </Show>
        <Show when={props.heatpump.firmware}>
          {(firmware) => (
            <>
              <dt>{t('heatpump.firmware')}</dt>
              <dd>{firmware()}</dd>
            </>
          )}
        </Show>
        <dt>{t('heatpump.interval')}</dt>
        <dd>{number(props.heatpump.currentPollIntervalMs)} ms</dd>
        <Show when={props.status.pace}>
          {(pace) => (
            <>
              <dt>{t('heatpump.pace')}</dt>
              <dd>
                {t(`pace.${pace().reason}`)}
                <Show when={pace().requestsPerSecond}>
                  {(rate) => (
                    <> ({t('heatpump.paceLimit', format().number(rate(), 1), format().time(pace().since, now()))})</>
                  )}
                </Show>
              </dd>
            </>
          )}
        </Show>
        <Show when={props.status.lastReadAt}>
          {(at) => (
            <>
              <dt>{t('heatpump.lastRead')}</dt>
              <dd>
                <Age since={at()} />
              </dd>
            </>
          )}
        </Show>
        <Show when={props.status.lastError}>
          {(error) => (
            <>
              <dt>{t('heatpump.lastError')}</dt>
              <dd>
                {format().time(error().at, now())}: {textOr(`deviceError.${error().code}`, error().code)}
              </dd>
            </>
          )}
        </Show>
        <Show when={props.status.lastPoll}>
          {(poll) => (
            <>
              <dt>{t('heatpump.lastPoll')}</dt>
              <dd>{t('heatpump.poll', number(poll().durationMs), poll().requests, poll().registers)}</dd>
            </>
          )}
        </Show>
      </dl>
    </details>
  );
}

/** Not everyone who may look may know where. */
function Address(props: { id: string }) {
  const { t } = heatpumpTexts.use();
  const query = createPageQuery(HeatpumpConnectionDocument, () => ({ id: props.id }));
  return (
    <Show when={query.data()?.heatpump?.connection}>
      {(connection) => (
        <>
          <dt>{t('heatpump.address')}</dt>
          <dd>
            <code>
              {connection().host}:{connection().port}
            </code>
            , {t('heatpump.unit', connection().unitId)}
          </dd>
        </>
      )}
    </Show>
  );
}
