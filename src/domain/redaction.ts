/** What stands where a secret was. */
export const LEFT_OUT = '(left out)';

/** Names of fields whose values nobody may see. */
const SECRET =
  /passw|passphrase|secret|token|api_?key|hash|webhook|credential|authorization|cookie|set[-_]?up[-_]?code/i;
/** Passwords in addresses, and what is sent to show who one is. */
const IN_TEXTS = [
  [/\/\/[^/\s@]+@/g, `//${LEFT_OUT}@`],
  [/\b(Bearer|Basic) +[\w.~+/=-]+/gi, `$1 ${LEFT_OUT}`],
] as const;
/** What lies deeper is left out, too: nothing that is worth telling does. */
const MAX_DEPTH = 8;

/** The same value without what a name calls secret, and without passwords in addresses and headers. */
export function withoutSecrets(value: unknown, depth = 0): unknown {
  if (typeof value === 'string') return IN_TEXTS.reduce((text, [pattern, by]) => text.replaceAll(pattern, by), value);
  if (typeof value !== 'object' || value === null) return value;
  if (depth >= MAX_DEPTH) return LEFT_OUT;
  if (Array.isArray(value)) return value.map((item) => withoutSecrets(item, depth + 1));
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [
      key,
      SECRET.test(key) && inner ? LEFT_OUT : withoutSecrets(inner, depth + 1),
    ]),
  );
}
