import { Icon, type IconName } from './icon.tsx';
import './mark.css';

/** How something is meant. */
export type MarkKind = 'good' | 'warning' | 'bad' | 'neutral';

/** A state in short: a shape, a word and a colour. */
export function Mark(props: { kind: MarkKind; icon: IconName; text: string }) {
  return (
    <span class={`mark ${props.kind}`}>
      <Icon name={props.icon} />
      {props.text}
    </span>
  );
}
