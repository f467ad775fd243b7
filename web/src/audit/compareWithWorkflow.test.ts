import { describe, expect, it } from 'vitest';
import { compareWithWorkflow, NOT_COMPARED, verdictOn, type WorkflowState } from './compareWithWorkflow';
import { combinePages, NOTHING_RECORDED, type CombinedVerification } from './verification';

const NOW = new Date('2026-01-02T04:00:00Z');
const OLD = '2026-01-02T03:04:05Z';
const RECENT = '2026-01-02T03:59:00Z';

function verified(change: Partial<CombinedVerification> = {}): CombinedVerification {
  return { ...NOTHING_RECORDED, workflowId: 'w-1', events: 3, lastSequence: 3, headHash: 'h-3', ...change };
}

function workflowOf(version: number, change: Partial<WorkflowState> = {}): WorkflowState {
  return {
    version,
    updatedAt: OLD,
    title: 'Laptops',
    history: Array.from({ length: version }, (_, index) => ({
      sequence: index + 1,
      eventId: `d-${index + 1}`,
      hash: `h-${index + 1}`,
      occurredAt: OLD,
    })),
    ...change,
  };
}

const compare = (verification: CombinedVerification, workflow: WorkflowState) =>
  compareWithWorkflow(verification, workflow, NOW);

describe('comparing the audit trail with the workflow', () => {
  it('finds nothing if both end with the same event', () => {
    expect(compare(verified(), workflowOf(3))).toEqual({
      state: 'valid',
      findings: [],
      pending: [],
      isHashCompared: true,
    });
  });

  it('finds events that the audit trail lacks', () => {
    expect(compare(verified(), workflowOf(5))).toMatchObject({
      state: 'invalid',
      findings: [
        { code: 'lacks-event', sequence: 4, datasetId: 'd-4' },
        { code: 'lacks-event', sequence: 5, datasetId: 'd-5' },
      ],
    });
  });

  it('finds all events missing if nothing was recorded', () => {
    const { findings } = compare(NOTHING_RECORDED, workflowOf(2));
    expect(findings.map(({ sequence }) => sequence)).toEqual([1, 2]);
  });

  it('does not repeat what the service has found', () => {
    const findings = [{ sequence: 4, datasetId: null, code: 'missing-tail' as const, detail: 'x' }];
    expect(compare(verified({ findings }), workflowOf(4)).findings).toEqual([]);
  });

  it('waits for an event that has just happened, also one that the user cannot see', () => {
    const recent = workflowOf(4, { updatedAt: RECENT, history: workflowOf(3).history });
    expect(compare(verified(), recent)).toMatchObject({ state: 'valid', findings: [], pending: [4] });
  });

  it('finds an event that the workflow does not have', () => {
    expect(compare(verified(), workflowOf(2))).toMatchObject({
      state: 'invalid',
      findings: [{ code: 'unknown-event', sequence: 3 }],
    });
  });

  it('finds another event in the place of the newest one', () => {
    expect(compare(verified({ headHash: 'forged' }), workflowOf(3))).toMatchObject({
      state: 'invalid',
      findings: [{ code: 'other-event', sequence: 3, datasetId: 'd-3' }],
    });
  });

  it('says that the hash of a hidden draft was not compared', () => {
    const hidden = workflowOf(3, { history: workflowOf(2).history });
    expect(compare(verified(), hidden)).toMatchObject({ state: 'valid', isHashCompared: false });
  });
});

describe('the verdict', () => {
  const compared = compare(verified(), workflowOf(3));

  it('is valid only with all pages and the comparison', () => {
    expect(verdictOn(verified(), compared)).toBe('valid');
    expect(verdictOn(verified({ isComplete: false }), compared)).toBe('verifying');
    expect(verdictOn(verified(), undefined)).toBe('verifying');
    expect(verdictOn(verified(), NOT_COMPARED)).toBe('not-compared');
    expect(verdictOn(verified(), { ...compared, pending: [4] })).toBe('pending');
  });

  it('is not valid with a finding of the service, or of the comparison', () => {
    const finding = { code: 'lacks-event' as const, sequence: 4, datasetId: null };
    expect(verdictOn(verified({ verdict: 'invalid', isComplete: false }), undefined)).toBe('invalid');
    expect(verdictOn(verified(), { ...compared, findings: [finding] })).toBe('invalid');
  });

  it('of no pages is none', () => {
    expect(combinePages([])).toBeNull();
  });
});
