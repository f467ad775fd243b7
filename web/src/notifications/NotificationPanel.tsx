import Button from '@cloudscape-design/components/button';
import SegmentedControl from '@cloudscape-design/components/segmented-control';
import SpaceBetween from '@cloudscape-design/components/space-between';
import StatusIndicator from '@cloudscape-design/components/status-indicator';
import { useState } from 'react';
import { EmptyState } from '../components/EmptyState';
import { LoadMore } from '../components/LoadMore';
import { ProblemAlert } from '../components/ProblemAlert';
import { QueryBoundary } from '../components/QueryBoundary';
import type { LiveState } from './liveConnection';
import { NotificationCard } from './NotificationCard';
import './notifications.css';
import { useMarkAllRead, useMarkRead, useNotifications } from './queries';

interface Props {
  live: LiveState;
  /** Called when the user opens a workflow. */
  onNavigate: () => void;
}

/** Shows the user's notifications, all or unread. */
export function NotificationPanel({ live, onNavigate }: Props) {
  const [status, setStatus] = useState<'all' | 'unread'>('all');
  const notifications = useNotifications(status);
  const markRead = useMarkRead();
  const markAllRead = useMarkAllRead();
  return (
    <SpaceBetween size="m">
      <div className="notification-panel__toolbar">
        <SegmentedControl
          label="Which notifications"
          selectedId={status}
          options={[
            { id: 'all', text: 'All' },
            { id: 'unread', text: 'Unread' },
          ]}
          onChange={({ detail }) => setStatus(detail.selectedId as 'all' | 'unread')}
        />
        <Button
          variant="inline-link"
          loading={markAllRead.isPending}
          disabled={notifications.unreadCount === 0}
          onClick={() => markAllRead.mutate()}
        >
          Mark all as read
        </Button>
      </div>
      <LiveIndicator state={live} />
      <ProblemAlert error={markRead.error ?? markAllRead.error} />
      <QueryBoundary
        query={notifications}
        label="notifications"
        empty={<EmptyState title={status === 'all' ? 'No notifications' : 'No unread notifications'} />}
      >
        {({ items }) => (
          <SpaceBetween size="m">
            <ul className="notification-panel__list" aria-label="Notifications">
              {items.map((notification) => (
                <NotificationCard
                  key={notification.notificationId}
                  notification={notification}
                  onNavigate={onNavigate}
                  onMark={(read) => markRead.mutate({ notificationId: notification.notificationId, read })}
                />
              ))}
            </ul>
            <LoadMore list={notifications} />
          </SpaceBetween>
        )}
      </QueryBoundary>
    </SpaceBetween>
  );
}

function LiveIndicator({ state }: { state: LiveState }) {
  switch (state) {
    case 'live':
      return <StatusIndicator type="success">Live updates on</StatusIndicator>;
    case 'connecting':
      return <StatusIndicator type="in-progress">Connecting to live updates</StatusIndicator>;
    case 'reconnecting':
      return <StatusIndicator type="warning">Live updates interrupted, reconnecting</StatusIndicator>;
  }
}
