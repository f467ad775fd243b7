import { describe, expect, it, vi } from 'vitest';
import {
  addNotification,
  announceReadChange,
  applyReadChange,
  onReadChange,
  resolveNotifications,
  type NotificationPages,
  type ReadChange,
} from './readState';
import type { ListedNotification } from './types';

const notification = (id: string, read: boolean, workflowId = `w-${id}`) =>
  ({ notificationId: id, workflowId, read }) as ListedNotification;

const pages = (...items: ListedNotification[]): NotificationPages => ({
  pageParams: [undefined],
  pages: [{ items, unreadCount: items.filter(({ read }) => !read).length, cursor: null }],
});
const two = () => pages(notification('n-1', false), notification('n-2', true));

const unreadCount = (data: NotificationPages) => data.pages[0]?.unreadCount;
const one = (notificationId: string, read: boolean): ReadChange => ({ kind: 'one', notificationId, read });

describe('marking a notification', () => {
  it('as read lowers the unread count, once', () => {
    const marked = applyReadChange(two(), one('n-1', true));
    expect(marked.pages[0]?.items[0]?.read).toBe(true);
    expect(unreadCount(marked)).toBe(0);
    expect(applyReadChange(marked, one('n-1', true))).toEqual(marked);
  });

  it('as unread raises the unread count', () => {
    expect(unreadCount(applyReadChange(two(), one('n-2', false)))).toBe(2);
  });

  it('that is on no page does not change the unread count', () => {
    expect(unreadCount(applyReadChange(two(), one('n-9', true)))).toBe(1);
  });

  it('of a workflow marks the others of it, too', () => {
    const data = pages(
      notification('n-1', false, 'w'),
      notification('n-2', false, 'w'),
      notification('n-3', false, 'v'),
    );
    const marked = applyReadChange(data, { kind: 'workflow', workflowId: 'w' });
    expect(marked.pages[0]?.items.map(({ read }) => read)).toEqual([true, true, false]);
    expect(unreadCount(marked)).toBe(1);
  });

  it('and all others leaves none, even those that are on no page', () => {
    const data = two();
    const [page] = data.pages;
    if (page) page.unreadCount = 200;
    expect(unreadCount(applyReadChange(data, { kind: 'all' }))).toBe(0);
  });
});

it('a new notification is added at the top, once', () => {
  const added = addNotification(two(), notification('n-3', false));
  expect(added.pages[0]?.items.map(({ notificationId }) => notificationId)).toEqual(['n-3', 'n-1', 'n-2']);
  expect(unreadCount(added)).toBe(2);
  expect(addNotification(added, notification('n-3', false))).toEqual(added);
});

it('a resolved request counts as read', () => {
  const resolution = {
    actionType: 'APPROVE',
    by: { type: 'user', id: 'u', name: 'Bo' },
    at: '2026-01-10T09:00:00Z',
  };
  const resolved = resolveNotifications(two(), ({ notificationId }) =>
    notificationId === 'n-1' ? resolution : undefined,
  );
  expect(resolved.pages[0]?.items[0]).toMatchObject({ read: true, resolution });
  expect(unreadCount(resolved)).toBe(0);
});

describe('the other tabs', () => {
  it('of the same user get what was marked, and nothing else', async () => {
    const received = vi.fn<(change: ReadChange) => void>();
    const stops = [onReadChange('u-1', received), onReadChange('u-2', () => expect.unreachable())];
    const channel = new BroadcastChannel('countersign.notifications.u-1');
    channel.postMessage({ kind: 'one', notificationId: 7 });
    channel.postMessage('reload');
    channel.close();
    announceReadChange('u-1', one('n-1', true));
    await vi.waitFor(() => expect(received).toHaveBeenCalledWith(one('n-1', true)));
    expect(received).toHaveBeenCalledOnce();
    stops.forEach((stop) => stop());
  });
});
