import { describe, expect, it } from 'vitest';
import type { Notification } from '../api/types';
import { withRead, type NotificationPages } from './queries';
import { bellLabel, describeNotification } from './notificationText';

const notification = (id: string, read: boolean) => ({ notificationId: id, read }) as Notification;

const pages = (): NotificationPages => ({
  pageParams: [undefined],
  pages: [{ items: [notification('n-1', false), notification('n-2', true)], unreadCount: 1, cursor: null }],
});

describe('marking a notification', () => {
  it('shows it read and takes it off the count', () => {
    const [page] = withRead(pages(), 'n-1', true).pages;
    expect(page?.items[0]?.read).toBe(true);
    expect(page?.unreadCount).toBe(0);
  });

  it('counts it again when it is unread again', () => {
    expect(withRead(pages(), 'n-2', false).pages[0]?.unreadCount).toBe(2);
  });

  it('changes no count when nothing changes, or it is on no page', () => {
    expect(withRead(pages(), 'n-2', true).pages[0]?.unreadCount).toBe(1);
    expect(withRead(pages(), 'n-9', true).pages[0]?.unreadCount).toBe(1);
  });
});

describe('its words', () => {
  const base = { title: 'Laptops', round: 1, actionOwner: { userId: 'u', name: 'Rana' } } as Notification;

  it('say who did what', () => {
    expect(describeNotification({ ...base, type: 'APPROVAL_REQUESTED' })).toBe(
      'Rana asks you to approve “Laptops”.',
    );
    expect(describeNotification({ ...base, type: 'APPROVAL_REQUESTED', round: 2 })).toContain('(round 2)');
    expect(describeNotification({ ...base, type: 'REJECTED' })).toBe('Rana rejected “Laptops”.');
  });

  it('tell a screen reader how many are unread', () => {
    expect(bellLabel(0)).toBe('Notifications, none unread');
    expect(bellLabel(3)).toBe('Notifications, 3 unread');
  });
});
