import { useMutation, useQueryClient, type QueryClient } from '@tanstack/react-query';
import { useApi } from '../api/ApiProvider';
import { unwrapData } from '../api/client';
import { useCursorList } from '../api/useCursorList';
import { useUser } from '../session/SessionProvider';
import { announceReadChange, applyReadChange, type NotificationPages, type ReadChange } from './readState';
import type { ListedNotification, ListedNotificationPage } from './types';

export const notificationKeys = {
  all: ['notifications'] as const,
  list: (status: 'all' | 'unread') => ['notifications', status] as const,
};

/** Live updates keep the lists in line (ms). Without a live connection, they are fetched again after this time. */
const LIST_STALE_MS = 60_000;

/** The most that one request marks as read. */
const MARKED_PER_REQUEST = 500;

/** Fetch the user's notifications, newest first, and how many of them are unread. */
export function useNotifications(status: 'all' | 'unread', isEnabled = true) {
  const api = useApi();
  const list = useCursorList<ListedNotification, ListedNotificationPage>(
    notificationKeys.list(status),
    (cursor) =>
      unwrapData(api.notifications.GET('/notifications', { params: { query: { status, cursor } } })),
    undefined,
    { isEnabled, staleTime: LIST_STALE_MS },
  );
  return { ...list, unreadCount: list.data?.pages[0]?.unreadCount ?? 0 };
}

/** Change the lists that are fetched already, without a request. */
export function updateNotifications(
  queryClient: QueryClient,
  change: (data: NotificationPages) => NotificationPages,
) {
  queryClient.setQueriesData<NotificationPages>(
    { queryKey: notificationKeys.all },
    (data) => data && change(data),
  );
}

/** Return the notifications that are fetched already. */
export const fetchedNotifications = (queryClient: QueryClient): ListedNotification[] =>
  queryClient
    .getQueriesData<NotificationPages>({ queryKey: notificationKeys.all })
    .flatMap(([, data]) => data?.pages.flatMap((page) => page.items) ?? []);

/** Mark notifications as read or unread: immediately in this tab, and when it's stored in the others. */
export function useMark() {
  const api = useApi();
  const queryClient = useQueryClient();
  const { userId } = useUser();

  const markOne = (notificationId: string, read: boolean) =>
    unwrapData(
      api.notifications.PATCH('/notifications/{notificationId}', {
        params: { path: { notificationId } },
        body: { read },
      }),
    );
  const markAll = async (workflowId?: string) => {
    let marked: number;
    do {
      ({ marked } = await unwrapData(
        api.notifications.POST('/notifications/mark-all', { body: { workflowId } }),
      ));
    } while (marked >= MARKED_PER_REQUEST);
  };

  return useMutation({
    mutationFn: async (change: ReadChange) => {
      if (change.kind === 'one') await markOne(change.notificationId, change.read);
      else await markAll(change.kind === 'workflow' ? change.workflowId : undefined);
    },
    onMutate: (change) => updateNotifications(queryClient, (data) => applyReadChange(data, change)),
    onSuccess: (_result, change) => announceReadChange(userId, change),
    onError: () => queryClient.invalidateQueries({ queryKey: notificationKeys.all }),
  });
}
