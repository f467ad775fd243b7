import type { Notification } from '../api/types';

/** Who made a request for approval obsolete, and how. */
export interface Resolution {
  actionType: string;
  /** The name is empty or null if it isn't known, such as after an erasure. */
  by: { type: string; id: string; name: string | null; erased?: boolean };
  at: string;
}

/** `resolution` is null while the request waits. Earlier versions of the service don't send it. */
export type ListedNotification = Omit<Notification, 'resolution'> & { resolution?: Resolution | null };

export interface ListedNotificationPage {
  items: ListedNotification[];
  cursor: string | null;
  /** On all pages. */
  unreadCount: number;
}

/** Whether the notification asks for a decision that is still open. */
export const isWaiting = ({ type, resolution, contentErased }: ListedNotification): boolean =>
  type === 'APPROVAL_REQUESTED' && !resolution && !contentErased;
