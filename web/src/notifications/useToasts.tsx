import Button from '@cloudscape-design/components/button';
import { useCallback } from 'react';
import type { Notification } from '../api/types';
import { useFlashes } from '../components/FlashProvider';
import { useMarkRead } from './queries';
import { FLASH_TYPES, NOTIFICATION_TITLES, describeNotification } from './notificationText';

/** Shows an arriving notification as a toast with the way to its workflow, which also marks it read. */
export function useToasts(): (notification: Notification) => void {
  const { show, dismiss } = useFlashes();
  const { mutate: markRead } = useMarkRead();
  return useCallback(
    (notification) => {
      const id = `notification-${notification.notificationId}`;
      show({
        id,
        type: FLASH_TYPES[notification.type],
        ariaRole: 'status',
        header: NOTIFICATION_TITLES[notification.type],
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
