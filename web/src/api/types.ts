import type { paths as AuditPaths } from './generated/audit';
import type { paths as NotificationsPaths } from './generated/notifications';
import type { paths as WorkflowPaths } from './generated/workflow';

// Names for the response bodies in the generated clients.
type Json<Response> = Response extends { content: { 'application/json': infer Body } } ? Body : never;
type Ok<Operation, Status extends number = 200> = Operation extends {
  responses: Record<Status, infer Response>;
}
  ? Json<Response>
  : never;
type Body<Operation> = Operation extends { requestBody: infer Request } ? Json<Request> : never;
type ItemOf<List> = List extends { items: (infer Item)[] } ? Item : never;

/** One page of a list; `cursor` is null on the last page. */
export interface Page<Item> {
  items: Item[];
  cursor: string | null;
}

export type Workflow = Ok<WorkflowPaths['/workflows/{workflowId}']['get']>;
export type WorkflowSummary = ItemOf<Ok<WorkflowPaths['/workflows']['get']>>;
export type WorkflowData = Workflow['data'];
export type HistoryEntry = ItemOf<Ok<WorkflowPaths['/workflows/{workflowId}/history']['get']>>;
export type Scheme = ItemOf<Ok<WorkflowPaths['/schemes']['get']>>;

export type SchemeDefinition = Body<WorkflowPaths['/schemes/{schemeId}']['put']>;
/** Someone in the user directory. */
export type DirectoryPerson = ItemOf<Ok<WorkflowPaths['/people']['get']>>;
export type Group = ItemOf<Ok<WorkflowPaths['/groups']['get']>>;

/** The action types that the console can send. Responses can contain others: show them as they are. */
export type ActionType = Workflow['allowedActions'][number];
/** The outcomes that the console has a label for. Responses can contain others: show them as they are. */
export type Outcome = Workflow['status'];

/** A record with the texts that its hash and commitments were computed over. */
export type VerifiableRecord = Ok<AuditPaths['/audit-trail/{datasetId}']['get']>;
/** What a page shows of a record. */
export type AuditRecord = Omit<VerifiableRecord, 'canonical' | 'erased'>;
/** Where a record is in the log. All but `datasetId` and `state` are null while it is pending. */
export type RecordProof = Ok<AuditPaths['/audit-trail/{datasetId}/proof']['get']>;
export type PublicKeys = Ok<AuditPaths['/audit-trail/public-key']['get']>;
export type Checkpoint = Ok<AuditPaths['/audit-trail/checkpoint']['get']>;
export type PastCheckpoint = ItemOf<Ok<AuditPaths['/audit-trail/checkpoints']['get']>>;
export type Integrity = Ok<AuditPaths['/audit-trail/integrity']['get']>;
export type IntegrityFinding = Integrity['findings']['items'][number];
/** One page of a verification. */
export type Verification = Ok<AuditPaths['/workflows/{workflowId}/verification']['get']>;
export type VerificationState = Verification['checked']['chain'];
/** One page of an evidence bundle. */
export type Evidence = Ok<AuditPaths['/workflows/{workflowId}/evidence']['get']>;
export type EvidenceRecord = Evidence['records'][number];

export type NotificationPage = Ok<NotificationsPaths['/notifications']['get']>;
export type Notification = ItemOf<NotificationPage>;
export type RealtimeSession = Ok<NotificationsPaths['/notifications/sessions']['post'], 201>;

/** A part of a record that can be erased. */
export type Part = Erasure['parts'][number];
/** An erasure, or what one would erase (state DRY_RUN). */
export type ErasureRequest = Body<AuditPaths['/audit-trail/erasures']['post']>;
export type ErasurePreview = Ok<AuditPaths['/audit-trail/erasures']['post']>;
export type Erasure = ItemOf<Ok<AuditPaths['/audit-trail/erasures']['get']>>;
export type Hold = ItemOf<Ok<AuditPaths['/audit-trail/holds']['get']>>;
export type Retention = Ok<AuditPaths['/audit-trail/retention']['get']>;
export type RetentionPolicy = Retention['schemes'][number];
