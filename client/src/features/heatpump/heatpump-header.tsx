import { A } from '@solidjs/router';
import { Show } from 'solid-js';
import { lengthOfTime } from '../../lib/age.ts';
import { useNow } from '../../lib/now.tsx';
import { ActivityValue } from '../../ui/activity-value.tsx';
import { Icon } from '../../ui/icon.tsx';
import { PageTitle } from '../../ui/page-title.tsx';
import { StateBadge } from '../../ui/state-badge.tsx';
import { ConnectionFacts } from './connection-facts.tsx';
import { useHeatpump } from './heatpump-view.tsx';
import { heatpumpTexts } from './texts.ts';
import { Trouble } from './trouble.tsx';

/** Who it is, what it does, how it can be reached and since when, and what went wrong. */
export function HeatpumpHeader() {
  const { detail, state, shownContext, quantity } = useHeatpump();
  const { t, format } = heatpumpTexts.use();
  const now = useNow();
  const isStale = () => shownContext().link === 'LOST';
  const since = () => {
    const { since: at } = state().status;
    return t('heatpump.since', format().time(at, now()), lengthOfTime(t, now() - Date.parse(at)));
  };
  return (
    <header class="heatpump-header">
      <A class="back-link small" href="/">
        <Icon name="back" />
        {t('app.overview')}
      </A>
      <div>
        <PageTitle text={state().name} />
        <p class="muted">
          {detail().manufacturer.name} {detail().model.name}
        </p>
      </div>
      <div class="heatpump-state" aria-live="polite">
        <ActivityValue shown={quantity('OPERATING_STATE').shown} />
        <StateBadge state={state().status.state} isStale={isStale()} />
        <span class="muted small" aria-live="off">
          {since()}
        </span>
        <Show when={state().readOnly}>
          <span class="tag">{t('heatpump.readOnly')}</span>
        </Show>
      </div>
      <Trouble id={state().id} status={state().status} />
      <ConnectionFacts heatpump={detail()} status={state().status} />
    </header>
  );
}
