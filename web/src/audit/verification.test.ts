import { expect, it } from 'vitest';
import type { Verification } from '../api/types';
import { combinePages } from './verification';

const page: Verification = {
  workflowId: 'w-1',
  verdict: 'valid',
  events: 1000,
  sealed: 1000,
  pending: 0,
  headHash: 'aa',
  from: 1,
  to: 1000,
  cursor: 'next',
  checked: {
    chain: 'valid',
    commitments: 'valid',
    inclusion: 'valid',
    checkpoint: 'valid',
    attestedState: 'not-checked',
  },
  attested: null,
  checkpoint: null,
  findings: [],
};

it('has no result without a page', () => {
  expect(combinePages([])).toBeNull();
});

it('is not complete before the last page', () => {
  expect(combinePages([page])).toMatchObject({ isComplete: false, events: 1000, verdict: 'valid' });
});

it('adds up the pages, and is not valid if one of them is not', () => {
  const finding = { sequence: 1001, datasetId: 'd-1', code: 'missing' as const, detail: 'x' };
  const attested = { version: 1002, headHash: 'bb', status: 'APPROVED', manifest: 'm', at: 't' };
  const last: Verification = {
    ...page,
    verdict: 'invalid',
    events: 2,
    from: 1001,
    to: 1002,
    sealed: 1,
    pending: 1,
    headHash: null,
    cursor: null,
    checked: { ...page.checked, chain: 'invalid', attestedState: 'valid' },
    attested,
    findings: [finding],
  };
  expect(combinePages([page, last])).toEqual({
    workflowId: 'w-1',
    verdict: 'invalid',
    events: 1002,
    sealed: 1001,
    pending: 1,
    headHash: 'aa',
    checked: { ...page.checked, chain: 'invalid', attestedState: 'valid' },
    attested,
    checkpoint: null,
    findings: [finding],
    isComplete: true,
    lastSequence: 1002,
  });
});

it('is not valid if an earlier page is not', () => {
  const pages: Verification[] = [
    { ...page, verdict: 'invalid' },
    { ...page, cursor: null },
  ];
  expect(combinePages(pages)?.verdict).toBe('invalid');
});
