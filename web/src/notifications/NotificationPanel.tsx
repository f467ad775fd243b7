import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import SegmentedControl from '@cloudscape-design/components/segmented-control';
import SpaceBetween from '@cloudscape-design/components/space-between';
import Spinner from '@cloudscape-design/components/spinner';
import StatusIndicator from '@cloudscape-design/components/status-indicator';
import { useState } from 'react';
import { LoadMore } from '../components/LoadMore';
import { EmptyState } from '../components/EmptyState';
import { ProblemAlert } from '../components/ProblemAlert';
import type { LiveState } from './liveConnection';
import { NotificationCard } from './NotificationCard';
import './notifications.css';
import { useMarkAllRead, useMarkRead, useNotifications } from './queries';

/** One's notifications: all or the unread ones, to read and to mark. */
export function NotificationPanel({ live, onFollow }: { live: LiveState; onFollow: () => void }) {
  const [status, setStatus] = useState<'all' | 'unread'>('all');
  const list = useNotifications(status);
  const markRead = useMarkRead();
  const markAll = useMarkAllRead();
  return (
    <SpaceBetween size="m">
      <div className="notification-panel__bar">
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
          loading={markAll.isPending}
          disabled={list.unreadCount === 0}
          onClick={() => markAll.mutate()}
        >
          Mark all as read
        </Button>
      </div>
      <Live state={live} />
      <ProblemAlert error={list.error ?? markRead.error ?? markAll.error} onRetry={list.refresh} />
      {list.isPending && (
        <Box textAlign="center">
          <Spinner />
        </Box>
      )}
      {!list.isPending && !list.error && list.items.length === 0 && (
        <EmptyState title={status === 'all' ? 'No notifications' : 'Nothing unread'} />
      )}
      <ul className="notification-panel__list" aria-label="Notifications">
        {list.items.map((one) => (
          <NotificationCard
            key={one.notificationId}
            notification={one}
            onFollow={onFollow}
            onMark={(read) => markRead.mutate({ notificationId: one.notificationId, read })}
          />
        ))}
      </ul>
      <LoadMore list={list} />
    </SpaceBetween>
  );
}

function Live({ state }: { state: LiveState }) {
  if (state === 'live') return <StatusIndicator type="success">Live updates on</StatusIndicator>;
  if (state === 'connecting')
    return <StatusIndicator type="in-progress">Connecting live updates</StatusIndicator>;
  return <StatusIndicator type="warning">Live updates interrupted, reconnecting</StatusIndicator>;
}
