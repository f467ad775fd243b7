import { describe, expect, it } from 'vitest';
import { findChanges, formatPath } from './changes';

describe('the changes between two versions of data', () => {
  it('name what was added, removed and changed, also within nested values', () => {
    const before = { amount: 12, note: 'a', lines: [{ price: 1 }, { price: 2 }] };
    const after = { amount: 13, due: '2026-01-31', lines: [{ price: 1 }, { price: 3 }, { price: 4 }] };
    const changes = findChanges(before, after).map(({ path, ...change }) => [formatPath(path), change]);
    expect(Object.fromEntries(changes)).toEqual({
      amount: { kind: 'changed', before: 12, after: 13 },
      note: { kind: 'removed', before: 'a' },
      due: { kind: 'added', after: '2026-01-31' },
      'lines › #2 › price': { kind: 'changed', before: 2, after: 3 },
      'lines › #3': { kind: 'added', after: { price: 4 } },
    });
  });

  it('are empty for the same data, in any order', () => {
    expect(findChanges({ a: 1, b: [null, true] }, { b: [null, true], a: 1 })).toEqual([]);
  });

  it('have a value that became another type, or null', () => {
    expect(findChanges({ a: 1, b: { c: 1 } }, { a: '1', b: null })).toEqual([
      { kind: 'changed', path: ['a'], before: 1, after: '1' },
      { kind: 'changed', path: ['b'], before: { c: 1 }, after: null },
    ]);
  });
});
