import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { useApi } from '../api/ApiProvider';
import { unwrapData } from '../api/client';
import type { Notification } from '../api/types';
import { workflowKeys } from '../api/queryKeys';
import { LiveConnection, type LiveState } from './liveConnection';
import { openMqtt } from './mqttTransport';
import { notificationKeys, type NotificationPages } from './queries';
import { parseNotification, SeenNotifications } from './seenNotifications';

/**
 * Keep a live connection while mounted. Calls `onNotification` once for each notification that is new to this tab, and
 * fetches everything again that it might have changed.
 */
export function useLiveNotifications(
  scheme: 'wss' | 'ws',
  onNotification: (notification: Notification) => void,
) {
  const api = useApi();
  const queryClient = useQueryClient();
  const [state, setState] = useState<LiveState>('connecting');

  useEffect(() => {
    const seen = new SeenNotifications();
    const fetchedNotifications = () =>
      queryClient
        .getQueriesData<NotificationPages>({ queryKey: notificationKeys.all })
        .flatMap(([, data]) => data?.pages.flatMap((page) => page.items) ?? []);
    const refresh = () => {
      void queryClient.invalidateQueries({ queryKey: notificationKeys.all });
      void queryClient.invalidateQueries({ queryKey: workflowKeys.all });
    };

    const connection = new LiveConnection({
      newSession: () => unwrapData(api.notifications.POST('/notifications/sessions')),
      open: (session, events) => openMqtt(session, scheme, events),
      onState: setState,
      onConnected: () => {
        // Only what is already in the list at this point is not new. Do not add notifications that are fetched later:
        // the first message of a burst fetches all of them before the other messages arrive.
        for (const { notificationId } of fetchedNotifications()) seen.add(notificationId);
        refresh();
      },
      onMessage: (payload) => {
        const notification = parseNotification(payload);
        if (!notification || !seen.add(notification.notificationId)) return;
        onNotification(notification);
        refresh();
      },
    });
    const handleOnline = () => connection.reconnect();
    window.addEventListener('online', handleOnline);
    connection.start();
    return () => {
      window.removeEventListener('online', handleOnline);
      connection.stop();
    };
  }, [api, queryClient, scheme, onNotification]);

  return state;
}
