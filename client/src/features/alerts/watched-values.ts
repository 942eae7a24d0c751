import { type Accessor, createMemo } from 'solid-js';
import { AlertSensorsDocument } from '../../graphql/generated/alerts.ts';
import type { AlertRuleType, AlertSensorsQuery, AlertTargetsQuery } from '../../graphql/generated/types.ts';
import { createPageQuery } from '../../graphql/page-query.ts';
import { quantityKind, sensorKind } from '../../lib/sensor-value.ts';
import { type AlertDraft, watchedId } from './alert-draft.ts';
import { optionLabel, watchedName } from './rule-text.ts';
import type { AlertsI18n } from './texts.ts';

type Sensor = NonNullable<AlertSensorsQuery['heatpump']>['sensors'][number];

/** A state that a value can be in. */
interface StateOption {
  readonly name: string;
  readonly label: string;
}

/** A value that an alert can watch, as it is at present. */
export interface WatchedChoice {
  readonly id: string;
  readonly name: string;
  readonly isQuantity: boolean;
  readonly unit: string | null;
  readonly options: readonly StateOption[];
  readonly value: number | null;
  readonly text: string | null;
}

/** The states that an operating state can be. */
const OPERATING_STATES = ['HEATING', 'HOT_WATER', 'COOLING', 'DEFROST', 'POOL', 'IDLE', 'OFF', 'BLOCKED', 'FAULT'];

/** All that an alert for this heat pump can watch, or for every one: then the quantities that any of them has. */
export function createWatchedChoices(
  targets: Accessor<AlertTargetsQuery>,
  draft: Accessor<Pick<AlertDraft, 'heatpumpId' | 'type'>>,
  i18n: AlertsI18n,
): Accessor<readonly WatchedChoice[]> {
  const heatpumpId = createMemo(() => draft().heatpumpId);
  const type = createMemo(() => draft().type);
  const query = createPageQuery(AlertSensorsDocument, () => ({ id: heatpumpId(), language: i18n.language() }));
  return createMemo(() => {
    const heatpump = heatpumpId() === '' ? null : query.data()?.heatpump;
    const isAsked = heatpump?.id === heatpumpId();
    const all = [...quantityChoices(targets(), heatpumpId(), i18n), ...(isAsked ? sensorChoices(heatpump) : [])];
    return all.filter((choice) => fits(choice, type()));
  });
}

/** States that are expected or not have names; only numbers lie above or below a limit. */
function fits({ options, isQuantity, text, value }: WatchedChoice, type: AlertRuleType): boolean {
  if (type === 'UNEXPECTED_OPTION') return options.length > 0;
  if (type === 'THRESHOLD') return options.length === 0 && !(isQuantity && text !== null && value === null);
  return true;
}

function quantityChoices({ heatpumps }: AlertTargetsQuery, heatpumpId: string, i18n: AlertsI18n): WatchedChoice[] {
  const concerned = heatpumps.filter(({ id }) => heatpumpId === '' || id === heatpumpId);
  const choices = concerned.flatMap(({ quantities }) =>
    quantities.map((reading): WatchedChoice => {
      const watched = { key: null, quantity: reading.quantity };
      const states = reading.quantity === 'OPERATING_STATE' ? OPERATING_STATES : [];
      return {
        id: watchedId(null, reading.quantity, reading.circuit),
        name: watchedName(watched, reading.circuit, undefined, i18n),
        isQuantity: true,
        unit: quantityKind(reading.unit).unit,
        options: states.map((name) => ({ name, label: optionLabel(watched, name, undefined, i18n) })),
        value: reading.value,
        text: reading.text,
      };
    }),
  );
  const locale = i18n.language().toLowerCase();
  return [...new Map(choices.map((choice) => [choice.id, choice])).values()].sort((a, b) =>
    a.name.localeCompare(b.name, locale),
  );
}

/** Those that can be read, in the order of the manual. */
function sensorChoices(heatpump: NonNullable<AlertSensorsQuery['heatpump']>): WatchedChoice[] {
  const readings = new Map(heatpump.readings.map((reading) => [reading.key, reading]));
  return heatpump.sensors.filter(isReadable).map((sensor) => {
    const reading = readings.get(sensor.key);
    return {
      id: sensor.key,
      name: sensor.name,
      isQuantity: false,
      unit: sensorKind(sensor).unit,
      options: sensor.options,
      value: reading?.value ?? null,
      text: reading?.text ?? null,
    };
  });
}

function isReadable({ access, dataType }: Sensor): boolean {
  return access !== 'WRITE_ONLY' && dataType !== 'TEXT16';
}
