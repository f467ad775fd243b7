import { describe, expect, it } from 'vitest';
import type { Notification } from '../api/types';
import { markInPages, type NotificationPages } from './queries';

const notification = (id: string, read: boolean) => ({ notificationId: id, read }) as Notification;

const pages = (): NotificationPages => ({
  pageParams: [undefined],
  pages: [{ items: [notification('n-1', false), notification('n-2', true)], unreadCount: 1, cursor: null }],
});

describe('marking a notification', () => {
  it('as read lowers the unread count', () => {
    const [page] = markInPages(pages(), 'n-1', true).pages;
    expect(page?.items[0]?.read).toBe(true);
    expect(page?.unreadCount).toBe(0);
  });

  it('as unread raises the unread count', () => {
    expect(markInPages(pages(), 'n-2', false).pages[0]?.unreadCount).toBe(2);
  });

  it('does not change the unread count if nothing changes or the notification is on no page', () => {
    expect(markInPages(pages(), 'n-2', true).pages[0]?.unreadCount).toBe(1);
    expect(markInPages(pages(), 'n-9', true).pages[0]?.unreadCount).toBe(1);
  });
});
