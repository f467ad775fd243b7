import { describe, expect, it } from 'vitest';
import type { VerifiableRecord } from '../api/types';
import { buildChain, buildRecord, eraseParts, historyEntryOf, workflowAfter } from '../testing/records';
import { checkRecord } from './checkRecord';
import { checkWorkflow, formatSequences, type ShownWorkflow } from './checkWorkflow';
import { firstPreviousHash } from './commitment';
import type { RecordResult, WorkflowResults } from './results';
import { summarizeWorkflow } from './summaries';

const NOW = new Date('2026-01-03T00:00:00Z');
const RECENT = '2026-01-02T23:59:00.000Z';

const chain = () =>
  buildChain(
    { actionType: 'REQUEST', outcome: 'PENDING' },
    { actionType: 'REJECT', outcome: 'REJECTED', comment: 'Too expensive' },
    { actionType: 'REQUEST', outcome: 'PENDING', after: { amount: 9 } },
  );

async function resultsOf(records: VerifiableRecord[]): Promise<WorkflowResults> {
  const results = new Map<string, RecordResult>();
  for (const record of records) {
    const checked = await checkRecord(record.datasetId, record);
    results.set(record.datasetId, { kind: 'checked', record, checked, checks: checked.checks });
  }
  return { records: results, others: [], firstPreviousHash: await firstPreviousHash('w-1') };
}

async function setUp(records?: VerifiableRecord[]) {
  const all = records ?? (await chain());
  const shown: ShownWorkflow = {
    workflow: workflowAfter(all),
    entries: all.map(historyEntryOf),
    hasMore: false,
    seesDrafts: true,
  };
  return { records: all, shown, results: await resultsOf(all) };
}

const verify = (shown: ShownWorkflow, results: WorkflowResults) => {
  const result = checkWorkflow(shown, results, NOW);
  return { result, ...summarizeWorkflow(result, shown.hasMore) };
};

describe('the proof of a workflow', () => {
  it('is valid if everything matches', async () => {
    const { shown, results } = await setUp();
    const { verdict, sentence } = verify(shown, results);
    expect(verdict).toBe('verified');
    expect(sentence).toMatch(/^All 3 events are recorded unchanged in the log\./);
    expect(sentence).not.toContain('Not checked');
  });

  it('fails if the audit trail lacks an event', async () => {
    const { shown, results } = await setUp();
    results.records.set('d-2', { kind: 'missing' });
    expect(verify(shown, results)).toMatchObject({
      verdict: 'failed',
      sentence: 'The audit trail lacks event 2.',
    });
  });

  it('is pending if the newest event is on its way', async () => {
    const records = await chain();
    const last = await buildRecord({
      datasetId: 'd-4',
      sequence: 4,
      previousHash: records[2]?.hash,
      actionType: 'APPROVE',
      outcome: 'APPROVED',
      occurredAt: RECENT,
    });
    const { shown, results } = await setUp([...records, last]);
    results.records.set('d-4', { kind: 'missing' });
    const { verdict, sentence } = verify(shown, results);
    expect(verdict).toBe('pending');
    expect(sentence).toMatch(/^Event 4 is newer than the newest checkpoint/);
  });

  it('fails if a record is damaged', async () => {
    const { shown, results } = await setUp();
    results.records.set('d-2', { kind: 'unreadable', detail: 'x' });
    expect(verify(shown, results).sentence).toBe("The audit trail's record of event 2 is damaged.");
  });

  it('fails if a record was rewritten with a new hash', async () => {
    const { shown, records } = await setUp();
    const previousHash = records[0]?.hash;
    const rewritten = await buildRecord({
      datasetId: 'd-2',
      sequence: 2,
      previousHash,
      actionType: 'APPROVE',
    });
    const results = await resultsOf([records[0], rewritten, records[2]].filter((each) => each !== undefined));
    const { verdict, result } = verify(shown, results);
    expect(verdict).toBe('failed');
    const failed = result.events.map(({ checks }) =>
      checks.filter(({ state }) => state === 'failed').map(({ name }) => name),
    );
    expect(failed).toEqual([[], ['History'], ['Link to the previous event']]);
  });

  it.each([
    ['title', { title: 'Laptop' }],
    ['data', { data: { amount: 90 } }],
    ['status', { status: 'APPROVED' as const }],
    ['requester', { requester: { userId: 'u-bo', name: 'Bo' } }],
  ])('fails if the page shows another %s', async (name, change) => {
    const { shown, results } = await setUp();
    const { verdict, sentence } = verify({ ...shown, workflow: { ...shown.workflow, ...change } }, results);
    expect(verdict).toBe('failed');
    expect(sentence).toBe(`The workflow differs from the record: ${name}.`);
  });

  it('is valid after an erasure, if the page says that it is erased', async () => {
    const { records, shown } = await setUp();
    const erased = records.map((record) => eraseParts(record, ['content'], 'e-1'));
    const results = await resultsOf(erased);
    const entries = shown.entries.map((entry) => ({
      ...entry,
      title: '',
      comment: null,
      contentErased: true,
    }));
    const workflow = { ...shown.workflow, title: '', data: {}, contentErased: true };
    expect(verify({ ...shown, workflow, entries }, results).verdict).toBe('verified');
  });

  it('is valid for users who see the request, if only the newest event is erased', async () => {
    const { records, shown } = await setUp(
      await buildChain(
        { actionType: 'REQUEST', outcome: 'PENDING' },
        { actionType: 'APPROVE', outcome: 'APPROVED' },
      ),
    );
    const results = await resultsOf(
      records.map((record) => (record.datasetId === 'd-2' ? eraseParts(record, ['content'], 'e-1') : record)),
    );
    const workflow = { ...shown.workflow, title: '', data: {}, contentErased: true };
    expect(verify({ ...shown, workflow, seesDrafts: false }, results).verdict).toBe('verified');
  });

  it('fails if the page says that the workflow is erased, and the record is not', async () => {
    const { shown, results } = await setUp();
    const workflow = { ...shown.workflow, title: '', data: {}, contentErased: true };
    expect(verify({ ...shown, workflow }, results).sentence).toBe(
      'The workflow differs from the record: content.',
    );
  });

  it.each([
    ['hash', { hash: 'ff' }],
    ['comment', { comment: 'Too cheap' }],
    ['name', { actionOwner: { type: 'user', id: 'u-ada', name: 'Bo' } }],
    ['time', { occurredAt: '2026-01-02T03:04:06.000Z' }],
  ])('fails if the history shows another %s', async (name, change) => {
    const { shown, results } = await setUp();
    const entries = shown.entries.map((entry) => (entry.sequence === 2 ? { ...entry, ...change } : entry));
    const { sentence } = verify({ ...shown, entries }, results);
    expect(sentence).toBe(`Event 2: The history differs from the record: ${name}.`);
  });

  it('fails if the history lacks an event, in the middle or at the end', async () => {
    const { shown, results } = await setUp();
    const without = (sequence: number) =>
      verify({ ...shown, entries: shown.entries.filter((entry) => entry.sequence !== sequence) }, results);
    expect(without(2).sentence).toContain("The history lacks event 2 of the workflow's 3 events.");
    expect(without(3).sentence).toContain("The history lacks event 3 of the workflow's 3 events.");
  });

  it('is pending while the page still shows an earlier history', async () => {
    const { shown, results } = await setUp();
    const workflow = { ...shown.workflow, version: 4, updatedAt: RECENT };
    expect(verify({ ...shown, workflow }, results)).toMatchObject({ verdict: 'pending' });
  });

  it('fails if the workflow is older than its newest event, unless the page loads a change', async () => {
    const { shown, results } = await setUp();
    const workflow = { ...shown.workflow, version: 2, status: 'REJECTED' as const };
    expect(verify({ ...shown, workflow }, results)).toMatchObject({
      verdict: 'failed',
      sentence: 'The workflow is at version 2, and its history has event 3.',
    });
    const entries = shown.entries.map((entry) =>
      entry.sequence === 3 ? { ...entry, occurredAt: RECENT } : entry,
    );
    expect(verify({ ...shown, workflow, entries }, results).sentence).not.toContain('version 2');
  });

  it("names what other users' drafts withhold", async () => {
    const records = await buildChain(
      { actionType: 'SAVE', outcome: 'DRAFT', after: { amount: 1 } },
      { actionType: 'REQUEST', outcome: 'PENDING' },
      { actionType: 'REJECT', outcome: 'REJECTED' },
      { actionType: 'SAVE', outcome: 'REJECTED', after: { amount: 2 } },
    );
    const { shown, results } = await setUp(records);
    const { title, data } = workflowAfter(records.slice(0, 2));
    const { verdict, sentence, result } = verify(
      {
        ...shown,
        seesDrafts: false,
        workflow: { ...shown.workflow, title, data },
        entries: shown.entries.filter(({ actionType }) => actionType !== 'SAVE'),
      },
      results,
    );
    expect(verdict).toBe('verified');
    expect(sentence).toContain('Withheld from you: completeness, link to the previous event.');
    expect(result.withheldEvents).toEqual([1, 4]);
  });

  it("checks the links to other users' drafts, whose sealed texts are not withheld", async () => {
    const records = await buildChain(
      { actionType: 'SAVE', outcome: 'DRAFT', after: { amount: 1 } },
      { actionType: 'REQUEST', outcome: 'PENDING' },
    );
    const { shown, results } = await setUp(records);
    const entries = shown.entries.slice(1);
    const draft = {
      datasetId: 'd-1',
      sequence: 1,
      actionType: 'SAVE',
      hash: records[0]?.hash ?? '',
      isInHistory: false,
    };
    const linkOf = (hash: string) => {
      const others = [{ ...draft, hash }];
      const { result } = verify({ ...shown, entries, seesDrafts: false }, { ...results, others });
      return result.events[0]?.checks.find(({ name }) => name === 'Link to the previous event')?.state;
    };
    expect(linkOf(draft.hash)).toBe('passed');
    expect(linkOf('ff')).toBe('failed');
  });

  it.each([
    [
      { sequence: 4, isInHistory: false },
      'failed',
      "The audit trail has event 4, which the workflow doesn't have",
    ],
    [
      { sequence: 2, isInHistory: false },
      'failed',
      "The audit trail has event 2, which the workflow doesn't have",
    ],
    [{ sequence: null, isInHistory: false }, 'failed', 'The audit trail has a damaged record'],
    [{ sequence: 4, isInHistory: true }, 'pending', "The page doesn't show the newest event yet."],
    [{ sequence: 4, isInHistory: false, actionType: 'SAVE' }, 'failed', 'The audit trail has event 4'],
  ])('with another record %j in the audit trail is %s', async (change, verdict, sentence) => {
    const { shown, results } = await setUp();
    const others = [{ datasetId: 'd-9', actionType: 'APPROVE', hash: 'ff', ...change }];
    const result = verify(shown, { ...results, others });
    expect(result.verdict).toBe(verdict);
    expect(result.sentence).toContain(sentence);
  });

  it('does not count events that are not loaded yet, or that could not be fetched', async () => {
    const { shown, results } = await setUp();
    const others = [{ datasetId: 'd-9', sequence: 4, actionType: 'SAVE', hash: 'ff', isInHistory: true }];
    expect(verify({ ...shown, hasMore: true }, { ...results, others }).verdict).toBe('verified');
    const { verdict, sentence } = verify(shown, { ...results, others: null });
    expect(verdict).toBe('verified');
    expect(sentence).toContain('Not checked: other events.');
  });

  it('says how much of a long history was checked', async () => {
    const { shown, results } = await setUp();
    const workflow = { ...shown.workflow, version: 200 };
    const { verdict, sentence } = verify({ ...shown, workflow, hasMore: true }, results);
    expect(verdict).toBe('verified');
    expect(sentence).toMatch(/^The first 3 events are .* To check the others, load them in the history\./);
  });
});

it.each([
  [[2], 'event 2'],
  [[2, 5, 6, 7], 'events 2, 5–7'],
  [[1, 2], 'events 1–2'],
])('writes the sequences %j as %s', (sequences, text) => {
  expect(formatSequences(sequences)).toBe(text);
});
