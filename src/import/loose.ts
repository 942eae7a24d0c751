/** An object of which nothing is known yet. */
export type Loose = Readonly<Record<string, unknown>>;

/** The value if it is an object, else one without properties. */
export function objectOf(value: unknown): Loose {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Loose) : {};
}

/** The value if it is a list, else an empty one. */
export function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

/** The items of a list, or of a text that separates them by commas, without empty ones. */
export function textsOf(value: unknown): string[] {
  const items = typeof value === 'string' ? value.split(',') : listOf(value);
  return items.map(textOf).filter((text) => text !== '');
}

/** A text or number as a text without space around it; everything else is ''. */
export function textOf(value: unknown): string {
  return typeof value === 'string' || typeof value === 'number' ? String(value).trim() : '';
}

/** A number, or a text that is one (a comma may stand for the point); null if it is neither. */
export function numberOf(value: unknown): number | null {
  const text = textOf(value).replace(',', '.');
  const number = /^[+-]?(\d+\.?\d*|\.\d+)$/.test(text) ? Number(text) : value;
  return typeof number === 'number' && Number.isFinite(number) ? number : null;
}

/** What a JSON text says; undefined if it is none. */
export function parseJson(text: unknown): unknown {
  if (typeof text !== 'string') return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** True for what says nothing: null, false, '', and lists and objects of nothing else. */
export function isEmpty(value: unknown): boolean {
  if (typeof value === 'object' && value !== null) return Object.values(value).every(isEmpty);
  return value === undefined || value === null || value === false || value === '';
}

/** A text fit for one line of at most 100 characters: a name or title; `otherwise` if nothing is left of it. */
export function lineOf(value: unknown, otherwise: string): string {
  const line = textOf(value)
    .replaceAll(/\p{Cc}+/gu, ' ')
    .trim();
  return [...line].slice(0, 100).join('').trim() || otherwise;
}
