import { useMutation, useQueryClient } from '@tanstack/react-query';
import i18next from 'i18next';
import { useState } from 'react';
import { useApi } from '../api/ApiProvider';
import { unwrapResponse } from '../api/client';
import { useIdempotencyKeys } from '../api/idempotencyKeys';
import { isOutcomeUnknown, toProblem } from '../api/problem';
import type { ActionType, WorkflowData } from '../api/types';
import { useFlashes } from '../components/FlashProvider';
import { toastId } from '../notifications/notificationText';
import { workflowKeys } from '../api/queryKeys';
import { toVersionedWorkflow, type VersionedWorkflow } from './queries';
import { useOutcomeMessages } from '../components/useOutcomeMessages';

export interface NewAction {
  actionType: ActionType;
  title?: string;
  data?: WorkflowData;
  comment?: string;
}

const messagesFor = (actionType: ActionType, title: string) => ({
  success: i18next.t(`workflows:success.${actionType}`, { title }),
  failure: i18next.t(`workflows:failure.${actionType}`, { title }),
});

/** Rejected because of the state of the workflow or the rights of the user: the page shows an earlier state. */
const STATE_PROBLEMS = [403, 404, 409, 412];

/**
 * Perform an action on the version of a workflow that the calling form or dialog was opened with.
 *
 * Refreshing the page behind it doesn't change that version, so an action never applies to data that the user hasn't
 * seen: if the workflow has changed, the service returns 412. After that, the next call uses the newest version.
 */
export function usePerformAction(opened: VersionedWorkflow) {
  const { workflowId, title } = opened.workflow;
  const [etag, setEtag] = useState(opened.etag);
  const api = useApi();
  const queryClient = useQueryClient();
  const keys = useIdempotencyKeys();
  const { dismiss } = useFlashes();
  const outcome = useOutcomeMessages((action: NewAction) =>
    messagesFor(action.actionType, action.title ?? title),
  );
  return useMutation({
    mutationFn: (body: NewAction) =>
      keys.run({ body, etag }, async (key) =>
        toVersionedWorkflow(
          await unwrapResponse(
            api.workflow.POST('/workflows/{workflowId}/actions', {
              params: { path: { workflowId } },
              body,
              headers: { 'Idempotency-Key': key, 'If-Match': etag },
            }),
          ),
        ),
      ),
    onSuccess: (updated, action) => {
      outcome.onSuccess(action);
      // It asked for this action, or is about an earlier one.
      dismiss(toastId(workflowId));
      // The lists follow it: see followWorkflows.
      queryClient.setQueryData(workflowKeys.one(workflowId), updated);
      void queryClient.invalidateQueries({ queryKey: workflowKeys.history(workflowId) });
    },
    onError: async (error, action) => {
      outcome.onError(error, action);
      const problem = toProblem(error);
      if (!isOutcomeUnknown(problem) && !STATE_PROBLEMS.includes(problem.status)) return;
      const refreshed = queryClient.invalidateQueries({ queryKey: workflowKeys.all });
      if (problem.status !== 412) return;
      await refreshed;
      const newest = queryClient.getQueryData<VersionedWorkflow>(workflowKeys.one(workflowId));
      if (newest) setEtag(newest.etag);
    },
  });
}
