import type { HistoryEntry, VerificationState } from '../api/types';
import { isRecent } from '../proof/checks';
import type { CombinedVerification } from './verification';

/** What the workflow service says about a workflow. It was fetched after the verification. */
export interface WorkflowState {
  /** The number of events. */
  version: number;
  updatedAt: string;
  title: string;
  /** The events that the user can see. */
  history: Pick<HistoryEntry, 'sequence' | 'eventId' | 'hash' | 'occurredAt'>[];
}

export type ComparisonCode = 'lacks-event' | 'unknown-event' | 'other-event';

export interface ComparisonFinding {
  code: ComparisonCode;
  sequence: number;
  datasetId: string | null;
}

export interface Comparison {
  state: VerificationState;
  findings: ComparisonFinding[];
  /** Sequences of events that are on their way to the audit trail. */
  pending: number[];
  /** Whether the hash of the newest record was compared. Other users' drafts are hidden, and so are their hashes. */
  isHashCompared: boolean;
}

export const NOT_COMPARED: Comparison = {
  state: 'not-checked',
  findings: [],
  pending: [],
  isHashCompared: false,
};

/**
 * Compare what the audit service verified with what the workflow service has: the newest event and its hash.
 *
 * @param verification All pages of it.
 */
export function compareWithWorkflow(
  verification: CombinedVerification,
  workflow: WorkflowState,
  now: Date,
): Comparison {
  const { lastSequence, headHash } = verification;
  const known = new Map(workflow.history.map((entry) => [entry.sequence, entry]));
  // The service has named these itself.
  const named = new Set(verification.findings.map(({ sequence }) => sequence));
  const findings: ComparisonFinding[] = [];
  const pending: number[] = [];
  const add = (code: ComparisonCode, sequence: number) =>
    findings.push({ code, sequence, datasetId: known.get(sequence)?.eventId ?? null });

  for (let sequence = lastSequence + 1; sequence <= workflow.version; sequence += 1) {
    const occurredAt = known.get(sequence)?.occurredAt ?? workflow.updatedAt;
    if (isRecent(occurredAt, now)) pending.push(sequence);
    else if (!named.has(sequence)) add('lacks-event', sequence);
  }
  // The workflow was fetched after the records: it can't be older.
  for (let sequence = workflow.version + 1; sequence <= lastSequence; sequence += 1) {
    if (!named.has(sequence)) add('unknown-event', sequence);
  }
  const newest = known.get(lastSequence);
  if (newest && newest.hash !== headHash) add('other-event', lastSequence);
  return {
    state: findings.length > 0 ? 'invalid' : 'valid',
    findings,
    pending,
    isHashCompared: newest !== undefined,
  };
}

export type Verdict = 'verifying' | 'invalid' | 'not-compared' | 'pending' | 'valid';

/** Return the verdict on a history. It never says more than was checked. */
export function verdictOn(verification: CombinedVerification, comparison: Comparison | undefined): Verdict {
  const findings = [...verification.findings, ...(comparison?.findings ?? [])];
  if (verification.verdict === 'invalid' || findings.length > 0) return 'invalid';
  if (!verification.isComplete || !comparison) return 'verifying';
  if (comparison.state === 'not-checked') return 'not-compared';
  return comparison.pending.length > 0 ? 'pending' : 'valid';
}
