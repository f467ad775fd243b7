import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { useApi } from '../api/ApiProvider';
import { unwrapData } from '../api/client';
import type { Notification } from '../api/types';
import { workflowKeys } from '../workflows/queries';
import { SeenNotifications, parseNotification } from './seenNotifications';
import { LiveConnection, type LiveState } from './liveConnection';
import { openMqtt } from './mqttTransport';
import { notificationKeys, type NotificationPages } from './queries';

/**
 * Keeps the live connection while mounted. Each notification that is new to this tab is handed to `onArrival` once,
 * and everything it may have changed is fetched again.
 */
export function useLiveNotifications(scheme: 'wss' | 'ws', onArrival: (notification: Notification) => void) {
  const api = useApi();
  const queries = useQueryClient();
  const [state, setState] = useState<LiveState>('connecting');

  useEffect(() => {
    const arrivals = new SeenNotifications();
    const fetched = () =>
      queries
        .getQueriesData<NotificationPages>({ queryKey: notificationKeys.all })
        .flatMap(([, data]) => data?.pages.flatMap((page) => page.items) ?? []);
    const refresh = () => {
      void queries.invalidateQueries({ queryKey: notificationKeys.all });
      void queries.invalidateQueries({ queryKey: workflowKeys.all });
    };

    const live = new LiveConnection({
      newSession: () => unwrapData(api.notifications.POST('/notifications/sessions')),
      open: (session, events) => openMqtt(session, scheme, events),
      onState: setState,
      onConnected: () => {
        // What the bell shows by now is no news, should it be delivered again. What it shows later may be: a burst is
        // fetched whole on its first message, before the others arrive.
        for (const { notificationId } of fetched()) arrivals.admit(notificationId);
        refresh();
      },
      onMessage: (payload) => {
        const notification = parseNotification(payload);
        if (!notification || !arrivals.admit(notification.notificationId)) return;
        onArrival(notification);
        refresh();
      },
    });
    const back = () => live.reconnect();
    window.addEventListener('online', back);
    live.start();
    return () => {
      window.removeEventListener('online', back);
      live.stop();
    };
  }, [api, queries, scheme, onArrival]);

  return state;
}
