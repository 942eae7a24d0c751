import { type JSX, Match, Switch } from 'solid-js';
import { errorText } from '../graphql/error-text.ts';
import type { PageQuery } from '../graphql/page-query.ts';
import { useI18n } from '../lib/i18n/i18n.tsx';
import { Loading } from './loading.tsx';
import { Notice } from './notice.tsx';

/** What has been answered; until then that it is loading, or why it failed. */
export function QueryState<Data>(props: { query: PageQuery<Data>; children: (data: () => Data) => JSX.Element }) {
  const i18n = useI18n();
  return (
    <Switch>
      <Match when={props.query.data()}>{(data) => props.children(data)}</Match>
      <Match when={props.query.isLoading()}>
        <Loading />
      </Match>
      <Match when={props.query.error()}>
        {(error) => (
          <Notice kind="bad" title={errorText(i18n, error())}>
            <button type="button" onClick={() => props.query.refetch()}>
              {i18n.t('app.retry')}
            </button>
          </Notice>
        )}
      </Match>
    </Switch>
  );
}
