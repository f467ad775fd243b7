import AppLayout, { type AppLayoutProps } from '@cloudscape-design/components/app-layout';
import Drawer from '@cloudscape-design/components/drawer';
import SplitPanel from '@cloudscape-design/components/split-panel';
import { lazy, Suspense, useCallback, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Outlet } from 'react-router';
import { focusHeading } from '../components/focusHeading';
import { Loading } from '../components/Loading';
import { SplitPanelProvider, type Panel } from '../components/SplitPanelProvider';
import { useUnreadInTitle } from '../components/usePageTitle';
import type { Config } from '../config/config';
import { useLiveUpdates } from '../notifications/useLiveUpdates';
import { useReadOnOpen } from '../notifications/useReadOnOpen';
import { useToasts } from '../notifications/useToasts';
import type { PendingDecision } from '../work/DecideDialog';
import { Messages } from './Messages';
import { SideMenu } from './SideMenu';
import { TopBar } from './TopBar';
import { useFocusOnNavigation } from './useFocusOnNavigation';
import { useOpenWorkflow } from './useOpenWorkflow';
import './shell.css';

// The first load doesn't need them.
const NotificationPanel = lazy(async () => ({
  default: (await import('../notifications/NotificationPanel')).NotificationPanel,
}));
const DecideDialog = lazy(async () => ({ default: (await import('../work/DecideDialog')).DecideDialog }));

const DRAWER = 'notifications';
/** From this width (px), the menu is open at the start. */
const WIDE = 900;

/** The layout around every page: top bar, menu, messages, and side panels. */
export function AppShell({ config }: { config: Config }) {
  const { t } = useTranslation('shell');
  const [openDrawer, setOpenDrawer] = useState<string | null>(null);
  const [decision, setDecision] = useState<PendingDecision | null>(null);
  const [isMenuOpen, setIsMenuOpen] = useState(() => window.innerWidth > WIDE);
  const splitPanel = useSplitPanelProps();
  const openWorkflowId = useOpenWorkflow();
  /** What had the focus before the notifications opened. */
  const opener = useRef<Element | null>(null);
  const showNotifications = useCallback(() => {
    opener.current = document.activeElement;
    setOpenDrawer(DRAWER);
  }, []);
  const closeNotifications = () => {
    setOpenDrawer(null);
    // The panel returns it to the button that opens it in the toolbar of the layout, which this layout doesn't have.
    setTimeout(() => {
      if (opener.current instanceof HTMLElement && opener.current.isConnected) opener.current.focus();
      else focusHeading();
    });
  };
  const toasts = useToasts({ openWorkflowId, onShowAll: showNotifications });
  const { state, hasStarted, unreadCount } = useLiveUpdates(config.iotScheme, {
    onNotification: toasts.showNotification,
    onMissed: toasts.showMissed,
  });
  useReadOnOpen(openWorkflowId);
  useUnreadInTitle(unreadCount);
  useFocusOnNavigation();

  return (
    <SplitPanelProvider>
      {(panel) => (
        <>
          <button className="skip-link" onClick={focusHeading}>
            {t('skip')}
          </button>
          <div id="top-bar">
            <TopBar
              stage={config.stage}
              unreadCount={unreadCount}
              onBell={openDrawer === DRAWER ? closeNotifications : showNotifications}
            />
          </div>
          <AppLayout
            headerSelector="#top-bar"
            toolsHide
            navigation={<SideMenu />}
            navigationOpen={isMenuOpen}
            onNavigationChange={({ detail }) => setIsMenuOpen(detail.open)}
            content={
              <Suspense fallback={<Loading />}>
                <Outlet />
              </Suspense>
            }
            activeDrawerId={openDrawer}
            onDrawerChange={({ detail }) => {
              if (detail.activeDrawerId === null) closeNotifications();
            }}
            drawers={
              // A closed drawer would add a second button next to the one in the top bar.
              openDrawer === null
                ? []
                : [
                    {
                      id: DRAWER,
                      defaultSize: 400,
                      ariaLabels: {
                        drawerName: t('panels.notifications'),
                        triggerButton: t('panels.notificationsOpen'),
                        closeButton: t('panels.notificationsClose'),
                      },
                      content: (
                        <Drawer header={<h2>{t('panels.notifications')}</h2>}>
                          <Suspense fallback={<Loading />}>
                            <NotificationPanel
                              live={state}
                              hasStarted={hasStarted}
                              onNavigate={() => setOpenDrawer(null)}
                              onDecide={(workflowId, action) => setDecision({ workflowId, action })}
                            />
                          </Suspense>
                        </Drawer>
                      ),
                    },
                  ]
            }
            {...splitPanel(panel)}
            ariaLabels={{
              navigation: t('menu.navigation'),
              navigationClose: t('menu.close'),
              navigationToggle: t('menu.open'),
              drawers: t('panels.label'),
            }}
          />
          <Messages />
          <Suspense fallback={null}>
            {decision && <DecideDialog decision={decision} onClose={() => setDecision(null)} />}
          </Suspense>
        </>
      )}
    </SplitPanelProvider>
  );
}

/** Return a function that returns the properties of the layout for a page's panel. The size is kept between pages. */
function useSplitPanelProps(): (panel: Panel | null) => Partial<AppLayoutProps> {
  const { t } = useTranslation('shell');
  const [size, setSize] = useState<number | undefined>(undefined);
  const [preferences, setPreferences] = useState<AppLayoutProps.SplitPanelPreferences>({ position: 'side' });
  return (panel) => ({
    splitPanelOpen: panel !== null,
    onSplitPanelToggle: ({ detail }) => {
      if (!detail.open) panel?.close();
    },
    splitPanelSize: size,
    onSplitPanelResize: ({ detail }) => setSize(detail.size),
    splitPanelPreferences: preferences,
    onSplitPanelPreferencesChange: ({ detail }) => setPreferences(detail),
    splitPanel: panel && (
      <SplitPanel
        header={panel.header}
        hidePreferencesButton
        closeBehavior="hide"
        i18nStrings={{
          closeButtonAriaLabel: t('panels.close'),
          openButtonAriaLabel: t('panels.open'),
          resizeHandleAriaLabel: t('panels.resize'),
        }}
      >
        {panel.content}
      </SplitPanel>
    ),
  });
}
