import type { paths as AuditPaths } from './generated/audit';
import type { paths as NotificationsPaths } from './generated/notifications';
import type { paths as WorkflowPaths } from './generated/workflow';

// Names for the response bodies in the generated clients. Write a shape by hand only where the services allow values
// that a generated type can't express.
type Json<Response> = Response extends { content: { 'application/json': infer Body } } ? Body : never;
type Ok<Operation, Status extends number = 200> = Operation extends {
  responses: Record<Status, infer Response>;
}
  ? Json<Response>
  : never;
type ItemOf<Page> = Page extends { items: (infer Item)[] } ? Item : never;

/** One page of a list; `cursor` is null on the last page. */
export interface Page<Item> {
  items: Item[];
  cursor: string | null;
}

/** The action types that the console can send. Responses can contain others: show them as they are. */
export type ActionType = 'SAVE' | 'REQUEST' | 'APPROVE' | 'REJECT';
/** The outcomes that the console has a label for. Responses can contain others: show them as they are. */
export type Outcome = 'DRAFT' | 'PENDING' | 'APPROVED' | 'REJECTED';

export type Workflow = Ok<WorkflowPaths['/workflows/{workflowId}']['get']>;
export type WorkflowSummary = ItemOf<Ok<WorkflowPaths['/workflows']['get']>>;
export type Scheme = ItemOf<Ok<WorkflowPaths['/schemes']['get']>>;
export type WorkflowData = Workflow['data'];
export type HistoryEntry = WithActionOwner<
  ItemOf<Ok<WorkflowPaths['/workflows/{workflowId}/history']['get']>>
>;

export type Verification = Ok<AuditPaths['/workflows/{workflowId}/verification']['get']>;

export type Notification = WithActionOwner<ItemOf<Ok<NotificationsPaths['/notifications']['get']>>>;
export type NotificationPage = Page<Notification> & { unreadCount: number };
export type RealtimeSession = Ok<NotificationsPaths['/notifications/sessions']['post'], 201>;

/** Who performed an action. */
export interface ActionOwner {
  /** `user`, or another kind of actor. */
  type: string;
  id: string;
  name: string;
}

type WithActionOwner<Item> = Omit<Item, 'actionOwner'> & { actionOwner: ActionOwner };

/** The part of an audit record that its hash covers. */
export interface SealedRecord {
  actionType: string;
  actionOwner: { type: string; id: string };
  target: { type: string; id: string };
  outcome: string;
  occurredAt: string;
  requestId: string;
  personCommitment: string;
  contentCommitment: string;
  /** Null if the event doesn't belong to a workflow. */
  workflow: WorkflowPosition | null;
}

/** Where an event belongs in the history of its workflow. */
export interface WorkflowPosition {
  scheme: string;
  schemeVersion: number;
  round: number;
  sequence: number;
  previousHash: string;
}

/** The person who acted. Participants of a workflow get only the name. */
export interface RecordedPerson {
  name: string;
  email?: string;
  groups?: string[];
  sourceIp?: string;
  userAgent?: string;
}

export interface RecordedContent {
  title: string;
  comment?: string | null;
  before?: WorkflowData | null;
  after?: WorkflowData | null;
}

export interface AuditRecord {
  datasetId: string;
  hash: string;
  sealed: SealedRecord;
  /** Null if it was erased. */
  person: RecordedPerson | null;
  /** Null if it was erased. */
  content: RecordedContent | null;
  /** The parts that are withheld from this user, fully or partly. */
  redacted: string[];
}

export type AuditPage = Page<AuditRecord> & { missing: string[] };

/** A commitment's salt (Base64) and value: the text that was committed to. */
export interface CommitmentOpening {
  salt: string;
  value: string;
}

/** The texts that a record's hash and commitments were computed over. */
export interface CanonicalRecord {
  hash: string;
  canonical: {
    sealed: string;
    person: CommitmentOpening | null;
    content: CommitmentOpening | null;
  };
}
