import Button from '@cloudscape-design/components/button';
import { useCallback, useRef } from 'react';
import type { Notification } from '../api/types';
import { useFlashes } from '../components/FlashProvider';
import { describeNotification, notificationFlashType, notificationTitle, toastId } from './notificationText';
import { useMarkRead } from './queries';

/**
 * Return a function that shows a notification as a toast, in place of the previous one about the same workflow. Opening
 * the workflow marks the notification as read.
 */
export function useToasts(): (notification: Notification) => void {
  const { show, dismiss } = useFlashes();
  const { mutate: markRead } = useMarkRead();
  const newest = useRef(new Map<string, number>());
  return useCallback(
    (notification) => {
      const { workflowId, sequence } = notification;
      // Notifications can arrive out of order.
      if (sequence < (newest.current.get(workflowId) ?? 0)) return;
      newest.current.set(workflowId, sequence);
      const id = toastId(workflowId);
      show({
        id,
        type: notificationFlashType(notification),
        ariaRole: 'status',
        header: notificationTitle(notification),
        content: describeNotification(notification),
        action: (
          <Button
            href={`#/workflows/${workflowId}`}
            onClick={() => {
              dismiss(id);
              markRead({ notificationId: notification.notificationId, read: true });
            }}
          >
            View workflow
          </Button>
        ),
      });
    },
    [show, dismiss, markRead],
  );
}
