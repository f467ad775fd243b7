import type { Workflow } from '../api/types';
import { isDecidable } from '../api/workflowLists';
import { isWaiting, type ListedNotification, type Resolution } from './types';

/**
 * Return what made a request for approval obsolete, as far as its workflow shows it. Undefined while it waits, or if the
 * workflow doesn't say it.
 */
export function resolutionFrom(notification: ListedNotification, workflow: Workflow): Resolution | undefined {
  const { round, stepId, sequence } = notification;
  if (notification.workflowId !== workflow.workflowId || !isWaiting(notification)) return undefined;
  if (sequence > workflow.version) return undefined;
  const isCurrent = workflow.round === round && workflow.stepId === stepId;
  if (isCurrent && isDecidable(workflow)) return undefined;
  const decision = workflow.decidedBy.findLast((each) => each.round === round && each.stepId === stepId);
  if (decision) {
    const { actionType, userId: id, name, at } = decision;
    return { actionType, by: { type: 'user', id, name }, at };
  }
  const { userId: id, name } = workflow.requester;
  const by = { type: 'user', id, name };
  // Only the requester can take a request back.
  if (workflow.status === 'DRAFT') return { actionType: 'WITHDRAW', by, at: workflow.updatedAt };
  return undefined;
}
