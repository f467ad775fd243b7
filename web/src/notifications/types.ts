import type { Notification, NotificationPage } from '../api/types';

/** Who made a request for approval obsolete, and how. */
export interface Resolution {
  actionType: string;
  by: { type: string; id: string; name: string | null; erased?: boolean };
  at: string;
}

/** `resolution` is null or missing while the request waits. Only newer versions of the service send it. */
export type ListedNotification = Notification & { resolution?: Resolution | null };

export type ListedNotificationPage = Omit<NotificationPage, 'items'> & { items: ListedNotification[] };

/** Whether the notification asks for a decision that nobody has made yet. */
export const isWaiting = ({ type, resolution, contentErased }: ListedNotification): boolean =>
  type === 'APPROVAL_REQUESTED' && !resolution && !contentErased;
