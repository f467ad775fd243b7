import type { DateRangePickerProps } from '@cloudscape-design/components/date-range-picker';
import { isRangeUnit, type RangeUnit, type TimeRange } from './filters';

export const RANGE_UNITS: RangeUnit[] = ['minute', 'hour', 'day', 'week'];
export const MAX_AMOUNT = 9_999;

/** The ranges that the picker suggests. */
export const SUGGESTED_RANGES: DateRangePickerProps.RelativeOption[] = (
  [
    [1, 'hour'],
    [24, 'hour'],
    [7, 'day'],
    [30, 'day'],
    [52, 'week'],
  ] as const
).map(([amount, unit]) => ({ key: `${amount}${unit}`, type: 'relative', amount, unit }));

/** Return the value of a date range picker. A range without a start or an end gets the first or the current day. */
export function toPickerValue(range: TimeRange | null, now: Date): DateRangePickerProps.Value | null {
  if (!range) return null;
  if (range.kind === 'last') {
    const { amount, unit } = range;
    return { type: 'relative', key: `${amount}${unit}`, amount, unit };
  }
  return {
    type: 'absolute',
    startDate: range.from || '1970-01-01',
    endDate: range.to || toDay(now),
  };
}

/** Return the time range for the value of a date range picker. */
export function fromPickerValue(value: DateRangePickerProps.Value | null): TimeRange | null {
  if (!value) return null;
  if (value.type === 'absolute') return { kind: 'days', from: value.startDate, to: value.endDate };
  return isRangeUnit(value.unit) ? { kind: 'last', amount: value.amount, unit: value.unit } : null;
}

export type RangeProblem = 'incomplete' | 'reversed' | 'amount';

/** Return what is wrong with the value of a date range picker, or null. */
export function findRangeProblem(value: DateRangePickerProps.Value | null): RangeProblem | null {
  if (!value) return null;
  if (value.type === 'relative') {
    const isAmount = Number.isInteger(value.amount) && value.amount >= 1 && value.amount <= MAX_AMOUNT;
    return isAmount && isRangeUnit(value.unit) ? null : 'amount';
  }
  if (!value.startDate || !value.endDate) return 'incomplete';
  return value.startDate > value.endDate ? 'reversed' : null;
}

/** Return the day of a time in the time zone of the browser, as YYYY-MM-DD. */
function toDay(time: Date): string {
  const pad = (part: number) => String(part).padStart(2, '0');
  return `${time.getFullYear()}-${pad(time.getMonth() + 1)}-${pad(time.getDate())}`;
}
