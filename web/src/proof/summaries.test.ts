import { afterEach, describe, expect, it } from 'vitest';
import { changeLanguage } from '../i18n';
import { buildChain, buildErasure, eraseParts, historyEntryOf, workflowAfter } from '../testing/records';
import { checkRecord } from './checkRecord';
import type { Check } from './checks';
import { checkWorkflow, formatSequences } from './checkWorkflow';
import { firstPreviousHash } from './commitment';
import type { RecordResult } from './results';
import { summarizeRecord, summarizeWorkflow } from './summaries';

afterEach(() => changeLanguage('en'));

const OCCURRED = '2026-01-02T03:04:05.000Z';

async function checksOfErased(): Promise<Check[]> {
  const record = eraseParts(await buildErasure([]), ['content'], 'e-2');
  const withheld = {
    ...record,
    canonical: { ...record.canonical, person: null },
    redacted: ['person' as const],
  };
  return (await checkRecord('e-1', withheld)).checks;
}

async function workflowWithout(missing: number) {
  const records = await buildChain({}, { actionType: 'APPROVE', outcome: 'APPROVED' });
  const results = new Map<string, RecordResult>();
  for (const [index, record] of records.entries()) {
    const checked = await checkRecord(record.datasetId, record);
    results.set(
      record.datasetId,
      index + 1 === missing
        ? { kind: 'missing' }
        : { kind: 'checked', record, checked, checks: checked.checks },
    );
  }
  return checkWorkflow(
    {
      workflow: workflowAfter(records),
      entries: records.map(historyEntryOf),
      hasMore: false,
      seesDrafts: true,
    },
    { records: results, others: [], firstPreviousHash: await firstPreviousHash('w-1') },
    new Date('2026-02-01T00:00:00Z'),
  );
}

describe('the summary of a record', () => {
  it('names what was withheld, within the sentence', async () => {
    expect(summarizeRecord(await checksOfErased(), OCCURRED).sentence).toMatch(
      / Withheld from you: person\.$/,
    );
  });

  it('is in the language of the console', async () => {
    await changeLanguage('de');
    const { sentence } = summarizeRecord(await checksOfErased(), OCCURRED);
    expect(sentence).toMatch(/^Seit .* unverändert im Log\. Dieser Browser hat den Hash/);
    expect(sentence).toMatch(/ Für Sie nicht einsehbar: Person\.$/);
  });
});

describe('the summary of a workflow', () => {
  it('names a missing event once, and counts the other findings', async () => {
    const { sentence } = summarizeWorkflow(await workflowWithout(2), false);
    expect(sentence).toBe('The audit trail lacks event 2.');
  });

  it('is in the language of the console', async () => {
    await changeLanguage('de');
    expect(summarizeWorkflow(await workflowWithout(2), false).sentence).toBe(
      'Im Audit-Trail fehlt Ereignis 2.',
    );
    expect(formatSequences([2, 5, 6, 7])).toBe('Ereignisse 2, 5–7');
  });
});
