import { useMutation, useQueryClient, type InfiniteData } from '@tanstack/react-query';
import { useApi } from '../api/ApiProvider';
import { unwrapData } from '../api/client';
import type { Notification, NotificationPage } from '../api/types';
import { useCursorList } from '../api/useCursorList';

export type NotificationPages = InfiniteData<NotificationPage>;

export const notificationKeys = {
  all: ['notifications'] as const,
  list: (status: 'all' | 'unread') => ['notifications', status] as const,
};

/** Fetch the user's notifications, newest first, and how many of them are unread. */
export function useNotifications(status: 'all' | 'unread') {
  const api = useApi();
  const list = useCursorList<Notification, NotificationPage>(notificationKeys.list(status), (cursor) =>
    unwrapData(api.notifications.GET('/notifications', { params: { query: { status, cursor } } })),
  );
  return { ...list, unreadCount: list.data?.pages[0]?.unreadCount ?? 0 };
}

/** Return the pages with one notification marked and the unread count adjusted. */
export function markInPages(
  data: NotificationPages,
  notificationId: string,
  read: boolean,
): NotificationPages {
  const current = data.pages
    .flatMap((page) => page.items)
    .find((notification) => notification.notificationId === notificationId);
  const change = !current || current.read === read ? 0 : read ? -1 : 1;
  return {
    ...data,
    pages: data.pages.map((page) => ({
      ...page,
      unreadCount: Math.max(0, page.unreadCount + change),
      items: page.items.map((notification) =>
        notification.notificationId === notificationId ? { ...notification, read } : notification,
      ),
    })),
  };
}

/** Mark a notification as read or unread. The lists show it immediately and are fetched again afterward. */
export function useMarkRead() {
  const api = useApi();
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: ({ notificationId, read }: { notificationId: string; read: boolean }) =>
      unwrapData(
        api.notifications.PATCH('/notifications/{notificationId}', {
          params: { path: { notificationId } },
          body: { read },
        }),
      ),
    onMutate: ({ notificationId, read }) =>
      queryClient.setQueriesData<NotificationPages>(
        { queryKey: notificationKeys.all },
        (data) => data && markInPages(data, notificationId, read),
      ),
    onSettled: () => queryClient.invalidateQueries({ queryKey: notificationKeys.all }),
  });
}

/** Mark all current notifications as read. */
export function useMarkAllRead() {
  const api = useApi();
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: () => unwrapData(api.notifications.POST('/notifications/mark-all', { body: {} })),
    onSettled: () => queryClient.invalidateQueries({ queryKey: notificationKeys.all }),
  });
}
