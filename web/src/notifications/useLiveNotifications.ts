import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { useApi } from '../api/ApiProvider';
import { bodyOf } from '../api/client';
import type { Notification } from '../api/types';
import { Arrivals, notificationIn } from './arrivals';
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
    const arrivals = new Arrivals();
    const fetchedAlready = (id: string) =>
      queries
        .getQueriesData<NotificationPages>({ queryKey: notificationKeys.all })
        .some(([, data]) => data?.pages.some((page) => page.items.some((one) => one.notificationId === id)));

    const live = new LiveConnection({
      newSession: () => bodyOf(api.notifications.POST('/notifications/sessions')),
      open: (session, events) => openMqtt(session, scheme, events),
      onState: setState,
      onConnected: () => void queries.invalidateQueries({ queryKey: notificationKeys.all }),
      onMessage: (payload) => {
        const notification = notificationIn(payload);
        if (!notification || !arrivals.admit(notification.notificationId)) return;
        if (!fetchedAlready(notification.notificationId)) onArrival(notification);
        void queries.invalidateQueries({ queryKey: notificationKeys.all });
        void queries.invalidateQueries({ queryKey: ['workflows'] });
      },
    });
    const back = () => live.nudge();
    window.addEventListener('online', back);
    live.start();
    return () => {
      window.removeEventListener('online', back);
      live.stop();
    };
  }, [api, queries, scheme, onArrival]);

  return state;
}
