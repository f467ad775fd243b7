import type { VerifiableRecord } from '../api/types';
import type { CheckedRecord } from './checkRecord';
import type { Check } from './checks';

/** What the browser found out about a record. */
export type RecordResult =
  | { kind: 'checked'; record: VerifiableRecord; checked: CheckedRecord; checks: Check[] }
  /** The audit trail doesn't have it. */
  | { kind: 'missing' }
  /** The audit trail has something that is not a record. */
  | { kind: 'unreadable'; detail: string };

/** The results for the events of a workflow's history, and what the check of the chain needs. */
export interface WorkflowResults {
  records: Map<string, RecordResult>;
  /** `previousHash` of the first event. */
  firstPreviousHash: string;
}
