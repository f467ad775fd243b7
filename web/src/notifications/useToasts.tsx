import Button from '@cloudscape-design/components/button';
import { useCallback } from 'react';
import type { Notification } from '../api/types';
import { useFlashes } from '../components/FlashProvider';
import { describeNotification, notificationFlashType, notificationTitle } from './notificationText';
import { useMarkRead } from './queries';

/** Return a function that shows a notification as a toast. Opening the workflow marks the notification as read. */
export function useToasts(): (notification: Notification) => void {
  const { show, dismiss } = useFlashes();
  const { mutate: markRead } = useMarkRead();
  return useCallback(
    (notification) => {
      const id = `notification-${notification.notificationId}`;
      show({
        id,
        type: notificationFlashType(notification),
        ariaRole: 'status',
        header: notificationTitle(notification),
        content: describeNotification(notification),
        action: (
          <Button
            href={`#/workflows/${notification.workflowId}`}
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
