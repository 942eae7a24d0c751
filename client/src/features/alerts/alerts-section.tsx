import { useHeatpump } from '../heatpump/heatpump-view.tsx';
import { AlertList } from './alert-list.tsx';

/** The alerts that watch a heat pump. */
export default function AlertsSection() {
  const { id } = useHeatpump();
  return <AlertList heatpumpId={id} />;
}
