import { describe, expect, it } from 'vitest';
import { SeenNotifications, parseNotification } from './seenNotifications';

describe('arriving notifications', () => {
  it('are new once', () => {
    const arrivals = new SeenNotifications();
    expect(arrivals.admit('n-1')).toBe(true);
    expect(arrivals.admit('n-1')).toBe(false);
    expect(arrivals.admit('n-2')).toBe(true);
  });

  it('are remembered in a bounded number, the newest longest', () => {
    const arrivals = new SeenNotifications();
    for (let n = 0; n <= 2_000; n += 1) arrivals.admit(`n-${n}`);
    expect(arrivals.admit('n-2000')).toBe(false);
    expect(arrivals.admit('n-1')).toBe(false);
    expect(arrivals.admit('n-0')).toBe(true);
  });
});

describe('the MQTT payload', () => {
  it('is an envelope around the notification', () => {
    const payload = JSON.stringify({ notificationId: 'n-1', notification: { title: 'Laptops' } });
    expect(parseNotification(payload)).toEqual({ notificationId: 'n-1', title: 'Laptops' });
  });

  it.each([
    '',
    'no json',
    'null',
    '[]',
    '{"notificationId":1,"notification":{}}',
    '{"notificationId":"n-1"}',
  ])('is ignored when it is anything else: %j', (payload) => expect(parseNotification(payload)).toBeNull());
});
