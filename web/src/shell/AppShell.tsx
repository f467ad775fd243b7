import AppLayout, { type AppLayoutProps } from '@cloudscape-design/components/app-layout';
import { Suspense, useCallback, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Outlet } from 'react-router';
import { focusHeading } from '../components/focusHeading';
import { lazyPart, loadParts } from '../components/lazyPart';
import { Loading } from '../components/Loading';
import { SplitPanelProvider, type Panel } from '../components/SplitPanelProvider';
import { useUnreadInTitle } from '../components/usePageTitle';
import type { Config } from '../config/config';
import { useLiveUpdates } from '../notifications/useLiveUpdates';
import { useReadOnOpen } from '../notifications/useReadOnOpen';
import { useToasts } from '../notifications/useToasts';
import type { PendingDecision } from '../work/DecideDialog';
import { useWorkflowList } from '../work/queries';
import { SideMenu } from './SideMenu';
import { useFocusOnNavigation } from './useFocusOnNavigation';
import { useOpenWorkflow } from './useOpenWorkflow';
import './shell.css';

const TopBar = lazyPart(async () => (await import('./TopBar')).TopBar);
const Messages = lazyPart(async () => (await import('./Messages')).Messages);
const PagePanel = lazyPart(async () => (await import('./PagePanel')).PagePanel);
const NotificationDrawer = lazyPart(async () => (await import('./NotificationDrawer')).NotificationDrawer);
const DecideDialog = lazyPart(async () => (await import('../work/DecideDialog')).DecideDialog);

/** What the first view doesn't need is fetched after this time at the latest (ms), such as when the API doesn't respond. */
const START_MS = 3_000;

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
  const isFirstViewDrawn = useIsFirstViewDrawn();
  const { state, hasStarted, unreadCount } = useLiveUpdates(
    config.iotScheme,
    { onNotification: toasts.showNotification, onMissed: toasts.showMissed },
    isFirstViewDrawn,
  );
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
            <Suspense fallback={null}>
              {isFirstViewDrawn && (
                <TopBar
                  stage={config.stage}
                  unreadCount={unreadCount}
                  onBell={openDrawer === DRAWER ? closeNotifications : showNotifications}
                />
              )}
            </Suspense>
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
                        <Suspense fallback={<Loading />}>
                          <NotificationDrawer
                            live={state}
                            hasStarted={hasStarted}
                            onNavigate={() => setOpenDrawer(null)}
                            onDecide={(workflowId, action) => setDecision({ workflowId, action })}
                          />
                        </Suspense>
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
          <Suspense fallback={null}>{isFirstViewDrawn && <Messages />}</Suspense>
          <Suspense fallback={null}>
            {decision && <DecideDialog decision={decision} onClose={() => setDecision(null)} />}
          </Suspense>
        </>
      )}
    </SplitPanelProvider>
  );
}

/**
 * Return whether the inbox is drawn. What the first view doesn't need is fetched after that, so that it doesn't delay the
 * first view: the top bar, messages, the live connection, and then everything else, so that it opens without a delay.
 */
function useIsFirstViewDrawn(): boolean {
  const { data, error } = useWorkflowList('inbox');
  const isListed = data !== undefined || error !== null;
  const [isDrawn, setIsDrawn] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setIsDrawn(true), isListed ? 0 : START_MS);
    return () => clearTimeout(timer);
  }, [isListed]);
  useEffect(() => {
    // A part that can't be fetched now is fetched when it is shown.
    if (isDrawn) loadParts().catch(() => undefined);
  }, [isDrawn]);
  return isDrawn;
}

/** Return a function that returns the properties of the layout for a page's panel. The size is kept between pages. */
function useSplitPanelProps(): (panel: Panel | null) => Partial<AppLayoutProps> {
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
      <Suspense fallback={null}>
        <PagePanel panel={panel} />
      </Suspense>
    ),
  });
}
