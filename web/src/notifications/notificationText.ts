import type { FlashbarProps } from '@cloudscape-design/components/flashbar';
import type { Notification } from '../api/types';

type KnownType = Notification['type'];

interface NotificationText {
  title: string;
  flashType: FlashbarProps.Type;
  /** What the action owner did, as the verb of a sentence. */
  verb: string;
}

const TEXTS: Record<KnownType, NotificationText> = {
  APPROVAL_REQUESTED: { title: 'Approval requested', flashType: 'info', verb: 'asks you to approve' },
  APPROVED: { title: 'Request approved', flashType: 'success', verb: 'approved' },
  REJECTED: { title: 'Request rejected', flashType: 'warning', verb: 'rejected' },
};

// The service can have more notification types than this version of the console.
const OTHER_TEXT: NotificationText = { title: 'Workflow updated', flashType: 'info', verb: 'updated' };

const textFor = (type: string): NotificationText =>
  Object.hasOwn(TEXTS, type) ? TEXTS[type as KnownType] : OTHER_TEXT;

export const notificationTitle = ({ type }: Notification): string => textFor(type).title;

export const notificationFlashType = ({ type }: Notification): FlashbarProps.Type => textFor(type).flashType;

/** Describe a notification in one sentence, for example: Ada approved “Laptops”. */
export function describeNotification(notification: Notification): string {
  const { type, actionOwner, title, round, contentErased } = notification;
  const { verb } = textFor(type);
  const who = actionOwner.erased ? 'An erased user' : actionOwner.name || 'Someone';
  const what = contentErased ? 'an erased request' : `“${title}”`;
  const roundNote = type === 'APPROVAL_REQUESTED' && round > 1 ? ` (round ${round})` : '';
  return `${who} ${verb} ${what}${roundNote}.`;
}

/** The ID of the message about the newest notification of a workflow. */
export const toastId = (workflowId: string): string => `notification-${workflowId}`;

/** The label of the bell for screen readers. */
export const bellLabel = (unread: number): string =>
  unread === 0 ? 'Notifications, none unread' : `Notifications, ${unread} unread`;
