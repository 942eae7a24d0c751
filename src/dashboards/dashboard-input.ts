import { z } from 'zod';
import { type Dashboard, GRID_COLUMNS, WIDGET_TYPES, type WidgetType } from '../domain/dashboard.ts';
import type { Localized } from '../domain/localized.ts';
import { QUANTITIES, type Quantity } from '../domain/quantity.ts';
import { check, line, list, number, oneOf, optional, whole } from '../input/check.ts';

/** A value to show, as a user names it. */
export interface WidgetQueryInput {
  readonly key?: string | null | undefined;
  readonly quantity?: Quantity | null | undefined;
  readonly circuit?: string | null | undefined;
  readonly heatpumpId?: string | null | undefined;
}

/** A widget as a user describes it. */
export interface WidgetInput {
  readonly type: WidgetType;
  readonly title: string;
  readonly queries: readonly WidgetQueryInput[];
  readonly hours?: number | null | undefined;
  readonly thresholds?: readonly number[] | null | undefined;
  readonly min?: number | null | undefined;
  readonly max?: number | null | undefined;
  readonly x: number;
  readonly y: number;
  readonly w: number;
  readonly h: number;
}

/** What a user may say of a dashboard; null and undefined both mean "left out". */
export interface DashboardInput {
  readonly name?: string | null | undefined;
  readonly widgets?: readonly WidgetInput[] | null | undefined;
}

/** What users choose of a dashboard. */
export type DashboardContent = Pick<Dashboard, 'name' | 'widgets'>;

/** The version of the file format that is written; others are refused. */
const FILE_VERSION = 1;
const FILE_FORMAT = 'thermograph-dashboard';

/** Widgets that one dashboard may have. */
export const MAX_WIDGETS = 50;
/** Values that one widget may show. */
export const MAX_QUERIES = 20;
const MAX_THRESHOLDS = 20;
const MAX_ROW = 1_000;
/** Ten years. */
const MAX_HOURS = 87_600;
/** These show one value only. */
const OF_ONE_VALUE: readonly WidgetType[] = ['GAUGE', 'HEAT_MAP'];

/** What a person writes stands for every language. */
const written = line(100).transform((text): Localized => ({ EN: text, DE: text }));
const localized = z.strictObject({ EN: line(100), DE: line(100) }, { error: 'must be an object with EN and DE' });

const query = z
  .strictObject({
    key: optional(line(100), null),
    quantity: optional(oneOf(Object.keys(QUANTITIES) as [Quantity, ...Quantity[]]), null),
    circuit: optional(line(20), null),
    heatpumpId: optional(line(100), null),
  })
  .refine(({ key, quantity }) => (key === null) !== (quantity === null), { error: 'needs either a key or a quantity' })
  .refine(({ quantity, circuit }) => quantity !== null || circuit === null, {
    path: ['circuit'],
    error: 'goes with a quantity only',
  });

const widget = <T extends z.ZodType<Localized>>(text: T) =>
  z
    .strictObject({
      type: oneOf(WIDGET_TYPES),
      title: text,
      queries: list(query, 1, MAX_QUERIES),
      hours: optional(whole(1, MAX_HOURS), 24),
      thresholds: optional(list(number(), 0, MAX_THRESHOLDS), []).transform((all) => [...all].sort((a, b) => a - b)),
      min: optional(number(), null),
      max: optional(number(), null),
      x: whole(0, GRID_COLUMNS - 1),
      y: whole(0, MAX_ROW),
      w: whole(1, GRID_COLUMNS),
      h: whole(1, MAX_ROW),
    })
    .refine(({ type, queries }) => queries.length === 1 || !OF_ONE_VALUE.includes(type), {
      path: ['queries'],
      error: `must have one only in a ${OF_ONE_VALUE.join(' or ')}`,
    })
    .refine(({ min, max }) => min === null || max === null || min < max, {
      path: ['max'],
      error: 'must be above min',
    })
    .refine(({ x, w }) => x + w <= GRID_COLUMNS, {
      path: ['w'],
      error: `must not reach beyond the ${GRID_COLUMNS} columns`,
    });

const content = <T extends z.ZodType<Localized>>(text: T) => ({
  name: text,
  widgets: list(widget(text), 0, MAX_WIDGETS),
});

const input = z.object(content(written));
const file = z.strictObject({
  format: z.literal(FILE_FORMAT, { error: `must be "${FILE_FORMAT}"` }),
  version: z.literal(FILE_VERSION, { error: `must be ${FILE_VERSION}, the only version that is known here` }),
  ...content(localized),
});

/**
 * The content that results from `input` over the `current` one. Texts that are those of the current one in any language
 * stay in all languages. Throws `BAD_USER_INPUT` with every offending field below `input`.
 */
export function checkContent({ name, widgets }: DashboardInput, current?: DashboardContent): DashboardContent {
  const old = current ? [current.name, ...current.widgets.map(({ title }) => title)] : [];
  const keep = (text: Localized) => old.find(({ EN, DE }) => text.EN === EN || text.EN === DE) ?? text;
  const checked = check(input, { name: name ?? current?.name.EN, widgets: widgets ?? [] });
  return {
    name: keep(checked.name),
    widgets: widgets || !current ? checked.widgets.map((one) => ({ ...one, title: keep(one.title) })) : current.widgets,
  };
}

/** The content of a file that {@link toFile} has written. Throws `BAD_USER_INPUT` with every offending field below `input.file`. */
export function checkFile(value: unknown): DashboardContent {
  const { name, widgets } = check(file, value, ['input', 'file']);
  return { name, widgets };
}

/** A dashboard as a file that can be imported elsewhere, for another heat pump too. */
export function toFile({ name, widgets }: Dashboard): object {
  return { format: FILE_FORMAT, version: FILE_VERSION, name, widgets };
}
