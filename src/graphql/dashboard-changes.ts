import type { Dashboard } from '../domain/dashboard.ts';
import { builder } from './builder.ts';
import { DashboardType } from './dashboard.ts';
import { WidgetTypeType } from './model.ts';
import { QuantityType } from './sensor.ts';

const WidgetQueryInput = builder.inputType('WidgetQueryInput', {
  description: 'One value to show: either of a sensor or of a quantity.',
  fields: (t) => ({
    key: t.string({ description: 'The key of a sensor that can be read.' }),
    quantity: t.field({ type: QuantityType, description: 'A quantity.' }),
    circuit: t.string({ description: 'The circuit that the quantity is of; left out: of the heat pump as a whole.' }),
    heatpumpId: t.id({ description: 'The heat pump; left out: that of the dashboard, else the default one.' }),
  }),
});

const WidgetInput = builder.inputType('WidgetInput', {
  description: 'One chart, table or number, on a grid of 12 columns.',
  fields: (t) => ({
    type: t.field({ type: WidgetTypeType, required: true, description: 'How it is shown.' }),
    title: t.string({
      required: true,
      description: 'Its title, 1 to 100 characters. A title that was there before keeps its translation.',
    }),
    queries: t.field({
      type: [WidgetQueryInput],
      required: true,
      description: 'The values shown, 1 to 20; one only in a GAUGE or HEAT_MAP.',
    }),
    hours: t.int({ description: 'Time range up to now, 1 to 87600 hours; left out: 24.' }),
    thresholds: t.floatList({ description: 'Values at which the colour changes, 20 at most; left out: none.' }),
    min: t.float({ description: 'Lower end of the scale; left out: as the values demand.' }),
    max: t.float({ description: 'Upper end of the scale; left out: as the values demand.' }),
    x: t.int({ required: true, description: 'First column, from 0 at the left.' }),
    y: t.int({ required: true, description: 'First row, from 0 at the top.' }),
    w: t.int({ required: true, description: 'Width in columns, 1 to 12.' }),
    h: t.int({ required: true, description: 'Height in rows.' }),
  }),
});

const CreateDashboardInput = builder.inputType('CreateDashboardInput', {
  description: 'A new dashboard.',
  fields: (t) => ({
    heatpumpId: t.id({
      description: 'The heat pump it belongs to and is removed with; left out: it is about several.',
    }),
    name: t.string({ required: true, description: 'What to call it, 1 to 100 characters.' }),
    widgets: t.field({ type: [WidgetInput], description: 'What it shows, 50 widgets at most; left out: nothing yet.' }),
  }),
});

const UpdateDashboardInput = builder.inputType('UpdateDashboardInput', {
  description: 'Changes to a dashboard; what is left out stays as it is.',
  fields: (t) => ({
    id: t.id({ required: true, description: 'Which one.' }),
    name: t.string({ description: 'What to call it, 1 to 100 characters.' }),
    widgets: t.field({ type: [WidgetInput], description: 'What it shows, as a whole, 50 widgets at most.' }),
  }),
});

const DeleteDashboardInput = builder.inputType('DeleteDashboardInput', {
  description: 'A dashboard to delete.',
  fields: (t) => ({ id: t.id({ required: true, description: 'Which one.' }) }),
});

const ReorderDashboardsInput = builder.inputType('ReorderDashboardsInput', {
  description: 'A new order of dashboards.',
  fields: (t) => ({
    heatpumpId: t.id({ description: 'Whose dashboards; left out: those about several heat pumps.' }),
    ids: t.idList({ required: true, description: 'The ids of all of them, in the new order.' }),
  }),
});

const ImportDashboardInput = builder.inputType('ImportDashboardInput', {
  description: 'A dashboard from a file.',
  fields: (t) => ({
    file: t.field({ type: 'JSON', required: true, description: 'What "exportDashboard" has given.' }),
    heatpumpId: t.id({ description: 'The heat pump it is to belong to; left out: it is about several.' }),
  }),
});

/** A payload type that holds one dashboard. */
function dashboardPayload(name: string, description: string) {
  return builder.objectRef<{ dashboard: Dashboard }>(name).implement({
    description,
    fields: (t) => ({ dashboard: t.expose('dashboard', { type: DashboardType, description: 'As it is now.' }) }),
  });
}

const CreateDashboardPayload = dashboardPayload('CreateDashboardPayload', 'The dashboard that was created.');
const UpdateDashboardPayload = dashboardPayload('UpdateDashboardPayload', 'The dashboard that was changed.');
const ImportDashboardPayload = dashboardPayload('ImportDashboardPayload', 'The dashboard that was imported.');

const DeleteDashboardPayload = builder.objectRef<{ deletedId: string }>('DeleteDashboardPayload').implement({
  description: 'The dashboard that was deleted.',
  fields: (t) => ({ deletedId: t.exposeID('deletedId', { description: 'Its id.' }) }),
});

const ReorderDashboardsPayload = builder.objectRef<{ dashboards: Dashboard[] }>('ReorderDashboardsPayload').implement({
  description: 'Dashboards in their new order.',
  fields: (t) => ({ dashboards: t.expose('dashboards', { type: [DashboardType], description: 'All of them.' }) }),
});

builder.mutationField('createDashboard', (t) =>
  t.field({
    access: 'ADMIN',
    audit: 'dashboard',
    type: CreateDashboardPayload,
    description: 'Creates a dashboard, as the last one.',
    args: { input: t.arg({ type: CreateDashboardInput, required: true, description: 'The dashboard.' }) },
    resolve: async (_, { input }, { dashboards }) => ({ dashboard: await dashboards.create(input) }),
  }),
);

builder.mutationField('updateDashboard', (t) =>
  t.field({
    access: 'ADMIN',
    audit: 'dashboard',
    type: UpdateDashboardPayload,
    description: 'Changes a dashboard. Values that it shows already may stay even if their heat pump is gone.',
    args: { input: t.arg({ type: UpdateDashboardInput, required: true, description: 'The changes.' }) },
    resolve: async (_, { input }, { dashboards }) => ({ dashboard: await dashboards.update(input) }),
  }),
);

builder.mutationField('deleteDashboard', (t) =>
  t.field({
    access: 'ADMIN',
    audit: 'dashboard',
    type: DeleteDashboardPayload,
    description: 'Deletes a dashboard for good.',
    args: { input: t.arg({ type: DeleteDashboardInput, required: true, description: 'Which one.' }) },
    resolve: async (_, { input: { id } }, { dashboards }) => {
      await dashboards.delete(id);
      return { deletedId: id };
    },
  }),
);

builder.mutationField('reorderDashboards', (t) =>
  t.field({
    access: 'ADMIN',
    audit: 'dashboard',
    type: ReorderDashboardsPayload,
    description: 'Puts the dashboards of a heat pump, or those about several, into another order.',
    args: { input: t.arg({ type: ReorderDashboardsInput, required: true, description: 'The order.' }) },
    resolve: async (_, { input }, { dashboards }) => ({ dashboards: await dashboards.reorder(input) }),
  }),
);

builder.mutationField('importDashboard', (t) =>
  t.field({
    access: 'ADMIN',
    audit: 'dashboard',
    type: ImportDashboardPayload,
    description: 'Creates a dashboard from a file. Values of heat pumps that are not here stay as gaps.',
    args: { input: t.arg({ type: ImportDashboardInput, required: true, description: 'The file.' }) },
    resolve: async (_, { input }, { dashboards }) => ({ dashboard: await dashboards.import(input) }),
  }),
);
