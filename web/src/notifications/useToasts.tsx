import Button from '@cloudscape-design/components/button';
import { useCallback, useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { useFlashes } from '../components/FlashProvider';
import {
  describeNotification,
  MISSED_TOAST,
  notificationFlashType,
  notificationTitle,
  toastId,
} from './notificationText';
import { useNotifications } from './queries';
import type { ListedNotification } from './types';

/** How long a message about the workflow on the page stays (ms). */
const SHORT_MS = 8_000;

interface Options {
  /** The workflow that the page shows. A message about it disappears by itself. */
  openWorkflowId: string | undefined;
  /** Called when the user wants to see the notifications. */
  onShowAll: () => void;
}

/**
 * Return functions that show notifications as messages.
 *
 * A message replaces the previous one about the same workflow, and disappears when its notification is read: in this tab or
 * in another one, or because someone else has decided.
 */
export function useToasts({ openWorkflowId, onShowAll }: Options) {
  const { t } = useTranslation('notifications');
  const { show, dismiss } = useFlashes();
  // Fetched by useLiveUpdates.
  const { data } = useNotifications('all', false);
  const newest = useRef(new Map<string, number>());
  /** The notifications whose messages disappear when they are read, and their workflows. */
  const shown = useRef(new Map<string, string>());

  const showNotification = useCallback(
    (notification: ListedNotification) => {
      const { notificationId, workflowId, sequence } = notification;
      // Notifications can arrive out of order.
      if (sequence < (newest.current.get(workflowId) ?? 0)) return;
      newest.current.set(workflowId, sequence);
      const id = toastId(workflowId);
      for (const [earlier, earlierWorkflow] of shown.current) {
        if (earlierWorkflow === workflowId) shown.current.delete(earlier);
      }
      show({
        id,
        type: notificationFlashType(notification),
        ariaRole: 'status',
        header: notificationTitle(notification),
        content: describeNotification(notification),
        action:
          workflowId === openWorkflowId ? undefined : (
            <Button href={`#/workflows/${workflowId}`} onClick={() => dismiss(id)}>
              {t('viewWorkflow')}
            </Button>
          ),
      });
      if (workflowId === openWorkflowId) setTimeout(() => dismiss(id), SHORT_MS);
      else shown.current.set(notificationId, workflowId);
    },
    [show, dismiss, openWorkflowId, t],
  );

  const showMissed = useCallback(
    (count: number) => {
      show({
        id: MISSED_TOAST,
        type: 'info',
        ariaRole: 'status',
        content: t('missed', { count }),
        action: (
          <Button
            onClick={() => {
              dismiss(MISSED_TOAST);
              onShowAll();
            }}
          >
            {t('show')}
          </Button>
        ),
      });
    },
    [show, dismiss, onShowAll, t],
  );

  useEffect(() => {
    for (const { notificationId, workflowId, read } of data?.items ?? []) {
      if (read && shown.current.delete(notificationId)) dismiss(toastId(workflowId));
    }
  }, [data, dismiss]);

  return { showNotification, showMissed };
}
