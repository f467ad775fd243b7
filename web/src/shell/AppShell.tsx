import AppLayout, { type AppLayoutProps } from '@cloudscape-design/components/app-layout';
import Drawer from '@cloudscape-design/components/drawer';
import Flashbar from '@cloudscape-design/components/flashbar';
import SplitPanel from '@cloudscape-design/components/split-panel';
import { Suspense, useState } from 'react';
import { Outlet } from 'react-router';
import type { Config } from '../config/config';
import { NotificationPanel } from '../notifications/NotificationPanel';
import { useLiveNotifications } from '../notifications/useLiveNotifications';
import { useToasts } from '../notifications/useToasts';
import { useFlashes } from '../components/FlashProvider';
import { Loading } from '../components/Loading';
import { SideMenu } from './SideMenu';
import { SplitPanelProvider } from './SplitPanelProvider';
import { TopBar } from './TopBar';

const DRAWER = 'notifications';

/** What stands around every page: the bar with the bell, the menu, toasts, and the panels beside the page. */
export function AppShell({ config }: { config: Config }) {
  const { messages } = useFlashes();
  const live = useLiveNotifications(config.iotScheme, useToasts());
  const [drawer, setDrawer] = useState<string | null>(null);
  const [panelPlace, setPanelPlace] = useState<AppLayoutProps.SplitPanelPreferences>({ position: 'side' });
  const [menuOpen, setMenuOpen] = useState(() => window.innerWidth > 900);

  return (
    <SplitPanelProvider>
      {(panel) => (
        <>
          <div id="top-bar">
            <TopBar stage={config.stage} onBell={() => setDrawer(drawer === DRAWER ? null : DRAWER)} />
          </div>
          <AppLayout
            headerSelector="#top-bar"
            toolsHide
            navigation={<SideMenu />}
            navigationOpen={menuOpen}
            onNavigationChange={({ detail }) => setMenuOpen(detail.open)}
            notifications={
              <Flashbar
                items={messages}
                stackItems={messages.length > 3}
                i18nStrings={{
                  ariaLabel: 'Messages',
                  notificationBarAriaLabel: 'View all messages',
                  notificationBarText: 'Messages',
                  infoIconAriaLabel: 'Info',
                  successIconAriaLabel: 'Success',
                  warningIconAriaLabel: 'Warning',
                  errorIconAriaLabel: 'Error',
                }}
              />
            }
            content={
              <Suspense fallback={<Loading />}>
                <Outlet />
              </Suspense>
            }
            activeDrawerId={drawer}
            onDrawerChange={({ detail }) => setDrawer(detail.activeDrawerId)}
            drawers={
              // Only while open: the bell in the top bar is its one trigger.
              drawer === null
                ? []
                : [
                    {
                      id: DRAWER,
                      defaultSize: 400,
                      ariaLabels: {
                        drawerName: 'Notifications',
                        triggerButton: 'Notifications panel',
                        closeButton: 'Close notifications',
                      },
                      content: (
                        <Drawer header={<h2>Notifications</h2>}>
                          <NotificationPanel live={live} onFollow={() => setDrawer(null)} />
                        </Drawer>
                      ),
                    },
                  ]
            }
            splitPanelOpen={panel !== null}
            onSplitPanelToggle={({ detail }) => {
              if (!detail.open) panel?.close();
            }}
            splitPanelPreferences={panelPlace}
            onSplitPanelPreferencesChange={({ detail }) => setPanelPlace(detail)}
            splitPanel={
              panel && (
                <SplitPanel
                  header={panel.header}
                  hidePreferencesButton
                  closeBehavior="hide"
                  i18nStrings={{
                    closeButtonAriaLabel: 'Close panel',
                    openButtonAriaLabel: 'Open panel',
                    resizeHandleAriaLabel: 'Width of the panel',
                  }}
                >
                  {panel.content}
                </SplitPanel>
              )
            }
            ariaLabels={{
              navigation: 'Menu',
              navigationClose: 'Close menu',
              navigationToggle: 'Open menu',
              notifications: 'Messages',
              drawers: 'Panels',
            }}
          />
        </>
      )}
    </SplitPanelProvider>
  );
}
