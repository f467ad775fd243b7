import type { Notification } from '../api/types';

/** What a notification says in its first line. */
export const NOTIFICATION_TITLES: Record<Notification['type'], string> = {
  APPROVAL_REQUESTED: 'Approval requested',
  APPROVED: 'Request approved',
  REJECTED: 'Request rejected',
};

export const FLASH_TYPES = { APPROVAL_REQUESTED: 'info', APPROVED: 'success', REJECTED: 'warning' } as const;

/** Who did what to which workflow, in one sentence. */
export function describeNotification({ type, actionOwner, title, round }: Notification): string {
  const who = actionOwner.name || 'Somebody';
  const again = round > 1 ? ` (round ${round})` : '';
  switch (type) {
    case 'APPROVAL_REQUESTED':
      return `${who} asks you to approve “${title}”${again}.`;
    case 'APPROVED':
      return `${who} approved “${title}”.`;
    case 'REJECTED':
      return `${who} rejected “${title}”.`;
  }
}

/** The bell's name for a screen reader. */
export const bellLabel = (unread: number): string =>
  unread === 0 ? 'Notifications, none unread' : `Notifications, ${unread} unread`;
