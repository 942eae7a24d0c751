import { useHeatpump } from '../heatpump/heatpump-view.tsx';
import { JobList } from './job-list.tsx';

/** The jobs of a heat pump. */
export default function JobsSection() {
  const { id } = useHeatpump();
  return <JobList heatpumpId={id} />;
}
