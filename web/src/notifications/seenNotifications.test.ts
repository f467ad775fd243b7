import { describe, expect, it } from 'vitest';
import { parseNotification, SeenNotifications } from './seenNotifications';

describe('the seen notifications', () => {
  it('accept an ID once', () => {
    const seen = new SeenNotifications();
    expect(seen.add('n-1')).toBe(true);
    expect(seen.add('n-1')).toBe(false);
    expect(seen.add('n-2')).toBe(true);
  });

  it('are limited to the newest 2,000', () => {
    const seen = new SeenNotifications();
    for (let n = 0; n <= 2_000; n += 1) seen.add(`n-${n}`);
    expect(seen.add('n-2000')).toBe(false);
    expect(seen.add('n-1')).toBe(false);
    expect(seen.add('n-0')).toBe(true);
  });
});

describe('an MQTT payload', () => {
  it('contains the notification and its ID', () => {
    const actionOwner = { type: 'user', id: 'u-1', name: 'Rana' };
    const payload = JSON.stringify({
      notificationId: 'n-1',
      notification: { title: 'Laptops', actionOwner },
    });
    expect(parseNotification(payload)).toEqual({ notificationId: 'n-1', title: 'Laptops', actionOwner });
  });

  it.each([
    '',
    'not JSON',
    'null',
    '[]',
    '{"notificationId":1,"notification":{}}',
    '{"messageType":"changed","workflowId":"w","version":2,"occurredAt":"2026-01-31T09:00:00.000Z"}',
    '{"notificationId":"n-1"}',
  ])('is ignored if it has another format: %j', (payload) => expect(parseNotification(payload)).toBeNull());
});
