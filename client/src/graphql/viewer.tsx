import { type Accessor, createContext, createEffect, type ParentProps, useContext } from 'solid-js';
import { goToDoor } from '../lib/door.ts';
import { useApi } from './client.tsx';
import type { Role, ViewerQuery } from './generated/types.ts';
import { ViewerDocument } from './generated/viewer.ts';
import { createPageQuery } from './page-query.ts';

/** Who looks at the pages, and what they may do here. */
export interface ViewerAccess {
  /** Undefined: not known yet. */
  readonly viewer: Accessor<ViewerQuery['viewer'] | undefined>;
  /** Whether they may do what this role may; false while that is not known. */
  may(role: Role): boolean;
}

/** Each may do all that those before it may. */
export const ROLES: readonly Role[] = ['VIEWER', 'OPERATOR', 'ADMIN'];

const ViewerContext = createContext<ViewerAccess>();

/**
 * Asks who looks, and again whenever the server has ended the connection or did not know who asked; whoever it does not know is
 * led to sign in.
 */
export function ViewerProvider(props: ParentProps) {
  const { signedOut } = useApi();
  const query = createPageQuery(ViewerDocument, () => {
    signedOut();
    return {};
  });
  const viewer = () => query.data()?.viewer;
  createEffect(() => {
    const known = viewer();
    if (known?.role === null) goToDoor(known.setupNeeded ? '/welcome' : '/sign-in');
  });
  const may = (role: Role) => ROLES.indexOf(viewer()?.role as Role) >= ROLES.indexOf(role);
  return <ViewerContext.Provider value={{ viewer, may }}>{props.children}</ViewerContext.Provider>;
}

/** Who looks. Throws outside a {@link ViewerProvider}. */
export function useViewer(): ViewerAccess {
  const access = useContext(ViewerContext);
  if (!access) throw new Error('no ViewerProvider above this component');
  return access;
}
