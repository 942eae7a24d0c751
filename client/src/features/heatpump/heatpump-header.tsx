import { A } from '@solidjs/router';
import { Show } from 'solid-js';
import type { HeatpumpStateFragment } from '../../graphql/generated/types.ts';
import { lengthOfTime } from '../../lib/age.ts';
import { useNow } from '../../lib/now.tsx';
import { Icon } from '../../ui/icon.tsx';
import { PageTitle } from '../../ui/page-title.tsx';
import { StateBadge } from '../../ui/state-badge.tsx';
import { ConnectionFacts } from './connection-facts.tsx';
import { HeatpumpActions } from './heatpump-actions.tsx';
import type { HeatpumpDetail } from './heatpump-detail.ts';
import { heatpumpTexts } from './texts.ts';
import { Trouble } from './trouble.tsx';

/** Who it is, how it can be reached and since when, what went wrong, and what can be done with it. */
export function HeatpumpHeader(props: {
  heatpump: HeatpumpDetail;
  state: HeatpumpStateFragment;
  /** Without a connection to the server, the state is no longer known. */
  isStale: boolean;
}) {
  const { t, format } = heatpumpTexts.use();
  const now = useNow();
  const since = () => {
    const { since: at } = props.state.status;
    return t('heatpump.since', format().time(at, now()), lengthOfTime(t, now() - Date.parse(at)));
  };
  return (
    <header class="heatpump-header">
      <A class="back-link small" href="/">
        <Icon name="back" />
        {t('app.overview')}
      </A>
      <div class="heatpump-title">
        <div>
          <PageTitle text={props.state.name} />
          <p class="muted">
            {props.heatpump.manufacturer.name} {props.heatpump.model.name}
          </p>
        </div>
        <HeatpumpActions heatpump={props.state} />
      </div>
      <p class="heatpump-state" aria-live="polite">
        <StateBadge state={props.state.status.state} isStale={props.isStale} />
        <span class="muted small" aria-live="off">
          {since()}
        </span>
        <Show when={props.state.readOnly}>
          <span class="tag">{t('heatpump.readOnly')}</span>
        </Show>
      </p>
      <Trouble status={props.state.status} />
      <ConnectionFacts heatpump={props.heatpump} status={props.state.status} />
    </header>
  );
}
