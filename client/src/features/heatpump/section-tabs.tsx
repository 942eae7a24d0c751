import { createMemo } from 'solid-js';
import { useViewer } from '../../graphql/viewer.tsx';
import { Tabs } from '../../ui/tabs.tsx';
import { SECTIONS } from './sections.ts';
import { heatpumpTexts } from './texts.ts';

/** The sections of the page that whoever looks may use. */
export function SectionTabs(props: { id: string }) {
  const { t } = heatpumpTexts.use();
  const { may } = useViewer();
  const tabs = createMemo(() =>
    SECTIONS.filter((section) => !('needs' in section) || may(section.needs)).map(({ path, name }) => ({
      href: sectionAddress(props.id, path),
      text: t(`section.${name}`),
    })),
  );
  return <Tabs label={t('heatpump.sections')} tabs={tabs()} />;
}

/** The address of a section. */
export function sectionAddress(id: string, path: string): string {
  return path ? `/heatpumps/${id}/${path}` : `/heatpumps/${id}`;
}
