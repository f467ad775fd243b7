import { useEffect, useRef } from 'react';
import { useMark, useNotifications } from './queries';

/** Mark the notifications of the workflow that the page shows as read, also those that arrive in the meantime. */
export function useReadOnOpen(workflowId: string | undefined) {
  // Fetched by useLiveUpdates.
  const { data } = useNotifications('all', false);
  const { mutate: mark } = useMark();
  /** So that a failure isn't repeated over and over, and a notification can be marked as unread again. */
  const marked = useRef(new Set<string>());

  useEffect(() => {
    if (workflowId === undefined) return;
    const notificationIds = (data?.items ?? [])
      .filter((notification) => notification.workflowId === workflowId && !notification.read)
      .map(({ notificationId }) => notificationId)
      .filter((notificationId) => !marked.current.has(notificationId));
    if (notificationIds.length === 0) return;
    for (const notificationId of notificationIds) marked.current.add(notificationId);
    mark({ kind: 'workflow', workflowId });
  }, [workflowId, data, mark]);
}
