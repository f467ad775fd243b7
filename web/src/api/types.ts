import type { paths as AuditPaths } from './generated/audit';
import type { paths as NotificationsPaths } from './generated/notifications';
import type { paths as WorkflowPaths } from './generated/workflow';

// Names for what the generated paths answer; nothing here says a shape again.
type Json<Answer> = Answer extends { content: { 'application/json': infer Body } } ? Body : never;
type Ok<Operation, Status extends number = 200> = Operation extends {
  responses: Record<Status, infer Answer>;
}
  ? Json<Answer>
  : never;
type ItemOf<Page> = Page extends { items: (infer Item)[] } ? Item : never;

export type Workflow = Ok<WorkflowPaths['/workflows/{workflowId}']['get']>;
export type WorkflowSummary = ItemOf<Ok<WorkflowPaths['/workflows']['get']>>;
export type HistoryEntry = ItemOf<Ok<WorkflowPaths['/workflows/{workflowId}/history']['get']>>;
export type Scheme = ItemOf<Ok<WorkflowPaths['/schemes']['get']>>;
export type ActionType = Workflow['allowedActions'][number];
export type Status = Workflow['status'];
export type WorkflowData = Workflow['data'];

export type AuditPage = Ok<AuditPaths['/audit-trail']['get']>;
export type AuditRecord = ItemOf<AuditPage>;
export type Verification = Ok<AuditPaths['/workflows/{workflowId}/verification']['get']>;

export type NotificationPage = Ok<NotificationsPaths['/notifications']['get']>;
export type Notification = ItemOf<NotificationPage>;
export type RealtimeSession = Ok<NotificationsPaths['/notifications/sessions']['post'], 201>;
