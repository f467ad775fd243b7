import { describe, expect, it } from 'vitest';
import { findRangeProblem, fromPickerValue, toPickerValue } from './timeRange';

const NOW = new Date(2026, 2, 2, 12);

describe('the value of the date range picker', () => {
  it.each([
    null,
    { kind: 'last', amount: 24, unit: 'hour' },
    { kind: 'days', from: '2026-01-31', to: '2026-02-01' },
  ] as const)('is read as it was shown: %j', (range) => {
    expect(fromPickerValue(toPickerValue(range, NOW))).toEqual(range);
  });

  it('has both days, also if the range is open', () => {
    const days = (from: string, to: string) => toPickerValue({ kind: 'days', from, to }, NOW);
    expect(days('2026-01-31', '')).toMatchObject({ startDate: '2026-01-31', endDate: '2026-03-02' });
    expect(days('', '2026-01-31')).toMatchObject({ startDate: '1970-01-01', endDate: '2026-01-31' });
  });

  it.each([
    [{ type: 'absolute', startDate: '2026-01-31', endDate: '' }, 'incomplete'],
    [{ type: 'absolute', startDate: '2026-01-31', endDate: '2026-01-30' }, 'reversed'],
    [{ type: 'absolute', startDate: '2026-01-31', endDate: '2026-01-31' }, null],
    [{ type: 'relative', amount: 0, unit: 'day' }, 'amount'],
    [{ type: 'relative', amount: NaN, unit: 'day' }, 'amount'],
    [{ type: 'relative', amount: 10_000, unit: 'day' }, 'amount'],
    [{ type: 'relative', amount: 7, unit: 'day' }, null],
  ] as const)('is checked: %j', (value, problem) => {
    expect(findRangeProblem(value)).toBe(problem);
  });
});
