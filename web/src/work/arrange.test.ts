import { expect, it } from 'vitest';
import type { WorkflowSummary } from '../api/types';
import { arrange, neighborOf } from './arrange';
import { DEFAULT_SORT, type Sort } from './workUrl';

const workflow = (title: string, name: string, value: string) =>
  ({
    workflowId: title,
    title,
    requester: { userId: name, name },
    status: 'PENDING',
    preview: [{ name: 'cost center', value }],
  }) as WorkflowSummary;
const ITEMS = [
  workflow('Item 10', 'Zoe', 'R&D'),
  workflow('Item 9', 'Ädam', 'Sales'),
  workflow('item 1', 'Bo', 'R&D'),
];

const titles = (filter: string, sort: Sort = DEFAULT_SORT) =>
  arrange(ITEMS, filter, sort).map(({ title }) => title);

it('the filter finds all words in title, requester, and data', () => {
  expect(titles('')).toEqual(['Item 10', 'Item 9', 'item 1']);
  expect(titles('  r&D ITEM ')).toEqual(['Item 10', 'item 1']);
  expect(titles('r&d zoe')).toEqual(['Item 10']);
  expect(titles('cost zoe bo')).toEqual([]);
});

it('texts are sorted by the rules of the language, and numbers by their value', () => {
  expect(titles('', { field: 'title', isDescending: false })).toEqual(['item 1', 'Item 9', 'Item 10']);
  expect(titles('', { field: 'title', isDescending: true })).toEqual(['Item 10', 'Item 9', 'item 1']);
  expect(titles('', { field: 'requester', isDescending: false })).toEqual(['Item 9', 'item 1', 'Item 10']);
});

it('the oldest first is the reverse of the order of the service', () => {
  expect(titles('', { field: 'updated', isDescending: false })).toEqual(['item 1', 'Item 9', 'Item 10']);
});

it('after a decision, the next workflow is selected, else the previous one', () => {
  expect(neighborOf(ITEMS, 'Item 10')).toBe('Item 9');
  expect(neighborOf(ITEMS, 'item 1')).toBe('Item 9');
  expect(neighborOf(ITEMS, 'other')).toBeUndefined();
  expect(neighborOf(ITEMS.slice(0, 1), 'Item 10')).toBeUndefined();
});
