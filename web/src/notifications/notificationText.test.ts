import { describe, expect, it } from 'vitest';
import type { Notification } from '../api/types';
import {
  bellLabel,
  describeNotification,
  notificationFlashType,
  notificationTitle,
} from './notificationText';

const notification = (fields: { type: string; round?: number; name?: string }) =>
  ({
    title: 'Laptops',
    round: 1,
    ...fields,
    actionOwner: { type: 'user', id: 'u-1', name: fields.name ?? 'Rana' },
  }) as unknown as Notification;

describe('the text of a notification', () => {
  it('says who did what', () => {
    expect(describeNotification(notification({ type: 'APPROVAL_REQUESTED' }))).toBe(
      'Rana asks you to approve “Laptops”.',
    );
    expect(describeNotification(notification({ type: 'APPROVAL_REQUESTED', round: 2 }))).toContain(
      '(round 2)',
    );
    expect(describeNotification(notification({ type: 'REJECTED' }))).toBe('Rana rejected “Laptops”.');
  });

  it('does not need the name of the action owner', () => {
    expect(describeNotification(notification({ type: 'APPROVED', name: '' }))).toBe(
      'Someone approved “Laptops”.',
    );
  });

  it('says what was erased', () => {
    const approved = notification({ type: 'APPROVED', name: '' });
    const erased = {
      ...approved,
      title: '',
      contentErased: true,
      actionOwner: { ...approved.actionOwner, erased: true },
    };
    expect(describeNotification(erased)).toBe('An erased user approved an erased request.');
    expect(describeNotification({ ...erased, title: 'Laptops', contentErased: undefined })).toBe(
      'An erased user approved “Laptops”.',
    );
  });

  it('exists for types that the console does not know', () => {
    const unknown = notification({ type: 'ESCALATED' });
    expect(notificationTitle(unknown)).toBe('Workflow updated');
    expect(notificationFlashType(unknown)).toBe('info');
    expect(describeNotification(unknown)).toBe('Rana updated “Laptops”.');
  });
});

it('the bell says how many notifications are unread', () => {
  expect(bellLabel(0)).toBe('Notifications, none unread');
  expect(bellLabel(3)).toBe('Notifications, 3 unread');
});
