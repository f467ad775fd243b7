import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import i18next from 'i18next';
import { useApi } from '../api/ApiProvider';
import { unwrapData, unwrapResponse } from '../api/client';
import { useIdempotencyKeys } from '../api/idempotencyKeys';
import type { HistoryEntry, WorkflowData } from '../api/types';
import { workflowKeys } from '../api/queryKeys';
import { toVersionedWorkflow, workflowQuery, type VersionedWorkflow } from '../api/workflows';
import { useCursorList } from '../api/useCursorList';
import { useOutcomeMessages } from '../components/useOutcomeMessages';

export { toVersionedWorkflow, type VersionedWorkflow };

export function useWorkflow(workflowId: string, isEnabled = true) {
  return useQuery({ ...workflowQuery(useApi(), workflowId), enabled: isEnabled });
}

/** Fetch the history of a workflow, oldest first. */
export function useHistory(workflowId: string) {
  const api = useApi();
  return useCursorList<HistoryEntry>(workflowKeys.history(workflowId), (cursor) =>
    unwrapData(
      api.workflow.GET('/workflows/{workflowId}/history', {
        params: { path: { workflowId }, query: { limit: 100, cursor } },
      }),
    ),
  );
}

/** Fetch what was requested in the newest round and in the one before, newest first. */
export function useNewestRounds(workflowId: string) {
  const api = useApi();
  return useQuery({
    // Below the history's key: a new round is a new entry of the history.
    queryKey: [...workflowKeys.history(workflowId), 'rounds'],
    queryFn: async () => {
      const params = { path: { workflowId }, query: { limit: 2 } };
      return (await unwrapData(api.workflow.GET('/workflows/{workflowId}/rounds', { params }))).items;
    },
  });
}

export type Round = NonNullable<ReturnType<typeof useNewestRounds>['data']>[number];

export interface NewWorkflow {
  actionType: 'SAVE' | 'REQUEST';
  scheme: string;
  title: string;
  data: WorkflowData;
  comment?: string;
}

function createMessages({ actionType, title }: NewWorkflow) {
  const message = actionType === 'SAVE' ? 'draft' : actionType;
  return {
    success: i18next.t(`workflows:success.${message}`, { title }),
    failure: i18next.t(`workflows:failure.${message}`, { title }),
  };
}

/** Create a workflow as a draft or as a request. */
export function useCreateWorkflow() {
  const api = useApi();
  const queryClient = useQueryClient();
  const keys = useIdempotencyKeys();
  const outcome = useOutcomeMessages(createMessages);
  return useMutation({
    mutationFn: (body: NewWorkflow) =>
      keys.run(body, async (key) =>
        toVersionedWorkflow(
          await unwrapResponse(
            api.workflow.POST('/workflows', { body, headers: { 'Idempotency-Key': key } }),
          ),
        ),
      ),
    onSuccess: (created, body) => {
      outcome.onSuccess(body);
      // The lists follow it: see followWorkflows.
      queryClient.setQueryData(workflowKeys.one(created.workflow.workflowId), created);
    },
    onError: (error, body) => {
      outcome.onError(error, body);
      void queryClient.invalidateQueries({ queryKey: workflowKeys.lists });
    },
  });
}
