/** Browsers by the word that only they have, in this order: later ones also stand in what earlier ones call themselves. */
const BROWSERS = [
  ['Edg', 'Edge'],
  ['Firefox', 'Firefox'],
  ['Chrome', 'Chrome'],
  ['Safari', 'Safari'],
] as const;
const SYSTEMS = [
  ['Android', 'Android'],
  ['iPhone', 'iOS'],
  ['iPad', 'iPadOS'],
  ['Mac OS X', 'macOS'],
  ['Windows', 'Windows'],
  ['Linux', 'Linux'],
] as const;

/** The browser and the system in what a browser calls itself; undefined where they are not known. */
export function browserName(userAgent: string): { readonly browser: string; readonly system: string } | undefined {
  const find = (names: readonly (readonly [string, string])[]) => names.find(([word]) => userAgent.includes(word))?.[1];
  const [browser, system] = [find(BROWSERS), find(SYSTEMS)];
  return browser && system ? { browser, system } : undefined;
}
