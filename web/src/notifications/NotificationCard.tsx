import Badge from '@cloudscape-design/components/badge';
import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import Link from '@cloudscape-design/components/link';
import type { Notification } from '../api/types';
import { Timestamp } from '../components/Timestamp';
import { Comment } from '../components/Comment';
import { describeNotification, notificationTitle } from './notificationText';

interface Props {
  notification: Notification;
  onMark: (read: boolean) => void;
  /** Called when the user opens the workflow. */
  onNavigate: () => void;
}

/** Shows a notification. Opening its workflow marks it as read. */
export function NotificationCard({ notification, onMark, onNavigate }: Props) {
  const { read, comment, createdAt, workflowId } = notification;
  const handleFollow = () => {
    if (!read) onMark(true);
    onNavigate();
  };
  return (
    <li className={read ? 'notification' : 'notification notification--unread'}>
      <div className="notification__header">
        <Link href={`#/workflows/${workflowId}`} onFollow={handleFollow}>
          {notificationTitle(notification)}
        </Link>
        {!read && <Badge color="blue">New</Badge>}
      </div>
      <Box>{describeNotification(notification)}</Box>
      {comment && <Comment>{comment}</Comment>}
      <div className="notification__footer">
        <Box variant="small" color="text-body-secondary">
          <Timestamp at={createdAt} relative />
        </Box>
        <Button variant="inline-link" onClick={() => onMark(!read)}>
          {read ? 'Mark as unread' : 'Mark as read'}
        </Button>
      </div>
    </li>
  );
}
