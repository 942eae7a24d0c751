import { PageTitle } from '../../ui/page-title.tsx';
import { JobList } from './job-list.tsx';
import { jobsTexts } from './texts.ts';

/** All jobs. */
export default function JobsPage() {
  const { t } = jobsTexts.use();
  return (
    <div class="page">
      <PageTitle text={t('jobs.title')} />
      <JobList />
    </div>
  );
}
