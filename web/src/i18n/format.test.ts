import { beforeEach, describe, expect, it } from 'vitest';
import { changeLanguage } from '.';
import { formatDate, formatExactTime, formatNumber, formatRelativeTime } from './format';

const NOW = new Date('2026-01-10T12:00:00Z');
const timeAgo = (seconds: number) => formatRelativeTime(new Date(NOW.getTime() - seconds * 1000), NOW);

beforeEach(async () => {
  await changeLanguage('en');
});

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

  it('follows the language', async () => {
    await changeLanguage('de');
    expect(timeAgo(61)).toBe('vor 1 Minute');
    expect(timeAgo(1)).toBe('gerade eben');
  });
});

describe('times and numbers', () => {
  it('follow the language', async () => {
    expect(formatNumber(1234.5)).toBe('1,234.5');
    await changeLanguage('de');
    expect(formatNumber(1234.5)).toBe('1.234,5');
    expect(formatDate(NOW)).toContain('10.01.2026');
  });

  it('show seconds and the time zone in audit records', () => {
    expect(formatExactTime('2026-01-10T12:00:07Z')).toMatch(/:07.*(UTC|GMT)/);
  });

  it('show a text that is no time as it is', () => {
    expect(formatDate('yesterday')).toBe('yesterday');
  });
});
