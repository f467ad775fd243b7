import Badge from '@cloudscape-design/components/badge';
import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import Link from '@cloudscape-design/components/link';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useTranslation } from 'react-i18next';
import { Comment } from '../components/Comment';
import { Timestamp } from '../components/Timestamp';
import { useUser } from '../session/SessionProvider';
import { describeNotification, describeResolution, notificationTitle } from './notificationText';
import { isWaiting, type ListedNotification } from './types';

export type Decide = (workflowId: string, action: 'APPROVE' | 'REJECT') => void;

interface Props {
  notification: ListedNotification;
  onMark: (read: boolean) => void;
  /** Called when the user opens the workflow. */
  onNavigate: () => void;
  /** Called when the user wants to decide without opening the workflow. */
  onDecide: Decide;
}

/** Shows a notification, with the decision that it asks for. */
export function NotificationCard({ notification, onMark, onNavigate, onDecide }: Props) {
  const { t } = useTranslation('notifications');
  const { userId } = useUser();
  const { read, comment, createdAt, workflowId, resolution } = notification;
  const sentence = describeNotification(notification);
  return (
    <li className={read ? 'notification' : 'notification notification--unread'}>
      <div className="notification__header">
        <Link href={`#/workflows/${workflowId}`} onFollow={onNavigate}>
          {notificationTitle(notification)}
        </Link>
        {!read && <Badge color="blue">{t('new')}</Badge>}
      </div>
      <Box>{sentence}</Box>
      {comment && <Comment>{comment}</Comment>}
      {resolution && (
        <Box variant="small" color="text-body-secondary">
          {describeResolution(resolution, userId)}
        </Box>
      )}
      {isWaiting(notification) && (
        <SpaceBetween direction="horizontal" size="xs">
          <Button ariaLabel={`${t('approve')}: ${sentence}`} onClick={() => onDecide(workflowId, 'APPROVE')}>
            {t('approve')}
          </Button>
          <Button ariaLabel={`${t('reject')}: ${sentence}`} onClick={() => onDecide(workflowId, 'REJECT')}>
            {t('reject')}
          </Button>
        </SpaceBetween>
      )}
      <div className="notification__footer">
        <Box variant="small" color="text-body-secondary">
          <Timestamp at={createdAt} relative />
        </Box>
        {!resolution && (
          <Button variant="inline-link" onClick={() => onMark(!read)}>
            {read ? t('markUnread') : t('markRead')}
          </Button>
        )}
      </div>
    </li>
  );
}
