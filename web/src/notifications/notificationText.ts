import type { FlashbarProps } from '@cloudscape-design/components/flashbar';
import i18next from 'i18next';
import type { Notification } from '../api/types';
import { formatRelativeTime } from '../i18n/format';
import en from './messages/en';
import type { ListedNotification, Resolution } from './types';

type KnownType = Notification['type'];

const FLASH_TYPES: Record<KnownType, FlashbarProps.Type> = {
  APPROVAL_REQUESTED: 'info',
  APPROVED: 'success',
  REJECTED: 'warning',
};

// The service can have more notification types and action types than this version of the console.
const isKnown = (type: string): type is KnownType => Object.hasOwn(FLASH_TYPES, type);
const isKnownResolution = (type: string): type is keyof typeof en.resolved =>
  Object.hasOwn(en.resolved, type);

export const notificationTitle = ({ type }: ListedNotification): string =>
  i18next.t(`notifications:types.${isKnown(type) ? type : 'other'}`);

export const notificationFlashType = ({ type }: ListedNotification): FlashbarProps.Type =>
  isKnown(type) ? FLASH_TYPES[type] : 'info';

/** Describe a notification in one sentence, for example: Ada approved “Laptops”. */
export function describeNotification(notification: ListedNotification): string {
  const { type, actionOwner, title, round, contentErased } = notification;
  const who = actionOwner.erased
    ? i18next.t('notifications:erasedUser')
    : actionOwner.name || i18next.t('notifications:someone');
  const what = contentErased
    ? i18next.t('notifications:erasedRequest')
    : i18next.t('notifications:quoted', { title });
  if (type === 'APPROVAL_REQUESTED' && round > 1) {
    return i18next.t('notifications:sentences.APPROVAL_REQUESTED_again', { who, what, round });
  }
  return i18next.t(`notifications:sentences.${isKnown(type) ? type : 'other'}`, { who, what });
}

/** Say who made a request for approval obsolete, for example: Bo approved it 5 minutes ago. */
export function describeResolution({ actionType, by, at }: Resolution, userId: string): string {
  const name = by.erased
    ? i18next.t('notifications:erasedUser')
    : by.name || i18next.t('notifications:someone');
  const who = by.id === userId ? i18next.t('notifications:you') : name;
  const key = isKnownResolution(actionType) ? actionType : 'other';
  return i18next.t(`notifications:resolved.${key}`, { who, when: formatRelativeTime(at) });
}

/** The ID of the message about the newest notification of a workflow. */
export const toastId = (workflowId: string): string => `notification-${workflowId}`;

/** The ID of the message about what was missed while there was no live connection. */
export const MISSED_TOAST = 'missed-notifications';

/** The label of the bell for screen readers. */
export const bellLabel = (unread: number): string => i18next.t('notifications:bell', { count: unread });
