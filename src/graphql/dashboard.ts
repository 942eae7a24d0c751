import { heatpumpOf, isOffered } from '../dashboards/widget-queries.ts';
import type { Dashboard, Widget, WidgetQuery } from '../domain/dashboard.ts';
import { builder } from './builder.ts';
import { HeatpumpType } from './heatpump.ts';
import { LANGUAGE_ARGS, localize } from './language.ts';
import { WidgetTypeType } from './model.ts';
import { QuantityType } from './sensor.ts';

/** A query, and whose dashboard it is on. */
interface OwnedQuery extends WidgetQuery {
  readonly ownId: string | null;
}

/** A widget, and whose dashboard it is on. */
interface OwnedWidget extends Widget {
  readonly ownId: string | null;
}

const WidgetQueryType = builder.objectRef<OwnedQuery>('WidgetQuery').implement({
  description: 'One value that a widget shows: of a sensor or of a quantity.',
  fields: (t) => ({
    key: t.exposeString('key', { nullable: true, description: 'The key of the sensor; null: a quantity is meant.' }),
    quantity: t.expose('quantity', { type: QuantityType, nullable: true, description: 'The quantity.' }),
    circuit: t.exposeString('circuit', {
      nullable: true,
      description: 'The circuit that the quantity is of; null: of the heat pump as a whole.',
    }),
    heatpumpId: t.exposeID('heatpumpId', {
      nullable: true,
      description: 'The heat pump as it was given; null: that of the dashboard, else the default one.',
    }),
    heatpump: t.field({
      type: HeatpumpType,
      nullable: true,
      description: 'The heat pump that is meant; null if it was removed.',
      resolve: (query, _, { heatpumps }) => heatpumpOf(query, query.ownId, heatpumps),
    }),
    isMissing: t.boolean({
      description: 'Whether there is nothing to show: the heat pump was removed, or does not have this value.',
      resolve: (query, _, { heatpumps }) => {
        const heatpump = heatpumpOf(query, query.ownId, heatpumps);
        return !heatpump || !isOffered(query, heatpump.sensors);
      },
    }),
  }),
});

const WidgetObject = builder.objectRef<OwnedWidget>('Widget').implement({
  description: 'One chart, table or number of a dashboard, on a grid of 12 columns.',
  fields: (t) => ({
    type: t.expose('type', { type: WidgetTypeType, description: 'How it is shown.' }),
    title: t.string({
      description: 'Its title; the same in every language once a person has changed it.',
      args: LANGUAGE_ARGS,
      resolve: ({ title }, args) => localize(title, args),
    }),
    queries: t.field({
      type: [WidgetQueryType],
      description: 'The values shown.',
      resolve: ({ queries, ownId }) => queries.map((query) => ({ ...query, ownId })),
    }),
    hours: t.exposeInt('hours', { description: 'Time range up to now, in hours.' }),
    thresholds: t.exposeFloatList('thresholds', {
      description: 'Values at which the colour changes, ascending, in the unit of what is shown.',
    }),
    min: t.exposeFloat('min', { nullable: true, description: 'Lower end of the scale; null: as the values demand.' }),
    max: t.exposeFloat('max', { nullable: true, description: 'Upper end of the scale; null: as the values demand.' }),
    x: t.exposeInt('x', { description: 'First column, from 0 at the left.' }),
    y: t.exposeInt('y', { description: 'First row, from 0 at the top.' }),
    w: t.exposeInt('w', { description: 'Width in columns.' }),
    h: t.exposeInt('h', { description: 'Height in rows.' }),
  }),
});

export const DashboardType = builder.objectRef<Dashboard>('Dashboard').implement({
  description: 'A page of widgets, about one heat pump or about several.',
  fields: (t) => ({
    id: t.exposeID('id', { description: 'Identifier.' }),
    name: t.string({
      description: 'What it is called; the same in every language once a person has changed it.',
      args: LANGUAGE_ARGS,
      resolve: ({ name }, args) => localize(name, args),
    }),
    heatpump: t.field({
      type: HeatpumpType,
      nullable: true,
      description: 'The heat pump it belongs to and is removed with; null: it is about several.',
      resolve: ({ heatpumpId }, _, { heatpumps }) => (heatpumpId === null ? null : heatpumps.find(heatpumpId)),
    }),
    widgets: t.field({
      type: [WidgetObject],
      description: 'What it shows.',
      resolve: ({ widgets, heatpumpId }) => widgets.map((widget) => ({ ...widget, ownId: heatpumpId })),
    }),
    createdAt: t.expose('createdAt', { type: 'DateTime', description: 'When it was created.' }),
    updatedAt: t.expose('updatedAt', { type: 'DateTime', description: 'When it was last changed.' }),
  }),
});

builder.objectField(HeatpumpType, 'dashboards', (t) =>
  t.field({
    type: [DashboardType],
    description: 'Its own dashboards, in order.',
    resolve: ({ settings }, _, { dashboards }) => dashboards.listOf(settings.id),
  }),
);

builder.queryField('dashboards', (t) =>
  t.field({
    access: 'VIEWER',
    type: [DashboardType],
    description: 'Dashboards in order: first those about several heat pumps, then those of each.',
    args: { heatpumpId: t.arg.id({ description: 'Only those of this heat pump.' }) },
    resolve: (_, { heatpumpId }, { dashboards }) => dashboards.list(heatpumpId),
  }),
);

builder.queryField('dashboard', (t) =>
  t.field({
    access: 'VIEWER',
    type: DashboardType,
    nullable: true,
    description: 'One dashboard; null if there is none with this id.',
    args: { id: t.arg.id({ required: true, description: 'Its id.' }) },
    resolve: (_, { id }, { dashboards }) => dashboards.find(id),
  }),
);

builder.queryField('exportDashboard', (t) =>
  t.field({
    access: 'VIEWER',
    type: 'JSON',
    description: 'A dashboard as a file, for "importDashboard" here or elsewhere.',
    args: { id: t.arg.id({ required: true, description: 'Its id.' }) },
    resolve: (_, { id }, { dashboards }) => dashboards.export(id),
  }),
);
