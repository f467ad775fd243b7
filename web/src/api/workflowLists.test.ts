import { describe, expect, it } from 'vitest';
import type { Workflow } from './types';
import { placeInList, type WorkflowPages } from './workflowLists';

const workflow = (workflowId: string, fields: Partial<Workflow> = {}): Workflow =>
  ({
    workflowId,
    title: workflowId,
    status: 'PENDING',
    round: 1,
    stepId: 'manager',
    version: 1,
    requester: { userId: 'u-rana', name: 'Rana' },
    allowedActions: ['APPROVE', 'REJECT'],
    updatedAt: '2026-01-10T09:00:00Z',
    preview: [],
    decidedBy: [],
    data: { amount: 1 },
    ...fields,
  }) as unknown as Workflow;
const at = (minute: number) => ({ updatedAt: `2026-01-10T09:${String(minute).padStart(2, '0')}:00Z` });

const list = (pages: Workflow[][], cursor: string | null = null): WorkflowPages => ({
  pageParams: pages.map(() => undefined),
  pages: pages.map((items, index) => ({ items, cursor: index === pages.length - 1 ? cursor : 'next' })),
});
const ids = (data: WorkflowPages) => data.pages.map(({ items }) => items.map(({ workflowId }) => workflowId));
const place = (data: WorkflowPages, placed: Workflow, view: 'inbox' | 'mine' | 'decided' = 'inbox') =>
  placeInList(data, view, placed, 'u-ada');

const INBOX = () => list([[workflow('w-3', at(3)), workflow('w-2', at(2))], [workflow('w-1', at(1))]]);

describe('the inbox', () => {
  it('gets a new request in the order of time, without its data', () => {
    const data = place(INBOX(), workflow('w-new', at(4)));
    expect(ids(data)).toEqual([['w-new', 'w-3', 'w-2'], ['w-1']]);
    expect(data.pages[0]?.items[0]).not.toHaveProperty('data');
    expect(ids(place(INBOX(), workflow('w-new', { updatedAt: '2026-01-10T09:01:30Z' })))).toEqual([
      ['w-3', 'w-2'],
      ['w-new', 'w-1'],
    ]);
  });

  it('loses what no longer waits for the user', () => {
    expect(ids(place(INBOX(), workflow('w-2', { version: 2, allowedActions: [] })))).toEqual([
      ['w-3'],
      ['w-1'],
    ]);
    expect(ids(place(INBOX(), workflow('w-2', { version: 2, contentErased: true })))).toEqual([
      ['w-3'],
      ['w-1'],
    ]);
  });

  it('moves what has changed', () => {
    expect(ids(place(INBOX(), workflow('w-1', { version: 3, ...at(9) })))).toEqual([
      ['w-1', 'w-3', 'w-2'],
      [],
    ]);
  });

  it('ignores an older version than the one it has', () => {
    const data = list([[workflow('w-1', { version: 3 })]]);
    expect(place(data, workflow('w-1', { version: 2, allowedActions: [] }))).toBe(data);
  });

  it('leaves out what belongs on a page that is not fetched', () => {
    const data = list([[workflow('w-3', at(3))]], 'more');
    expect(ids(place(data, workflow('w-1', at(1))))).toEqual([['w-3']]);
    expect(ids(place(list([[workflow('w-3', at(3))]]), workflow('w-1', at(1))))).toEqual([['w-3', 'w-1']]);
  });
});

it('the own requests are those of the user', () => {
  const own = workflow('w-9', { requester: { userId: 'u-ada', name: 'Ada' }, allowedActions: [] });
  expect(ids(place(list([[]]), own, 'mine'))).toEqual([['w-9']]);
  expect(ids(place(list([[]]), workflow('w-8'), 'mine'))).toEqual([[]]);
});

it('what the user decided stays in its place, also in a later round', () => {
  const decision = {
    userId: 'u-ada',
    name: 'Ada',
    actionType: 'REJECT' as const,
    stepId: 'manager',
    round: 1,
    at: '2026-01-10T09:05:00Z',
  };
  const data = list([[workflow('w-3', at(3))]]);
  const decided = place(data, workflow('w-9', { decidedBy: [decision], ...at(5) }), 'decided');
  expect(ids(decided)).toEqual([['w-9', 'w-3']]);
  const later = workflow('w-3', { version: 4, round: 2, ...at(8) });
  expect(ids(place(decided, later, 'decided'))).toEqual([['w-9', 'w-3']]);
});
