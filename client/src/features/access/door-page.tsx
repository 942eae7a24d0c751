import type { ParentProps } from 'solid-js';
import { PageTitle } from '../../ui/page-title.tsx';
import './access.css';

/** A page that stands alone, before anything can be seen. */
export function DoorPage(props: ParentProps<{ title: string }>) {
  return (
    <div class="door">
      <p class="door-brand">Thermograph</p>
      <PageTitle text={props.title} />
      {props.children}
    </div>
  );
}
