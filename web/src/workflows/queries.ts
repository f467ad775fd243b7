import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useApi } from '../api/ApiProvider';
import { unwrapResponse, unwrapData } from '../api/client';
import { toProblem } from '../api/problem';
import type { ActionType, HistoryEntry, Workflow, WorkflowData, WorkflowSummary } from '../api/types';
import { useCursorList } from '../api/useCursorList';
import { useIdempotencyKeys } from '../api/idempotencyKeys';

export type View = 'mine' | 'inbox';

export const workflowKeys = {
  all: ['workflows'] as const,
  list: (view: View) => ['workflows', 'list', view] as const,
  one: (workflowId: string) => ['workflows', 'one', workflowId] as const,
  history: (workflowId: string) => ['workflows', 'history', workflowId] as const,
};

/** A workflow and the ETag that a write must name. */
export interface VersionedWorkflow {
  workflow: Workflow;
  etag: string;
}

// A gateway that does not expose the header leaves the version, which the ETag is made of.
const fetched = ({ data, response }: { data: Workflow; response: Response }): VersionedWorkflow => ({
  workflow: data,
  etag: response.headers.get('etag') ?? `"${data.version}"`,
});

/** The workflows of one view, newest first, without their data. */
export function useWorkflowList(view: View) {
  const api = useApi();
  return useCursorList<WorkflowSummary, { items: WorkflowSummary[]; cursor: string | null }>(
    workflowKeys.list(view),
    (cursor) => unwrapData(api.workflow.GET('/workflows', { params: { query: { view, cursor } } })),
  );
}

export function useWorkflow(workflowId: string) {
  const api = useApi();
  return useQuery({
    queryKey: workflowKeys.one(workflowId),
    queryFn: async () =>
      fetched(
        await unwrapResponse(
          api.workflow.GET('/workflows/{workflowId}', { params: { path: { workflowId } } }),
        ),
      ),
  });
}

/** What happened to a workflow, oldest first. */
export function useHistory(workflowId: string) {
  const api = useApi();
  return useCursorList<HistoryEntry, { items: HistoryEntry[]; cursor: string | null }>(
    workflowKeys.history(workflowId),
    (cursor) =>
      unwrapData(
        api.workflow.GET('/workflows/{workflowId}/history', {
          params: { path: { workflowId }, query: { limit: 100, cursor } },
        }),
      ),
  );
}

export interface NewWorkflow {
  actionType: 'SAVE' | 'REQUEST';
  scheme: string;
  title: string;
  data: WorkflowData;
}

export function useCreateWorkflow() {
  const api = useApi();
  const queries = useQueryClient();
  const keys = useIdempotencyKeys();
  return useMutation({
    mutationFn: (body: NewWorkflow) =>
      keys.run(body, async (key) =>
        fetched(
          await unwrapResponse(
            api.workflow.POST('/workflows', { body, headers: { 'Idempotency-Key': key } }),
          ),
        ),
      ),
    onSuccess: (made) => {
      queries.setQueryData(workflowKeys.one(made.workflow.workflowId), made);
      void queries.invalidateQueries({ queryKey: [...workflowKeys.all, 'list'] });
    },
  });
}

export interface NewAction {
  actionType: ActionType;
  title?: string;
  data?: WorkflowData;
  comment?: string;
}

/**
 * Acts on a workflow as it was when the form or dialog that calls this was opened, however often the page is fetched
 * anew behind it: what changed since then makes it fail with 412. The next try then names the newest state.
 */
export function usePerformAction({ workflow: { workflowId }, etag: seen }: VersionedWorkflow) {
  const [etag, setEtag] = useState(seen);
  const api = useApi();
  const queries = useQueryClient();
  const keys = useIdempotencyKeys();
  return useMutation({
    mutationFn: (body: NewAction) =>
      keys.run({ body, etag }, async (key) =>
        fetched(
          await unwrapResponse(
            api.workflow.POST('/workflows/{workflowId}/actions', {
              params: { path: { workflowId } },
              body,
              headers: { 'Idempotency-Key': key, 'If-Match': etag },
            }),
          ),
        ),
      ),
    onSuccess: (acted) => {
      queries.setQueryData(workflowKeys.one(workflowId), acted);
      void queries.invalidateQueries({ queryKey: workflowKeys.history(workflowId) });
      void queries.invalidateQueries({ queryKey: [...workflowKeys.all, 'list'] });
    },
    onError: async (error) => {
      const { status } = toProblem(error);
      // Refused because of the workflow's state: what is on the screen is not it.
      if (![403, 409, 412].includes(status)) return;
      await queries.invalidateQueries({ queryKey: workflowKeys.all });
      const newest = queries.getQueryData<VersionedWorkflow>(workflowKeys.one(workflowId));
      if (newest && status === 412) setEtag(newest.etag);
    },
  });
}
