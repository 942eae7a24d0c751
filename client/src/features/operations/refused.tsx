import type { CombinedError } from '@urql/core';
import { errorText } from '../../graphql/error-text.ts';
import { Notice } from '../../ui/notice.tsx';
import { operationsTexts } from './texts.ts';

/** Why something was refused: in the language of the reader, and as the server says it. */
export function Refused(props: { error: CombinedError }) {
  const i18n = operationsTexts.use();
  return (
    <Notice kind="bad" title={errorText(i18n, props.error)}>
      <p lang="en">{props.error.graphQLErrors[0]?.message}</p>
    </Notice>
  );
}
