import type { ParentProps } from 'solid-js';
import { PageTitle } from '../../ui/page-title.tsx';
import { Tabs } from '../../ui/tabs.tsx';
import { ADMIN_SECTIONS } from './admin-sections.ts';
import { adminTexts } from './texts.ts';
import './admin.css';

/** Users, tokens, and what has happened. */
export default function AdminPage(props: ParentProps) {
  const { t } = adminTexts.use();
  const tabs = () =>
    ADMIN_SECTIONS.flatMap(({ path, name }) =>
      name ? [{ href: path === '/' ? '/admin' : `/admin${path}`, text: t(`admin.${name}`) }] : [],
    );
  return (
    <div class="page">
      <PageTitle text={t('admin.title')} />
      <Tabs label={t('admin.sections')} tabs={tabs()} />
      {props.children}
    </div>
  );
}
