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
import { SplitPanelProvider } from '../components/SplitPanelProvider';
import { TopBar } from './TopBar';

const DRAWER = 'notifications';

/** The layout around every page: top bar, menu, messages, and side panels. */
export function AppShell({ config }: { config: Config }) {
  const { messages } = useFlashes();
  const live = useLiveNotifications(config.iotScheme, useToasts());
  const [openDrawer, setOpenDrawer] = useState<string | null>(null);
  const [panelPreferences, setPanelPreferences] = useState<AppLayoutProps.SplitPanelPreferences>({
    position: 'side',
  });
  const [isMenuOpen, setIsMenuOpen] = useState(() => window.innerWidth > 900);

  return (
    <SplitPanelProvider>
      {(panel) => (
        <>
          <div id="top-bar">
            <TopBar
              stage={config.stage}
              onBell={() => setOpenDrawer(openDrawer === DRAWER ? null : DRAWER)}
            />
          </div>
          <AppLayout
            headerSelector="#top-bar"
            toolsHide
            navigation={<SideMenu />}
            navigationOpen={isMenuOpen}
            onNavigationChange={({ detail }) => setIsMenuOpen(detail.open)}
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
            activeDrawerId={openDrawer}
            onDrawerChange={({ detail }) => setOpenDrawer(detail.activeDrawerId)}
            drawers={
              // A closed drawer would add a second button next to the one in the top bar.
              openDrawer === null
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
                          <NotificationPanel live={live} onNavigate={() => setOpenDrawer(null)} />
                        </Drawer>
                      ),
                    },
                  ]
            }
            splitPanelOpen={panel !== null}
            onSplitPanelToggle={({ detail }) => {
              if (!detail.open) panel?.close();
            }}
            splitPanelPreferences={panelPreferences}
            onSplitPanelPreferencesChange={({ detail }) => setPanelPreferences(detail)}
            splitPanel={
              panel && (
                <SplitPanel
                  header={panel.header}
                  hidePreferencesButton
                  closeBehavior="hide"
                  i18nStrings={{
                    closeButtonAriaLabel: 'Close panel',
                    openButtonAriaLabel: 'Open panel',
                    resizeHandleAriaLabel: 'Resize panel',
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
