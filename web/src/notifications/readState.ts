import * as z from 'zod/mini';
import type { InfiniteData } from '@tanstack/react-query';
import type { ListedNotificationPage, ListedNotification, Resolution } from './types';

export type NotificationPages = InfiniteData<ListedNotificationPage, string | undefined>;

const change = z.union([
  z.object({ kind: z.literal('one'), notificationId: z.string(), read: z.boolean() }),
  z.object({ kind: z.literal('workflow'), workflowId: z.string() }),
  z.object({ kind: z.literal('all') }),
]);

/** What was marked as read or unread: a notification, those of a workflow, or all. */
export type ReadChange = z.infer<typeof change>;

/** Change notifications, and the unread count by the same number. */
function mapNotifications(
  data: NotificationPages,
  map: (notification: ListedNotification) => ListedNotification,
): NotificationPages {
  let difference = 0;
  const pages = data.pages.map((page) => ({
    ...page,
    items: page.items.map((notification) => {
      const changed = map(notification);
      difference += Number(notification.read) - Number(changed.read);
      return changed;
    }),
  }));
  return {
    ...data,
    pages: pages.map((page) => ({ ...page, unreadCount: Math.max(0, page.unreadCount + difference) })),
  };
}

/** Return the list with a change. Applying it again changes nothing. */
export function applyReadChange(data: NotificationPages, applied: ReadChange): NotificationPages {
  const marked = mapNotifications(data, (notification) => {
    if (applied.kind === 'one') {
      return notification.notificationId === applied.notificationId
        ? { ...notification, read: applied.read }
        : notification;
    }
    const isMarked = applied.kind === 'all' || notification.workflowId === applied.workflowId;
    return isMarked && !notification.read ? { ...notification, read: true } : notification;
  });
  if (applied.kind !== 'all') return marked;
  return { ...marked, pages: marked.pages.map((page) => ({ ...page, unreadCount: 0 })) };
}

/** Return the list with a new notification at the top. */
export function addNotification(
  data: NotificationPages,
  notification: ListedNotification,
): NotificationPages {
  const { notificationId } = notification;
  const isListed = data.pages.some((page) =>
    page.items.some((item) => item.notificationId === notificationId),
  );
  if (isListed) return data;
  return {
    ...data,
    pages: data.pages.map((page, index) => ({
      ...page,
      unreadCount: page.unreadCount + (notification.read ? 0 : 1),
      items: index === 0 ? [notification, ...page.items] : page.items,
    })),
  };
}

/** Return the list with requests for approval that are obsolete. They count as read. */
export const resolveNotifications = (
  data: NotificationPages,
  resolutionOf: (notification: ListedNotification) => Resolution | undefined,
): NotificationPages =>
  mapNotifications(data, (notification) => {
    const resolution = resolutionOf(notification);
    return resolution ? { ...notification, resolution, read: true } : notification;
  });

const channelName = (userId: string): string => `countersign.notifications.${userId}`;

/** Send what the user has marked to the other tabs of the browser. */
export function announceReadChange(userId: string, announced: ReadChange) {
  const channel = new BroadcastChannel(channelName(userId));
  channel.postMessage(announced);
  channel.close();
}

/** Listen to what the user marks in other tabs. Returns a function that stops it. */
export function onReadChange(userId: string, listener: (received: ReadChange) => void): () => void {
  const channel = new BroadcastChannel(channelName(userId));
  channel.onmessage = ({ data }: MessageEvent<unknown>) => {
    const parsed = change.safeParse(data);
    if (parsed.success) listener(parsed.data);
  };
  return () => channel.close();
}
