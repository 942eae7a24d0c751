import { Route, Router } from '@solidjs/router';
import type { ParentProps } from 'solid-js';
import { accessTexts } from './features/access/texts.ts';
import { adminTexts } from './features/admin/texts.ts';
import { alertsTexts } from './features/alerts/texts.ts';
import { channelsTexts } from './features/channels/texts.ts';
import { compareTexts } from './features/compare/texts.ts';
import { dashboardTexts } from './features/dashboards/texts.ts';
import { FiringAlertsProvider } from './features/fleet/fleet-alerts.tsx';
import { fleetTexts } from './features/fleet/texts.ts';
import { heatpumpTexts } from './features/heatpump/texts.ts';
import { jobsTexts } from './features/jobs/texts.ts';
import { preferencesTexts } from './features/preferences/texts.ts';
import { setupTexts } from './features/setup/texts.ts';
import { GraphqlProvider } from './graphql/client.tsx';
import { ViewerProvider } from './graphql/viewer.tsx';
import { lazyPage } from './lib/i18n/feature-texts.tsx';
import { I18nProvider } from './lib/i18n/i18n.tsx';
import { NowProvider } from './lib/now.tsx';
import { PreferencesProvider, usePreferences } from './lib/preferences.tsx';
import { Shell } from './shell/shell.tsx';
import { shellTexts } from './shell/texts.ts';
import { onlyFor } from './ui/only-for.tsx';

const FleetPage = lazyPage(fleetTexts, () => import('./features/fleet/fleet-page.tsx'));
const HeatpumpPage = lazyPage(heatpumpTexts, () => import('./features/heatpump/heatpump-page.tsx'));
const AddPage = onlyFor(
  'ADMIN',
  lazyPage(setupTexts, () => import('./features/setup/add-page.tsx')),
);
const DashboardsPage = lazyPage(dashboardTexts, () => import('./features/dashboards/dashboards-page.tsx'));
const DashboardPage = lazyPage(dashboardTexts, () => import('./features/dashboards/dashboard-page.tsx'));
const ComparePage = lazyPage(compareTexts, () => import('./features/compare/compare-page.tsx'));
const JobsPage = lazyPage(jobsTexts, () => import('./features/jobs/jobs-page.tsx'));
const JobFormPage = onlyFor(
  'ADMIN',
  lazyPage(jobsTexts, () => import('./features/jobs/job-form-page.tsx')),
);
const AlertsPage = lazyPage(alertsTexts, () => import('./features/alerts/alerts-page.tsx'));
const AlertFormPage = onlyFor(
  'ADMIN',
  lazyPage(alertsTexts, () => import('./features/alerts/alert-form-page.tsx')),
);
const ChannelsPage = onlyFor(
  'ADMIN',
  lazyPage(channelsTexts, () => import('./features/channels/channels-page.tsx')),
);
const ChannelFormPage = onlyFor(
  'ADMIN',
  lazyPage(channelsTexts, () => import('./features/channels/channel-form-page.tsx')),
);
const PreferencesPage = lazyPage(preferencesTexts, () => import('./features/preferences/preferences-page.tsx'));
const SignInPage = lazyPage(accessTexts, () => import('./features/access/sign-in-page.tsx'));
const WelcomePage = lazyPage(accessTexts, () => import('./features/access/welcome-page.tsx'));
const AccountPage = lazyPage(accessTexts, () => import('./features/access/account-page.tsx'));
const AdminPage = onlyFor(
  'ADMIN',
  lazyPage(adminTexts, () => import('./features/admin/admin-page.tsx')),
);
const NotFoundPage = lazyPage(shellTexts, () => import('./shell/not-found-page.tsx'));

/** The whole client: what every page needs, and the pages by address. */
export function App() {
  return (
    <PreferencesProvider>
      <GraphqlProvider>
        <ViewerProvider>
          <Texts>
            <NowProvider>
              <FiringAlertsProvider>
                <Router root={Shell}>
                  <Route path="/" component={FleetPage} />
                  <Route path="/heatpumps/new" component={AddPage} />
                  <Route path="/heatpumps/:id/*section" component={HeatpumpPage} />
                  <Route path="/dashboards" component={DashboardsPage} />
                  <Route path="/dashboards/:id" component={DashboardPage} />
                  <Route path="/compare" component={ComparePage} />
                  <Route path="/jobs" component={JobsPage} />
                  <Route path={['/jobs/new', '/jobs/:id']} component={JobFormPage} />
                  <Route path="/alerts" component={AlertsPage} />
                  <Route path={['/alerts/new', '/alerts/:id']} component={AlertFormPage} />
                  <Route path="/channels" component={ChannelsPage} />
                  <Route path={['/channels/new', '/channels/:id']} component={ChannelFormPage} />
                  <Route path="/preferences" component={PreferencesPage} />
                  <Route path="/sign-in" component={SignInPage} />
                  <Route path="/welcome" component={WelcomePage} />
                  <Route path="/account" component={AccountPage} />
                  <Route path="/admin/*section" component={AdminPage} />
                  <Route path="*" component={NotFoundPage} />
                </Router>
              </FiringAlertsProvider>
            </NowProvider>
          </Texts>
        </ViewerProvider>
      </GraphqlProvider>
    </PreferencesProvider>
  );
}

function Texts(props: ParentProps) {
  const { language } = usePreferences();
  return <I18nProvider language={language()}>{props.children}</I18nProvider>;
}
