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

/** One's own notifications, newest first, with the number of unread ones. */
export function useNotifications(status: 'all' | 'unread') {
  const api = useApi();
  const list = useCursorList<Notification, NotificationPage>(notificationKeys.list(status), (cursor) =>
    unwrapData(api.notifications.GET('/notifications', { params: { query: { status, cursor } } })),
  );
  return { ...list, unreadCount: list.pages[0]?.unreadCount ?? 0 };
}

/** The pages with one notification read or unread, and the count that follows from it. */
export function withRead(data: NotificationPages, notificationId: string, read: boolean): NotificationPages {
  const before = data.pages
    .flatMap((page) => page.items)
    .find((one) => one.notificationId === notificationId);
  const change = !before || before.read === read ? 0 : read ? -1 : 1;
  return {
    ...data,
    pages: data.pages.map((page) => ({
      ...page,
      unreadCount: Math.max(0, page.unreadCount + change),
      items: page.items.map((one) => (one.notificationId === notificationId ? { ...one, read } : one)),
    })),
  };
}

/** Marks one notification; the lists show it at once and are fetched again afterwards. */
export function useMarkRead() {
  const api = useApi();
  const queries = useQueryClient();
  return useMutation({
    mutationFn: ({ notificationId, read }: { notificationId: string; read: boolean }) =>
      unwrapData(
        api.notifications.PATCH('/notifications/{notificationId}', {
          params: { path: { notificationId } },
          body: { read },
        }),
      ),
    onMutate: ({ notificationId, read }) =>
      queries.setQueriesData<NotificationPages>(
        { queryKey: notificationKeys.all },
        (data) => data && withRead(data, notificationId, read),
      ),
    onSettled: () => queries.invalidateQueries({ queryKey: notificationKeys.all }),
  });
}

/** Marks everything read that is there now. */
export function useMarkAllRead() {
  const api = useApi();
  const queries = useQueryClient();
  return useMutation({
    mutationFn: () => unwrapData(api.notifications.POST('/notifications/mark-all', { body: {} })),
    onSettled: () => queries.invalidateQueries({ queryKey: notificationKeys.all }),
  });
}
