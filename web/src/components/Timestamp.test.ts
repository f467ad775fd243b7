import { describe, expect, it } from 'vitest';
import { formatRelativeTime } from './Timestamp';

const NOW = new Date('2026-01-10T12:00:00Z');
const timeAgo = (seconds: number) => formatRelativeTime(new Date(NOW.getTime() - seconds * 1000), NOW);

describe('a relative time', () => {
  it('uses the largest unit that fits', () => {
    expect(timeAgo(59)).toBe('just now');
    expect(timeAgo(61)).toBe('1 minute ago');
    expect(timeAgo(2 * 3600 + 100)).toBe('2 hours ago');
    expect(timeAgo(86_400)).toBe('yesterday');
  });

  it('is a date after a week', () => {
    expect(timeAgo(7 * 86_400)).toContain('2026');
  });
});
