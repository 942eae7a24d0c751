import { onCleanup } from 'solid-js';
import { SettingsChangedDocument, SettingsWrittenDocument } from '../../graphql/generated/settings-history.ts';
import { createLive } from '../../graphql/live.ts';
import { useHeatpump } from '../heatpump/heatpump-view.tsx';
import { ChangeLog, createChangeLog } from './change-log.tsx';
import { createSnapshots, Snapshots } from './snapshots.tsx';
import { settingsHistoryTexts } from './texts.ts';
import './settings-history.css';

/** Changes come in swarms: they are asked about once. */
const SWARM_MS = 300;

/** What the settings of a heat pump were, who has changed them, and the ways back. */
export default function SettingsHistorySection() {
  const { t } = settingsHistoryTexts.use();
  const { id } = useHeatpump();
  const log = createChangeLog(id);
  const snapshots = createSnapshots(id);
  let swarm: ReturnType<typeof setTimeout> | undefined;
  const refetchSoon = () => {
    clearTimeout(swarm);
    swarm = setTimeout(() => {
      log.refetch();
      snapshots.refetch();
    }, SWARM_MS);
  };
  onCleanup(() => clearTimeout(swarm));
  createLive(SettingsChangedDocument, () => ({ heatpumpIds: [id] }), refetchSoon);
  createLive(
    SettingsWrittenDocument,
    () => ({ heatpumpIds: [id] }),
    ({ writes }) => {
      if (!writes.origin.startsWith('hold:')) refetchSoon();
    },
  );
  return (
    <section class="settings-history" aria-label={t('settings.title')}>
      <ChangeLog log={log} />
      <Snapshots snapshots={snapshots} />
    </section>
  );
}
