import { Route, Router } from '@solidjs/router';
import { lazy, type ParentProps } from 'solid-js';
import { GraphqlProvider } from './graphql/client.tsx';
import { I18nProvider } from './lib/i18n/i18n.tsx';
import { NowProvider } from './lib/now.tsx';
import { PreferencesProvider, usePreferences } from './lib/preferences.tsx';
import { Shell } from './shell/shell.tsx';

const FleetPage = lazy(() => import('./features/fleet/fleet-page.tsx'));
const HeatpumpPage = lazy(() => import('./features/heatpump/heatpump-page.tsx'));
const AddPage = lazy(() => import('./features/setup/add-page.tsx'));
const EditPage = lazy(() => import('./features/setup/edit-page.tsx'));
const PreferencesPage = lazy(() => import('./features/preferences/preferences-page.tsx'));
const NotFoundPage = lazy(() => import('./shell/not-found-page.tsx'));

/** The whole client: what every page needs, and the pages by address. */
export function App() {
  return (
    <PreferencesProvider>
      <Texts>
        <NowProvider>
          <GraphqlProvider>
            <Router root={Shell}>
              <Route path="/" component={FleetPage} />
              <Route path="/heatpumps/new" component={AddPage} />
              <Route path="/heatpumps/:id" component={HeatpumpPage} />
              <Route path="/heatpumps/:id/edit" component={EditPage} />
              <Route path="/preferences" component={PreferencesPage} />
              <Route path="*" component={NotFoundPage} />
            </Router>
          </GraphqlProvider>
        </NowProvider>
      </Texts>
    </PreferencesProvider>
  );
}

function Texts(props: ParentProps) {
  const { language } = usePreferences();
  return <I18nProvider language={language()}>{props.children}</I18nProvider>;
}
