import { describe, expect, it } from 'vitest';
import { SeenNotifications } from './seenNotifications';

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
