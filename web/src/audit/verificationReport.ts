import { verdictOn, type Comparison } from './compareWithWorkflow';
import type { FindingText } from './findings';
import type { CombinedVerification } from './verification';

interface Result {
  verification: CombinedVerification;
  comparison: Comparison | undefined;
  title: string | null;
  checkedAt: Date;
  findings: FindingText[];
}

export const reportFileName = (workflowId: string): string => `countersign-verification-${workflowId}.json`;

/** Return what the verification page shows, as it is saved. */
export function toReport({ verification, comparison, title, checkedAt, findings }: Result) {
  const { workflowId, isComplete, lastSequence, findings: _, verdict: __, ...counts } = verification;
  return {
    format: 'countersign.verification.v1',
    workflowId,
    title,
    checkedAt: checkedAt.toISOString(),
    verdict: verdictOn(verification, comparison),
    isComplete,
    newestEvent: lastSequence,
    ...counts,
    comparedWithWorkflow: comparison
      ? { state: comparison.state, pending: comparison.pending, isHashCompared: comparison.isHashCompared }
      : null,
    findings,
  };
}
