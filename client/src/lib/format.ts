import type { Language } from '../graphql/generated/types.ts';

/** Numbers and times as the language writes them. Times are ISO 8601 texts or milliseconds UTC, shown in local time. */
export interface Format {
  /** A number with `decimals` digits after the point; with `maxDecimals` also more, where it has them. */
  number(value: number, decimals: number, maxDecimals?: number): string;
  /** To the second; with the date unless it is today. */
  time(at: string | number, now: number): string;
}

/** The locale that a language is written in. */
export const LOCALES: Record<Language, string> = { EN: 'en-GB', DE: 'de-DE' };
/** What stands before the decimals. */
const POINTS: Record<Language, string> = { EN: '.', DE: ',' };
const TIME: Intl.DateTimeFormatOptions = { hour: '2-digit', minute: '2-digit', second: '2-digit' };
const DATE_TIME: Intl.DateTimeFormatOptions = { ...TIME, day: 'numeric', month: 'short', year: 'numeric' };

/** The formats of a language; formatters are costly to make and therefore kept. */
export function createFormat(language: Language): Format {
  const locale = LOCALES[language];
  const numbers = new Map<string, Intl.NumberFormat>();
  // Made when first needed: each takes several milliseconds, which the first page does not have to spare.
  let time: Intl.DateTimeFormat | undefined;
  let dateTime: Intl.DateTimeFormat | undefined;
  const timeToday = () => (time ??= new Intl.DateTimeFormat(locale, TIME));
  const timeAndDate = () => (dateTime ??= new Intl.DateTimeFormat(locale, DATE_TIME));
  return {
    // A hyphen before a number looks like a dash: the true minus sign does not.
    number: (value, decimals, maxDecimals = decimals) => {
      const plain = decimals === maxDecimals && plainNumber(value, decimals, POINTS[language]);
      if (plain) return plain;
      const key = `${decimals} ${maxDecimals}`;
      const format = numbers.get(key) ?? numberFormat(locale, decimals, maxDecimals);
      numbers.set(key, format);
      return format.format(value).replace('-', '\u2212');
    },
    time: (at, now) => {
      const date = new Date(at);
      const isToday = date.toDateString() === new Date(now).toDateString();
      return (isToday ? timeToday() : timeAndDate()).format(date);
    },
  };
}

/**
 * A usual number as its formatter would write it, which is what takes longest in showing a value. Undefined: one of a
 * thousand or more, which is grouped, or in the middle between two roundings, where each digit of it decides.
 */
function plainNumber(value: number, decimals: number, point: string): string | undefined {
  const size = Math.abs(value) * 10 ** decimals;
  const whole = Math.round(size);
  if (!(whole < 1_000 * 10 ** decimals && Math.abs(size - whole) < 0.499)) return undefined;
  const digits = String(whole).padStart(decimals + 1, '0');
  const text = decimals === 0 ? digits : `${digits.slice(0, -decimals)}${point}${digits.slice(-decimals)}`;
  return value < 0 && whole > 0 ? `\u2212${text}` : text;
}

function numberFormat(locale: string, minimumFractionDigits: number, maximumFractionDigits: number) {
  return new Intl.NumberFormat(locale, { minimumFractionDigits, maximumFractionDigits, signDisplay: 'negative' });
}
