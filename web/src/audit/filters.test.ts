import { describe, expect, it } from 'vitest';
import { NO_FILTERS, parseFilters, toQuery, toSearchParams } from './filters';

const NOW = new Date('2026-03-02T12:00:00Z');

describe('the audit filters in the URL', () => {
  it.each([
    {
      values: { text: 'too expensive', outcome: 'REJECTED' },
      range: { kind: 'days', from: '2026-01-31', to: '' },
    },
    { values: { actionOwner: 'u-1' }, range: { kind: 'last', amount: 7, unit: 'day' } },
    NO_FILTERS,
  ] as const)('are read as they were written: %j', (filters) => {
    expect(parseFilters(toSearchParams(filters))).toEqual(filters);
  });

  it('can have action types and outcomes that the console does not know', () => {
    expect(parseFilters(new URLSearchParams('actionType=DELEGATE&outcome=EXPIRED')).values).toEqual({
      actionType: 'DELEGATE',
      outcome: 'EXPIRED',
    });
  });

  it.each([
    'from=yesterday&other=1',
    'from=2026-13-45',
    'last=0day',
    'last=5years',
    'scheme=%20',
    'workflowId=w-1',
  ])('ignore unknown parameters and invalid values: %s', (params) => {
    expect(parseFilters(new URLSearchParams(params))).toEqual(NO_FILTERS);
  });
});

describe('the API query for the filters', () => {
  it('covers whole days in the time zone of the browser, including the last day', () => {
    const range = { kind: 'days', from: '2026-03-01', to: '2026-03-01' } as const;
    const query = toQuery({ values: {}, range }, NOW);
    const duration = Date.parse(query.to ?? '') - Date.parse(query.from ?? '');
    expect(new Date(query.from ?? '').getHours()).toBe(0);
    expect(duration).toBe(24 * 3_600_000 - 1);
  });

  it('begins a relative range before now and leaves its end open', () => {
    const range = { kind: 'last', amount: 2, unit: 'hour' } as const;
    expect(toQuery({ values: {}, range }, NOW)).toEqual({ from: '2026-03-02T10:00:00.000Z' });
  });

  it('has no empty filters', () => {
    expect(toQuery(NO_FILTERS, NOW)).toEqual({});
  });
});
