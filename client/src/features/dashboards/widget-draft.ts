import type { DashboardI18n } from './texts.ts';
import { OF_ONE_VALUE, SIZES, type WidgetParts } from './widget.ts';

/** A widget while it is edited: numbers are as they are typed. */
export interface WidgetDraft {
  readonly widget: WidgetParts;
  readonly title: string;
  readonly hours: string;
  readonly thresholds: string;
  readonly min: string;
  readonly max: string;
}

/** What is wrong with it, by field. */
export type WidgetIssues = Partial<Record<'title' | 'values' | 'hours' | 'thresholds' | 'min' | 'max', string>>;

const MAX_HOURS = 87_600;
const MAX_TITLE = 100;

/** A widget ready to be edited; of none, a new one. */
export function draftOf({ t, language }: DashboardI18n, widget: WidgetParts | undefined): WidgetDraft {
  const edited = widget ?? {
    ...{ type: 'LINE' as const, title: t('widget.new'), queries: [], hours: 24, thresholds: [], min: null, max: null },
    ...{ x: 0, y: 0, ...SIZES.LINE },
  };
  const point = language() === 'DE' ? ',' : '.';
  const text = (value: number | null) => (value === null ? '' : String(value).replace('.', point));
  return {
    widget: edited,
    title: edited.title,
    hours: String(edited.hours),
    thresholds: edited.thresholds.map(text).join('; '),
    min: text(edited.min),
    max: text(edited.max),
  };
}

/** The widget that was meant, or what is wrong. */
export function checkWidget({ t }: DashboardI18n, draft: WidgetDraft): { widget?: WidgetParts; issues: WidgetIssues } {
  const { widget } = draft;
  const title = draft.title.trim();
  const hours = Number(draft.hours);
  const thresholds = draft.thresholds
    .split(';')
    .filter((part) => part.trim() !== '')
    .map(numberOf);
  const [min, max] = [draft.min, draft.max].map((text) => (text.trim() === '' ? null : numberOf(text)));
  const found: WidgetIssues = {
    ...((title.length < 1 || title.length > MAX_TITLE) && { title: t('widget.titleLength') }),
    ...(widget.queries.length === 0 && { values: t('widget.needsValue') }),
    ...(OF_ONE_VALUE.includes(widget.type) && widget.queries.length > 1 && { values: t('widget.onlyOne') }),
    ...(!(Number.isInteger(hours) && hours >= 1 && hours <= MAX_HOURS) && { hours: t('widget.hoursRange') }),
    ...(thresholds.includes(undefined) && { thresholds: t('widget.noNumber') }),
    ...(min === undefined && { min: t('widget.noNumber') }),
    ...(max === undefined && { max: t('widget.noNumber') }),
  };
  if (Object.keys(found).length > 0 || min === undefined || max === undefined) return { issues: found };
  const numbers = thresholds.flatMap((value) => value ?? []).sort((a, b) => a - b);
  return { widget: { ...widget, title, hours, thresholds: numbers, min, max }, issues: {} };
}

/** A number with a point or a comma; undefined if it is none. */
function numberOf(text: string): number | undefined {
  const value = Number(text.trim().replace(',', '.').replace('\u2212', '-'));
  return text.trim() !== '' && Number.isFinite(value) ? value : undefined;
}
