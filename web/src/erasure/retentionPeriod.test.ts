import { describe, expect, it } from 'vitest';
import { formatDays, parseDays, retentionRows } from './retentionPeriod';

describe('a retention period', () => {
  it('names whole years', () => {
    expect(formatDays(2_555)).toBe('2,555 days (7 years)');
    expect(formatDays(365)).toBe('365 days (1 year)');
    expect(formatDays(30)).toBe('30 days');
    expect(formatDays(1)).toBe('1 day');
  });

  it.each([
    ['1', 1],
    [' 36500 ', 36_500],
    ['0', null],
    ['36501', null],
    ['1.5', null],
    ['-1', null],
    ['1e3', null],
    ['', null],
  ])('reads %j as %j', (text, days) => {
    expect(parseDays(text)).toBe(days);
  });
});

describe('the retention periods', () => {
  it('have a row for each scheme, and for periods of schemes that no longer exist', () => {
    const policy = { days: 30, by: 'u-admin', at: '2026-01-02T03:04:05Z' };
    const retention = {
      defaultDays: 2_555,
      schemes: [
        { ...policy, scheme: 'travel' },
        { ...policy, scheme: 'gone' },
      ],
    };
    const schemes = [
      { schemeId: 'purchase', name: 'Purchase order' },
      { schemeId: 'travel', name: 'Travel' },
    ];
    expect(retentionRows(retention, schemes)).toEqual([
      { scheme: 'purchase', name: 'Purchase order', days: 2_555, isDefault: true, changed: undefined },
      {
        scheme: 'travel',
        name: 'Travel',
        days: 30,
        isDefault: false,
        changed: { by: policy.by, at: policy.at },
      },
      {
        scheme: 'gone',
        name: 'gone',
        days: 30,
        isDefault: false,
        changed: { by: policy.by, at: policy.at },
      },
    ]);
  });
});
