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

/** A record of the workflow in the audit trail that the history on the page doesn't have. */
export interface OtherRecord {
  datasetId: string;
  /** null if the record doesn't say. */
  sequence: number | null;
  actionType: string;
  /** The hash that the browser computed. */
  hash: string;
  /** Whether the workflow service has the event: the page shows an earlier state. */
  isInHistory: boolean;
}

/** The results for the events of a workflow's history, and what the check of the chain needs. */
export interface WorkflowResults {
  records: Map<string, RecordResult>;
  /** null if the service didn't respond. */
  others: OtherRecord[] | null;
  /** `previousHash` of the first event. */
  firstPreviousHash: string;
}
