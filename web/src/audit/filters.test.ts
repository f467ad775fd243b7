import { describe, expect, it } from 'vitest';
import { parseFilters, NO_FILTERS, toSearchParams, toQuery } from './filters';

describe('the audit filters in the address', () => {
  it('come back as they were put there', () => {
    const filters = { ...NO_FILTERS, text: 'too dear', outcome: 'REJECTED' as const, from: '2026-01-31' };
    expect(parseFilters(toSearchParams(filters))).toEqual(filters);
  });

  it('leave out what is empty', () => {
    expect(toSearchParams({ ...NO_FILTERS, scheme: 'purchase' }).toString()).toBe('scheme=purchase');
  });

  it('ignore values that do not exist', () => {
    const params = new URLSearchParams('actionType=DELETE&outcome=LOST&from=yesterday&other=1');
    expect(parseFilters(params)).toEqual(NO_FILTERS);
  });
});

describe('the query of the filters', () => {
  it('spans whole local days, the last one included', () => {
    const query = toQuery({ ...NO_FILTERS, from: '2026-03-01', to: '2026-03-01' });
    const span = Date.parse(query.to ?? '') - Date.parse(query.from ?? '');
    expect(new Date(query.from ?? '').getHours()).toBe(0);
    expect(span).toBe(24 * 3_600_000 - 1);
  });

  it('asks for nothing that was not filled in', () => {
    expect(Object.values(toQuery(NO_FILTERS)).every((value) => value === undefined)).toBe(true);
  });
});
