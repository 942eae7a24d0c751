import type { WidgetType } from '../domain/dashboard.ts';
import type {
  Capabilities,
  ConfigField,
  ConfigFieldType,
  DashboardTemplate,
  HeatpumpModel,
  Manufacturer,
  WidgetTemplate,
} from '../domain/model.ts';
import { builder, enumType } from './builder.ts';
import { LANGUAGE_ARGS, localize } from './language.ts';
import { QuantityType, SensorType } from './sensor.ts';

/** The argument of everything about a model that depends on its config. */
const CONFIG_ARGS = builder.args((t) => ({
  config: t.field({ type: 'JSON', description: 'The own settings of the model; left out: its defaults.' }),
}));

const ConfigFieldTypeType = enumType<ConfigFieldType>('ConfigFieldType', 'How a config field is answered.', {
  CHOICE: 'With one of its options.',
  CHOICES: 'With a list of its options.',
});

const ConfigOption = builder.objectRef<ConfigField['options'][number]>('ConfigOption').implement({
  description: 'One possible answer to a config field.',
  fields: (t) => ({
    value: t.expose('value', { type: 'JSON', description: 'The value in the config.' }),
    label: t.string({
      description: 'The answer in words.',
      args: LANGUAGE_ARGS,
      resolve: ({ label }, args) => localize(label, args),
    }),
  }),
});

const ConfigFieldObject = builder.objectRef<ConfigField>('ConfigField').implement({
  description: 'One question a set-up asks about a heat pump of this model.',
  fields: (t) => ({
    key: t.exposeString('key', { description: 'Property of the config object.' }),
    type: t.expose('type', { type: ConfigFieldTypeType, description: 'How it is answered.' }),
    options: t.expose('options', { type: [ConfigOption], description: 'The possible answers.' }),
    allowsAuto: t.exposeBoolean('allowsAuto', {
      description: 'Whether the text "auto" is an answer too: as the device itself says.',
    }),
    default: t.expose('default', { type: 'JSON', description: 'What is assumed when it is left out.' }),
    label: t.string({
      description: 'The question in words.',
      args: LANGUAGE_ARGS,
      resolve: ({ label }, args) => localize(label, args),
    }),
    help: t.string({
      description: 'What to know for answering.',
      args: LANGUAGE_ARGS,
      resolve: ({ help }, args) => localize(help, args),
    }),
  }),
});

export const CapabilitiesType = builder.objectRef<Capabilities>('Capabilities').implement({
  description: 'What a heat pump can do and tell.',
  fields: (t) => ({
    heating: t.exposeBoolean('heating', { description: 'Heats the building.' }),
    cooling: t.exposeBoolean('cooling', { description: 'Can cool, if so installed.' }),
    hotWater: t.exposeBoolean('hotWater', { description: 'Heats the hot water.' }),
    solar: t.exposeBoolean('solar', { description: 'Can control a solar thermal system, if so installed.' }),
    pool: t.exposeBoolean('pool', { description: 'Can heat a pool, if so installed.' }),
    circuits: t.exposeStringList('circuits', { description: 'The heating circuits, as the manufacturer names them.' }),
    zones: t.exposeIntList('zones', { description: 'The zone modules, as the config counts them.' }),
    quantities: t.expose('quantities', { type: [QuantityType], description: 'The quantities its sensors provide.' }),
  }),
});

export const WidgetTypeType = enumType<WidgetType>('WidgetType', 'How a widget shows its values.', {
  LINE: 'Lines over time.',
  BAR: 'Bars over time.',
  STAT: 'The present values.',
  GAUGE: 'The present value on a scale.',
  TABLE: 'A table of values.',
  STATE_TIMELINE: 'When something was in which state.',
  HEAT_MAP: 'Hours of the day against days, in colours.',
});

const WidgetTemplateType = builder.objectRef<WidgetTemplate>('WidgetTemplate').implement({
  description: 'One chart or number of a dashboard template.',
  fields: (t) => ({
    type: t.expose('type', { type: WidgetTypeType, description: 'How it is shown.' }),
    title: t.string({
      description: 'Its title.',
      args: LANGUAGE_ARGS,
      resolve: ({ title }, args) => localize(title, args),
    }),
    keys: t.exposeStringList('keys', { description: 'The keys of the sensors shown.' }),
    hours: t.exposeInt('hours', { description: 'Time range in hours.' }),
    min: t.exposeFloat('min', { nullable: true, description: 'Lower end of a gauge, in the unit of its sensor.' }),
    max: t.exposeFloat('max', { nullable: true, description: 'Upper end of a gauge, in the unit of its sensor.' }),
    thresholds: t.exposeFloatList('thresholds', { description: 'Values at which a gauge changes its colour.' }),
  }),
});

const DashboardTemplateType = builder.objectRef<DashboardTemplate>('DashboardTemplate').implement({
  description: 'The dashboard a new heat pump starts with.',
  fields: (t) => ({
    name: t.string({
      description: 'Its name.',
      args: LANGUAGE_ARGS,
      resolve: ({ name }, args) => localize(name, args),
    }),
    widgets: t.expose('widgets', { type: [WidgetTemplateType], description: 'Its charts and numbers.' }),
  }),
});

export const ManufacturerType = builder.objectRef<Manufacturer>('Manufacturer');
export const HeatpumpModelType = builder.objectRef<HeatpumpModel>('HeatpumpModel');

ManufacturerType.implement({
  description: 'Who makes heat pumps.',
  fields: (t) => ({
    id: t.exposeID('id', { description: 'Identifier, e.g. "idm"; the prefix of its metrics.' }),
    name: t.exposeString('name', { description: 'Its name.' }),
    models: t.field({
      type: [HeatpumpModelType],
      description: 'The models that can be read.',
      resolve: ({ id }, _, { heatpumps }) => heatpumps.catalogue.models(id),
    }),
  }),
});

HeatpumpModelType.implement({
  description: 'A kind of heat pump the server can talk to.',
  fields: (t) => ({
    id: t.exposeID('id', { description: 'Identifier within its manufacturer, e.g. "navigator_2_0".' }),
    name: t.exposeString('name', { description: 'Its name.' }),
    manufacturer: t.expose('manufacturer', { type: ManufacturerType, description: 'Who makes it.' }),
    protocol: t.exposeString('protocol', { description: 'How it is spoken to, e.g. "MODBUS_TCP".' }),
    defaultPort: t.exposeInt('defaultPort', { description: 'The usual TCP port.' }),
    defaultUnitId: t.exposeInt('defaultUnitId', { description: 'The usual Modbus unit id.' }),
    defaultTimeoutMs: t.exposeInt('defaultTimeoutMs', {
      description: 'How long connecting and each request may take, unless told otherwise, in ms.',
    }),
    configFields: t.expose('configFields', { type: [ConfigFieldObject], description: 'What a set-up asks.' }),
    capabilities: t.field({
      type: CapabilitiesType,
      description: 'What it can do and tell with this config.',
      args: CONFIG_ARGS,
      resolve: (model, { config }, { heatpumps }) => model.capabilities(heatpumps.catalogue.checkConfig(model, config)),
    }),
    sensors: t.field({
      type: [SensorType],
      description: 'Its sensors with this config.',
      args: CONFIG_ARGS,
      resolve: (model, { config }, { heatpumps }) => model.sensors(heatpumps.catalogue.checkConfig(model, config)),
    }),
    setupInstructions: t.stringList({
      description: 'Step by step, how the owner makes it reachable.',
      args: LANGUAGE_ARGS,
      resolve: ({ setupInstructions }, args) => localize(setupInstructions, args),
    }),
    defaultDashboard: t.field({
      type: DashboardTemplateType,
      description: 'The dashboard it starts with, with this config.',
      args: CONFIG_ARGS,
      resolve: (model, { config }, { heatpumps }) =>
        model.defaultDashboard(heatpumps.catalogue.checkConfig(model, config)),
    }),
  }),
});

builder.queryField('manufacturers', (t) =>
  t.field({
    access: 'VIEWER',
    type: [ManufacturerType],
    description: 'Every manufacturer whose heat pumps can be read.',
    resolve: (_, __, { heatpumps }) => heatpumps.catalogue.manufacturers(),
  }),
);

builder.queryField('model', (t) =>
  t.field({
    access: 'VIEWER',
    type: HeatpumpModelType,
    nullable: true,
    description: 'One model; null if there is none with these ids.',
    args: {
      manufacturer: t.arg.id({ required: true, description: 'Id of the manufacturer.' }),
      model: t.arg.id({ required: true, description: 'Id of the model.' }),
    },
    resolve: (_, { manufacturer, model }, { heatpumps }) => heatpumps.catalogue.find(manufacturer, model),
  }),
);
