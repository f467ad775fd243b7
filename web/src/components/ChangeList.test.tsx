// @vitest-environment jsdom
import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { describe, expect, it } from 'vitest';
import { accessibilityViolations } from '../testing/axe';
import { renderConsole } from '../testing/renderConsole';
import { ChangeList } from './ChangeList';
import { findChanges } from './changes';

describe('the changes between two versions', () => {
  it('name what was added, removed, and changed, also within nested values', () => {
    const before = { amount: 12, note: 'a', lines: [{ price: 1 }, { price: 2 }] };
    const after = { amount: 13, due: '2026-01-31', lines: [{ price: 1 }, { price: 3 }, { price: 4 }] };
    expect(findChanges(before, after)).toEqual([
      { kind: 'changed', path: 'amount', before: 12, after: 13 },
      { kind: 'removed', path: 'note', before: 'a' },
      { kind: 'changed', path: 'lines › #2 › price', before: 2, after: 3 },
      { kind: 'added', path: 'lines › #3', after: { price: 4 } },
      { kind: 'added', path: 'due', after: '2026-01-31' },
    ]);
  });

  it.each(['a.b', 'a[0]', 'a › b', 'say "a"', '#2', '', ' a'])(
    'quote the name %j, which looks like a path',
    (name) => {
      expect(findChanges({ [name]: 1 }, { [name]: 2 })).toMatchObject([{ path: JSON.stringify(name) }]);
    },
  );

  it('are empty for the same data, in any order', () => {
    expect(findChanges({ a: 1, b: [null, true] }, { b: [null, true], a: 1 })).toEqual([]);
  });

  it('have a value that became another type, or null', () => {
    expect(findChanges({ a: 1, b: { c: 1 } }, { a: '1', b: null })).toEqual([
      { kind: 'changed', path: 'a', before: 1, after: '1' },
      { kind: 'changed', path: 'b', before: { c: 1 }, after: null },
    ]);
  });

  it.each(['constructor', 'toString', '__proto__'])(
    'have a member with the name of an inherited one: %s',
    (name) => {
      const data = JSON.parse(`{ "data": { "${name}": "a" } }`) as Record<string, unknown>;
      expect(findChanges({ data: {} }, data)).toEqual([
        { kind: 'added', path: `data › ${name}`, after: 'a' },
      ]);
      expect(findChanges(data, { data: {} })).toEqual([
        { kind: 'removed', path: `data › ${name}`, before: 'a' },
      ]);
    },
  );
});

describe('the list of changes', () => {
  const list = async (before: Record<string, unknown>, after: Record<string, unknown>) => {
    const { container } = renderConsole(<ChangeList changes={findChanges(before, after)} label="Changes" />);
    await screen.findByRole('list', { name: 'Changes' });
    return container;
  };
  const items = () => screen.getAllByRole('listitem').map(({ textContent }) => textContent);

  it('shows the old value crossed out, and then the new one', async () => {
    const container = await list({ amount: 12, note: 'old' }, { amount: 9, due: 'May' });
    expect(items()).toEqual([
      'amount changedBefore:12After:9',
      'note removedBefore:old',
      'due addedAfter:May',
    ]);
    expect(within(screen.getAllByRole('deletion')[0] as HTMLElement).getByText('12')).toBeVisible();
    expect(await accessibilityViolations(container)).toEqual([]);
  });

  it.each([
    [1, '1', '1', '"1"'],
    [true, 'Yes', 'Yes', '"Yes"'],
    [null, 'null', 'null', '"null"'],
    [null, '', 'null', '""'],
    [[], '[]', '[]', '"[]"'],
    ['–', '', '–', '""'],
    ['a', 'a ', 'a', '"a "'],
    ['a', '1', 'a', '1'],
  ])('tells %j from %j', async (value, other, text, otherText) => {
    await list({ a: value, b: other }, { a: other, b: value });
    expect(items()).toEqual([
      `a changedBefore:${text}After:${otherText}`,
      `b changedBefore:${otherText}After:${text}`,
    ]);
  });

  it('shows an added empty text', async () => {
    await list({}, { note: '', amount: '1' });
    expect(items()).toEqual(['note addedAfter:""', 'amount addedAfter:1']);
  });

  it('shows 20 changes, and all on request', async () => {
    const data = Object.fromEntries(Array.from({ length: 21 }, (_, index) => [`field${index}`, index]));
    await list({}, data);
    expect(items()).toHaveLength(20);
    await userEvent.click(screen.getByRole('button', { name: 'Show all 21 changes' }));
    expect(items()).toHaveLength(21);
    expect(screen.queryByRole('button', { name: /^Show all/ })).not.toBeInTheDocument();
  });

  it('says that nothing changed', async () => {
    renderConsole(<ChangeList changes={[]} label="Changes" />);
    expect(await screen.findByText('Nothing changed')).toBeVisible();
  });
});
