import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import i18next from 'i18next';
import { useApi } from '../api/ApiProvider';
import { unwrapData, unwrapResponse } from '../api/client';
import { useIdempotencyKeys } from '../api/idempotencyKeys';
import type { HistoryEntry, Workflow, WorkflowData, WorkflowSummary } from '../api/types';
import { workflowKeys, type WorkflowView } from '../api/queryKeys';
import { useCursorList } from '../api/useCursorList';
import { useOutcomeMessages } from '../components/useOutcomeMessages';

/** A workflow and the ETag of the version that was fetched. Writes send it as If-Match. */
export interface VersionedWorkflow {
  workflow: Workflow;
  etag: string;
}

export const toVersionedWorkflow = (result: { data: Workflow; response: Response }): VersionedWorkflow => ({
  workflow: result.data,
  // Some gateways don't expose the header. The ETag is the version.
  etag: result.response.headers.get('etag') ?? `"${result.data.version}"`,
});

/** Fetch a list of workflows, newest first, without their data. */
export function useWorkflowList(view: WorkflowView) {
  const api = useApi();
  return useCursorList<WorkflowSummary>(workflowKeys.list(view), (cursor) =>
    unwrapData(api.workflow.GET('/workflows', { params: { query: { view, cursor } } })),
  );
}

export function useWorkflow(workflowId: string) {
  const api = useApi();
  return useQuery({
    queryKey: workflowKeys.one(workflowId),
    queryFn: async () =>
      toVersionedWorkflow(
        await unwrapResponse(
          api.workflow.GET('/workflows/{workflowId}', { params: { path: { workflowId } } }),
        ),
      ),
  });
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
      queryClient.setQueryData(workflowKeys.one(created.workflow.workflowId), created);
      void queryClient.invalidateQueries({ queryKey: workflowKeys.lists });
    },
    onError: (error, body) => {
      outcome.onError(error, body);
      void queryClient.invalidateQueries({ queryKey: workflowKeys.lists });
    },
  });
}
