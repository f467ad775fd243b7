import Badge from '@cloudscape-design/components/badge';
import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import Link from '@cloudscape-design/components/link';
import type { Notification } from '../api/types';
import { Timestamp } from '../components/Timestamp';
import { Comment } from '../workflows/Comment';
import { NOTIFICATION_TITLES, describeNotification } from './notificationText';

interface Props {
  notification: Notification;
  onMark: (read: boolean) => void;
  /** Called when the person goes to the workflow. */
  onFollow: () => void;
}

/** One notification; going to its workflow also marks it read. */
export function NotificationCard({ notification, onMark, onFollow }: Props) {
  const { read, type, comment, createdAt, workflowId } = notification;
  const follow = () => {
    if (!read) onMark(true);
    onFollow();
  };
  return (
    <li className={read ? 'notification' : 'notification notification--unread'}>
      <div className="notification__head">
        <Link href={`#/workflows/${workflowId}`} onFollow={follow}>
          {NOTIFICATION_TITLES[type]}
        </Link>
        {!read && <Badge color="blue">New</Badge>}
      </div>
      <Box>{describeNotification(notification)}</Box>
      {comment && <Comment>{comment}</Comment>}
      <div className="notification__foot">
        <Box variant="small" color="text-body-secondary">
          <Timestamp at={createdAt} short />
        </Box>
        <Button variant="inline-link" onClick={() => onMark(!read)}>
          {read ? 'Mark as unread' : 'Mark as read'}
        </Button>
      </div>
    </li>
  );
}
