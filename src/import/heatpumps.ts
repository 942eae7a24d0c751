import type { ConfigField } from '../domain/model.ts';
import { LEGACY_ID, MAX_HEATPUMPS } from '../heatpumps/manager.ts';
import { checkSettings } from '../heatpumps/settings-input.ts';
import { idOf, takenId } from './admission.ts';
import { isEmpty, type Loose, lineOf, listOf, numberOf, objectOf, parseJson, textOf } from './loose.ts';
import { refusal, refusalOf } from './report.ts';
import type { Takeover, Target, Targets } from './takeover.ts';

/** A heat pump as the file describes it. */
interface Candidate {
  /** Of its row; the configured one has ours. */
  readonly id: string;
  readonly name: string;
  readonly manufacturer: string;
  readonly model: string;
  readonly connection: Loose;
  readonly config: Loose;
  readonly enabled: boolean;
  /** Milliseconds UTC. */
  readonly createdAt: number;
  readonly original: unknown;
}

const ID = /^[A-Za-z0-9][A-Za-z0-9_.-]{0,63}$/;
const USUAL_NAME = 'IDM Wärmepumpe';

/** The heat pumps of the file: those that come over, and those here that are the same. */
export function takeHeatpumps(takeover: Takeover): Targets {
  const targets = new Map<string | null, Target>();
  for (const candidate of candidates(takeover)) {
    const target = takeHeatpump(candidate, takeover, [...new Set(targets.values())]);
    if (target) targets.set(candidate.id, target);
  }
  const all = [...targets.values()];
  const preferred = targets.get(LEGACY_ID) ?? all.find(({ settings }) => settings.enabled) ?? all[0];
  if (preferred) targets.set(null, preferred);
  return targets;
}

/** The configured heat pump first, then the others by age. */
function candidates(takeover: Takeover): Candidate[] {
  const { data, now } = takeover;
  const rows = data.heatpumps.map((row) => ofRow(row, now));
  const own = rows.find(({ id }) => id === LEGACY_ID);
  if (own) noteOutdated(takeover, own);
  const others = rows.filter(({ id }) => id !== LEGACY_ID).sort((a, b) => a.createdAt - b.createdAt);
  return [...configured(takeover, own, others.length > 0), ...others];
}

/**
 * The heat pump of the single-device application. Its own row, where there is one, counts before the settings; without
 * either address it is told of, unless the file has other heat pumps instead.
 */
function configured({ config, host, now }: Takeover, row: Candidate | undefined, hasOthers: boolean): Candidate[] {
  const { host: configuredHost, port, ...device } = objectOf(config.idm);
  const address = host ?? (textOf(row?.connection.host) || textOf(configuredHost));
  if (!row && address === '' && hasOthers) return [];
  const name = lineOf(config.heatpump_model, lineOf(config.hp_model, USUAL_NAME));
  const plain: Candidate = {
    id: LEGACY_ID,
    name,
    manufacturer: 'idm',
    model: 'navigator_2_0',
    connection: { port },
    config: device,
    enabled: true,
    createdAt: now,
    original: { idm: config.idm ?? null },
  };
  const found = row ?? plain;
  return [{ ...found, name: found.name || name, connection: { ...found.connection, host: address } }];
}

/** Tells where the settings say something else than the row, which counts. */
function noteOutdated({ config, report }: Takeover, { connection, config: device }: Candidate): void {
  const own: Loose = { ...connection, ...device };
  const differs = ([key, value]: [string, unknown]) =>
    !isEmpty(value) && key in own && JSON.stringify(value) !== JSON.stringify(own[key]);
  const outdated = Object.fromEntries(Object.entries(objectOf(config.idm)).filter(differs));
  if (isEmpty(outdated)) return;
  report.notTaken('SETTING', 'idm', 'the table of heat pumps says something else, and counts', { idm: outdated });
}

function ofRow(row: Loose, now: number): Candidate {
  const createdAt = (numberOf(row.created_at) ?? 0) * 1_000;
  return {
    id: idOf(row),
    name: lineOf(row.name, ''),
    manufacturer: textOf(row.manufacturer).toLowerCase(),
    model: textOf(row.model).toLowerCase(),
    connection: objectOf(parseJson(row.connection_config)),
    config: objectOf(parseJson(row.device_config)),
    enabled: row.enabled !== 0,
    createdAt: createdAt > 0 && createdAt <= now ? Math.round(createdAt) : now,
    original: row,
  };
}

function takeHeatpump(candidate: Candidate, takeover: Takeover, before: readonly Target[]): Target | null {
  const { report } = takeover;
  const label = lineOf(candidate.name, lineOf(candidate.id, USUAL_NAME));
  try {
    const { target, difference, lost } = makeTarget(candidate, takeover);
    const twin = before.find((other) => isSamePlace(other, target));
    if (twin) {
      const reason = `it is the same as ${twin.settings.name}, at ${placeOf(target)}`;
      report.notTaken('HEATPUMP', label, reason, candidate.original);
      return twin;
    }
    const here = presentTarget(target, takeover);
    if (here) return here;
    if (takeover.existing.heatpumps.length + before.length >= MAX_HEATPUMPS) throw refusal('there are too many');
    report.taken('HEATPUMP', target.settings.name, target.settings.id, difference, lost);
    return target;
  } catch (thrown) {
    report.notTaken('HEATPUMP', label, refusalOf(thrown), candidate.original);
    return null;
  }
}

/** The heat pump as it would be here. Throws an `AppError` saying why there can be none. */
function makeTarget(candidate: Candidate, { catalogue, config: settings, now }: Takeover) {
  const { id, manufacturer, model, connection, enabled, createdAt } = candidate;
  const driver = catalogue.find(manufacturer, model);
  if (!driver) throw refusal(`${manufacturer}/${model} is no model that is known here`);
  const host = textOf(connection.host);
  if (host === '') throw refusal(id === LEGACY_ID ? 'it has no host; give its address with --host' : 'it has no host');
  const { config, dropped } = fittingConfig(driver.configFields, candidate.config);
  const isReadOnly = objectOf(settings.web).write_enabled === false;
  const timeoutS = numberOf(connection.timeout);
  const checked = checkSettings(driver, {
    name: candidate.name || lineOf(`${USUAL_NAME} ${host}`, USUAL_NAME),
    connection: {
      host,
      port: numberOf(connection.port),
      unitId: numberOf(connection.unit_id),
      timeoutMs: timeoutS === null ? null : Math.min(Math.max(Math.round(timeoutS * 1_000), 100), 60_000),
    },
    config,
    enabled,
    readOnly: isReadOnly,
  });
  const ids = {
    id: ID.test(id) ? id : takenId('heatpump', id),
    manufacturer,
    model,
  };
  const target: Target = {
    settings: { ...ids, ...checked, createdAt, updatedAt: now },
    driver,
    sensors: driver.sensors(checked.config),
    isNew: true,
  };
  const differences = [
    ...(isReadOnly ? ['writing was switched off there, so it is read-only here'] : []),
    ...(ids.id === id ? [] : ['it has another id here']),
    ...(isEmpty(dropped) ? [] : ['not all of its settings are known here']),
  ];
  return { target, difference: differences.join('; ') || null, lost: isEmpty(dropped) ? null : dropped };
}

/** Of a legacy config what the model knows; numbers may be texts, and letters small. */
function fittingConfig(fields: readonly ConfigField[], given: Loose) {
  const config: Record<string, unknown> = {};
  const dropped: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(given)) {
    const field = fields.find((one) => one.key === key);
    const optionOf = (item: unknown) =>
      field?.options.find((option) => String(option.value).toLowerCase() === textOf(item).toLowerCase())?.value;
    const lost = listOf(value).filter((item) => optionOf(item) === undefined);
    if (!field || (field.type === 'CHOICES' && !Array.isArray(value))) dropped[key] = value;
    else if (field.type === 'CHOICE') config[key] = optionOf(value) ?? value;
    else config[key] = listOf(value).flatMap((item) => optionOf(item) ?? []);
    if (field && lost.length > 0) dropped[key] = lost;
  }
  return { config, dropped };
}

/** The heat pump here that is the same; null if there is none. Throws an `AppError` if another one is in its place. */
function presentTarget(target: Target, { existing, catalogue, report }: Takeover): Target | null {
  const { id, name } = target.settings;
  const here = existing.heatpumps.find((settings) => isSamePlace({ settings }, target));
  const other = existing.heatpumps.find((settings) => settings.id === id);
  if (!here && other) throw refusal(`${id} is here already, but is reached at ${placeOf({ settings: other })}`);
  if (!here) return null;
  const driver = catalogue.find(here.manufacturer, here.model);
  if (driver !== target.driver) throw refusal(`another model is set up at ${placeOf(target)}: ${here.name}`);
  report.present('HEATPUMP', name, here.id, here.id === id ? null : `it is set up as ${here.name}`);
  return { settings: here, driver, sensors: driver.sensors(here.config), isNew: false };
}

type Placed = Pick<Target, 'settings'>;

function isSamePlace(a: Placed, b: Placed): boolean {
  return placeOf(a) === placeOf(b);
}

function placeOf({ settings: { connection } }: Placed): string {
  return `${connection.host}:${connection.port} unit ${connection.unitId}`;
}
