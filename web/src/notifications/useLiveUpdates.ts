import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useEffectEvent, useRef, useState } from 'react';
import { useApi } from '../api/ApiProvider';
import { unwrapData } from '../api/client';
import { workflowKeys } from '../api/queryKeys';
import type { Workflow } from '../api/types';
import { followWorkflows } from '../api/workflowLists';
import { useUser } from '../session/SessionProvider';
import { LiveConnection, type LiveState } from './liveConnection';
import { parseLiveMessage } from './liveMessage';
import { fetchedNotifications, notificationKeys, updateNotifications, useNotifications } from './queries';
import { addNotification, applyReadChange, onReadChange, resolveNotifications } from './readState';
import { resolutionFrom } from './resolution';
import { SeenNotifications } from './seenNotifications';
import type { ListedNotification } from './types';
import { WorkflowRefresher } from './workflowRefresher';

/** Without a live connection, the notifications are fetched after this time (ms). */
const START_WITHOUT_LIVE_MS = 8_000;

/** What was fetched this long before the connection opened can lack changes: clocks differ (ms). */
const CLOCK_TOLERANCE_MS = 60_000;

export interface LiveEvents {
  /** Called once for each notification that is new to this tab. */
  onNotification: (notification: ListedNotification) => void;
  /** Called after a reconnect with the number of notifications that arrived in the meantime, if more than one did. */
  onMissed: (count: number) => void;
}

/**
 * Keep a live connection while mounted, and what is fetched already in line with it: an event costs at most one request.
 *
 * The notifications are fetched once the connection has opened, so that none is missed and no list is fetched twice.
 *
 * @param isEnabled Whether to open it now.
 */
export function useLiveUpdates(scheme: 'wss' | 'ws', events: LiveEvents, isEnabled = true) {
  const api = useApi();
  const queryClient = useQueryClient();
  const { userId } = useUser();
  const [state, setState] = useState<LiveState>('connecting');
  const [hasStarted, setHasStarted] = useState(false);
  const { data, unreadCount } = useNotifications('all', hasStarted);
  const seen = useRef(new SeenNotifications());
  /** Arrived before the list did. */
  const early = useRef<ListedNotification[]>([]);
  const refresher = useRef<WorkflowRefresher>(null);
  const isListed = data !== undefined;

  const handleWorkflow = useEffectEvent((workflow: Workflow) => {
    updateNotifications(queryClient, (pages) =>
      resolveNotifications(pages, (notification) => resolutionFrom(notification, workflow)),
    );
  });

  useEffect(
    () => followWorkflows(queryClient, userId, (workflow) => handleWorkflow(workflow)),
    [queryClient, userId],
  );

  useEffect(
    () =>
      onReadChange(userId, (change) =>
        updateNotifications(queryClient, (pages) => applyReadChange(pages, change)),
      ),
    [queryClient, userId],
  );

  const handleMessage = useEffectEvent((payload: string) => {
    const message = parseLiveMessage(payload);
    if (!message) return;
    if (message.kind === 'changed') {
      refresher.current?.refresh(message.workflowId, message.version);
      return;
    }
    const { notification } = message;
    if (!seen.current.add(notification.notificationId)) return;
    if (!isListed) early.current.push(notification);
    updateNotifications(queryClient, (pages) => addNotification(pages, notification));
    events.onNotification(notification);
    refresher.current?.refresh(notification.workflowId, notification.sequence);
  });

  const catchUp = useEffectEvent(async () => {
    void queryClient.invalidateQueries({ queryKey: workflowKeys.all });
    await queryClient.invalidateQueries({ queryKey: notificationKeys.all });
    const missed = fetchedNotifications(queryClient).filter(
      ({ notificationId, read }) => seen.current.add(notificationId) && !read,
    );
    const [only] = missed;
    if (missed.length > 1) events.onMissed(missed.length);
    else if (only) events.onNotification(only);
  });

  const handleConnected = useEffectEvent(() => {
    if (hasStarted) void catchUp();
    else setHasStarted(true);
  });

  const handleFirstList = useEffectEvent(() => {
    const listedAt = queryClient.getQueryState(workflowKeys.list('inbox'))?.dataUpdatedAt ?? Date.now();
    const isRecent = (at: string) => Date.parse(at) > listedAt - CLOCK_TOLERANCE_MS;
    for (const { notificationId, workflowId, sequence, createdAt, resolution } of data?.items ?? []) {
      seen.current.add(notificationId);
      // The lists of workflows were fetched earlier.
      if (isRecent(createdAt)) refresher.current?.refresh(workflowId, sequence);
      if (resolution && isRecent(resolution.at)) refresher.current?.refresh(workflowId, sequence + 1);
    }
    for (const notification of early.current.splice(0)) {
      updateNotifications(queryClient, (pages) => addNotification(pages, notification));
    }
  });

  useEffect(() => {
    if (isListed) handleFirstList();
  }, [isListed]);

  useEffect(() => {
    if (!isEnabled) return;
    const timer = setTimeout(() => setHasStarted(true), START_WITHOUT_LIVE_MS);
    refresher.current = new WorkflowRefresher(api, queryClient);
    const connection = new LiveConnection({
      newSession: () => unwrapData(api.notifications.POST('/notifications/sessions')),
      // In a file of its own, because it's large and nothing waits for it.
      open: async (session, transportEvents) =>
        (await import('./mqttTransport')).openMqtt(session, scheme, transportEvents),
      onState: (next) => {
        setState(next);
        if (next === 'reconnecting') setHasStarted(true);
      },
      onConnected: () => handleConnected(),
      onMessage: (payload) => handleMessage(payload),
    });
    const handleOnline = () => connection.reconnect();
    window.addEventListener('online', handleOnline);
    connection.start();
    return () => {
      clearTimeout(timer);
      window.removeEventListener('online', handleOnline);
      connection.stop();
    };
  }, [api, queryClient, scheme, isEnabled]);

  return { state, hasStarted, unreadCount };
}
