import { useHeatpump } from '../heatpump/heatpump-view.tsx';
import { DashboardGroups } from './dashboard-groups.tsx';

/** The dashboards of a heat pump, as a section of its page. */
export default function DashboardsSection() {
  const { id } = useHeatpump();
  return <DashboardGroups heatpumpId={id} />;
}
