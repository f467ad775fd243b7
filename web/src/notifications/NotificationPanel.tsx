import Button from '@cloudscape-design/components/button';
import SegmentedControl from '@cloudscape-design/components/segmented-control';
import SpaceBetween from '@cloudscape-design/components/space-between';
import StatusIndicator, { type StatusIndicatorProps } from '@cloudscape-design/components/status-indicator';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { EmptyState } from '../components/EmptyState';
import { LoadMore } from '../components/LoadMore';
import { ProblemAlert } from '../components/ProblemAlert';
import { QueryBoundary } from '../components/QueryBoundary';
import type { LiveState } from './liveConnection';
import { NotificationCard, type Decide } from './NotificationCard';
import './notifications.css';
import { useMark, useNotifications } from './queries';

export interface NotificationPanelProps {
  live: LiveState;
  /** Whether the notifications are fetched already. */
  hasStarted: boolean;
  /** Called when the user opens a workflow. */
  onNavigate: () => void;
  onDecide: Decide;
}

const LIVE_INDICATORS: Record<LiveState, StatusIndicatorProps.Type> = {
  live: 'success',
  connecting: 'in-progress',
  reconnecting: 'warning',
};

/** Shows the user's notifications, all or unread. */
export function NotificationPanel({ live, hasStarted, onNavigate, onDecide }: NotificationPanelProps) {
  const { t } = useTranslation('notifications');
  const [status, setStatus] = useState<'all' | 'unread'>('all');
  const notifications = useNotifications(status, hasStarted);
  const mark = useMark();
  return (
    <SpaceBetween size="m">
      <div className="notification-panel__toolbar">
        <SegmentedControl
          label={t('which')}
          selectedId={status}
          options={[
            { id: 'all', text: t('all') },
            { id: 'unread', text: t('unread') },
          ]}
          onChange={({ detail }) => setStatus(detail.selectedId === 'unread' ? 'unread' : 'all')}
        />
        <Button
          variant="inline-link"
          loading={mark.isPending && mark.variables.kind === 'all'}
          disabled={notifications.unreadCount === 0}
          onClick={() => mark.mutate({ kind: 'all' })}
        >
          {t('markAll')}
        </Button>
      </div>
      <StatusIndicator type={LIVE_INDICATORS[live]}>{t(`live.${live}`)}</StatusIndicator>
      <ProblemAlert error={mark.error} />
      <QueryBoundary
        query={notifications}
        label={t('loading')}
        empty={<EmptyState title={status === 'all' ? t('emptyAll') : t('emptyUnread')} />}
      >
        {({ items }) => (
          <SpaceBetween size="m">
            <ul className="notification-panel__list" aria-label={t('title')}>
              {items.map((notification) => (
                <NotificationCard
                  key={notification.notificationId}
                  notification={notification}
                  onNavigate={onNavigate}
                  onDecide={onDecide}
                  onMark={(read) =>
                    mark.mutate({ kind: 'one', notificationId: notification.notificationId, read })
                  }
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
