import { expect, it } from 'vitest';
import { findChanges } from './findChanges';

it('finds what was added, removed, and changed, also in nested values', () => {
  const before = { amount: 12.5, items: [{ price: 1 }, { price: 2 }], note: 'old', 'a.b': true };
  const after = { amount: 13, items: [{ price: 1 }, { price: 3 }], to: { city: 'Basel' }, 'a.b': false };
  expect(findChanges(before, after)).toEqual([
    { path: '["a.b"]', type: 'changed', before: 'true', after: 'false' },
    { path: 'amount', type: 'changed', before: '12.5', after: '13' },
    { path: 'items[1].price', type: 'changed', before: '2', after: '3' },
    { path: 'note', type: 'removed', before: 'old', after: null },
    { path: 'to', type: 'added', before: null, after: '{\n  "city": "Basel"\n}' },
  ]);
});

it('tells an empty text and null from a value that is not there', () => {
  expect(findChanges({ note: '' }, { note: null, other: '' })).toEqual([
    { path: 'note', type: 'changed', before: '""', after: 'null' },
    { path: 'other', type: 'added', before: null, after: '""' },
  ]);
});

it('finds nothing in equal objects', () => {
  expect(findChanges({ items: [1, { a: null }] }, { items: [1, { a: null }] })).toEqual([]);
});
