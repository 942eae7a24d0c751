import { useParams } from '@solidjs/router';
import { createMemo, Show } from 'solid-js';
import { PageTitle } from '../../ui/page-title.tsx';
import { Tabs } from '../../ui/tabs.tsx';
import { ADMIN_SECTIONS } from './admin-sections.ts';
import { adminTexts } from './texts.ts';
import '../../ui/entry.css';
import './admin.css';

/** Users, tokens, and what has happened. */
export default function AdminPage() {
  const { t } = adminTexts.use();
  const params = useParams<{ section: string }>();
  const section = createMemo(() => ADMIN_SECTIONS.find(({ path }) => path === params.section.split('/', 1)[0]));
  const tabs = () =>
    ADMIN_SECTIONS.flatMap(({ path, name }) =>
      name ? [{ href: path ? `/admin/${path}` : '/admin', text: t(`admin.${name}`) }] : [],
    );
  return (
    <div class="page">
      <PageTitle text={t('admin.title')} />
      <Tabs label={t('admin.sections')} tabs={tabs()} />
      <Show when={section()} keyed>
        {({ component: Section }) => <Section />}
      </Show>
    </div>
  );
}
