import type { FieldIssue } from '../../graphql/error-text.ts';
import type { AddHeatpumpInput, SetupHeatpumpQuery, SetupModelsQuery } from '../../graphql/generated/types.ts';

/** The manufacturers and their models, with what a set-up asks. */
export type SetupManufacturer = SetupModelsQuery['manufacturers'][number];
/** One model. */
export type SetupModel = SetupManufacturer['models'][number];
/** One question about a model. */
export type ConfigField = SetupModel['configFields'][number];
/** A heat pump that is being changed. */
export type SetupHeatpump = NonNullable<SetupHeatpumpQuery['heatpump']>;

/** A set-up as it stands in the form: numbers as they were typed. */
export interface SetupDraft {
  readonly name: string;
  readonly manufacturer: string;
  readonly model: string;
  readonly host: string;
  readonly port: string;
  readonly unitId: string;
  readonly timeoutMs: string;
  readonly pollIntervalMs: string;
  readonly readOnly: boolean;
  readonly config: Readonly<Record<string, unknown>>;
}

/** What is sent for a draft, or the fields that hold no number. */
export type DraftInput =
  | { readonly ok: true; readonly value: AddHeatpumpInput }
  | { readonly ok: false; readonly issues: readonly FieldIssue[] };

/** An empty set-up of a model. */
export function newDraft(manufacturer: SetupManufacturer | undefined, model: SetupModel | undefined): SetupDraft {
  return {
    name: '',
    manufacturer: manufacturer?.id ?? '',
    model: model?.id ?? '',
    host: '',
    port: '',
    unitId: '',
    timeoutMs: '',
    pollIntervalMs: '',
    readOnly: false,
    config: defaultConfig(model),
  };
}

/** The set-up of a heat pump that exists. */
export function draftOf(heatpump: SetupHeatpump): SetupDraft {
  const { name, manufacturer, model, connection, pollIntervalMs, readOnly, config } = heatpump;
  return {
    name,
    manufacturer: manufacturer.id,
    model: model.id,
    host: connection.host,
    port: String(connection.port),
    unitId: String(connection.unitId),
    timeoutMs: String(connection.timeoutMs),
    pollIntervalMs: String(pollIntervalMs),
    readOnly,
    config: config as SetupDraft['config'],
  };
}

/** The answers that are assumed for a model. */
export function defaultConfig(model: SetupModel | undefined): SetupDraft['config'] {
  return Object.fromEntries((model?.configFields ?? []).map((field) => [field.key, field.default]));
}

/**
 * What is sent for a draft. An empty number is left out, so that the default applies; the poll interval is left out if
 * it is as it was before, for what is in force may be the default of the server.
 */
export function inputOf(draft: SetupDraft, pollIntervalBefore?: string): DraftInput {
  const port = wholeNumber(draft.port);
  const unitId = wholeNumber(draft.unitId);
  const timeoutMs = wholeNumber(draft.timeoutMs);
  const pollIntervalMs = wholeNumber(draft.pollIntervalMs);
  const parsed = {
    'connection.port': port,
    'connection.unitId': unitId,
    'connection.timeoutMs': timeoutMs,
    pollIntervalMs,
  };
  const issues = Object.entries(parsed).flatMap(([path, value]) =>
    Number.isNaN(value) ? [{ path, message: 'must be a whole number' }] : [],
  );
  if (issues.length > 0) return { ok: false, issues };
  const isSameInterval = draft.pollIntervalMs === pollIntervalBefore;
  return {
    ok: true,
    value: {
      name: draft.name,
      manufacturer: draft.manufacturer,
      model: draft.model,
      connection: { host: draft.host, port, unitId, timeoutMs },
      config: draft.config,
      readOnly: draft.readOnly,
      ...(isSameInterval ? {} : { pollIntervalMs: pollIntervalMs ?? null }),
    },
  };
}

/** The number that was typed; undefined: none; NaN: something else, or more than GraphQL's integers hold. */
function wholeNumber(text: string): number | undefined {
  const trimmed = text.trim();
  if (trimmed === '') return undefined;
  return /^\d{1,9}$/.test(trimmed) ? Number(trimmed) : Number.NaN;
}
