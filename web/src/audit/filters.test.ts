import { describe, expect, it } from 'vitest';
import { NO_FILTERS, parseFilters, toQuery, toSearchParams } from './filters';

describe('the audit filters in the URL', () => {
  it('are read as they were written', () => {
    const filters = {
      ...NO_FILTERS,
      text: 'too expensive',
      outcome: 'REJECTED',
      from: '2026-01-31',
    };
    expect(parseFilters(toSearchParams(filters))).toEqual(filters);
  });

  it('do not contain empty filters', () => {
    expect(toSearchParams({ ...NO_FILTERS, scheme: 'purchase' }).toString()).toBe('scheme=purchase');
  });

  it('can have action types and outcomes that the console does not know', () => {
    const filters = parseFilters(new URLSearchParams('actionType=DELEGATE&outcome=EXPIRED'));
    expect(filters).toEqual({ ...NO_FILTERS, actionType: 'DELEGATE', outcome: 'EXPIRED' });
  });

  it('ignore unknown parameters and invalid days', () => {
    expect(parseFilters(new URLSearchParams('from=yesterday&other=1'))).toEqual(NO_FILTERS);
  });
});

describe('the API query for the filters', () => {
  it('covers whole days in the time zone of the browser, including the last day', () => {
    const query = toQuery({ ...NO_FILTERS, from: '2026-03-01', to: '2026-03-01' });
    const duration = Date.parse(query.to ?? '') - Date.parse(query.from ?? '');
    expect(new Date(query.from ?? '').getHours()).toBe(0);
    expect(duration).toBe(24 * 3_600_000 - 1);
  });

  it('does not contain empty filters', () => {
    expect(Object.values(toQuery(NO_FILTERS)).every((value) => value === undefined)).toBe(true);
  });
});
