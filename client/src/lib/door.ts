/** Where somebody shows who they are, and where the first one is made. */
export type Door = '/sign-in' | '/welcome';

/** True for the pages that stand alone, for those who have not shown who they are. */
export function isDoor(path: string): boolean {
  return path === '/sign-in' || path === '/welcome';
}

/** Leaves for a door, with the way back in the address; everything is loaded anew, so that nothing of before is left. */
export function goToDoor(door: Door): void {
  const { pathname, search } = location;
  if (pathname === door) return;
  location.replace(isDoor(pathname) ? door : `${door}?to=${encodeURIComponent(pathname + search)}`);
}
