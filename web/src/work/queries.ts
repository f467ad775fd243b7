import { useMutation, useQueryClient } from '@tanstack/react-query';
import i18next from 'i18next';
import { useRef } from 'react';
import { useApi } from '../api/ApiProvider';
import { unwrapData, unwrapResponse } from '../api/client';
import { useIdempotencyKeys } from '../api/idempotencyKeys';
import { isOutcomeUnknown, toProblem, type ProblemError } from '../api/problem';
import { workflowKeys, type WorkflowView } from '../api/queryKeys';
import { useCursorList } from '../api/useCursorList';
import type { WorkflowSummary } from '../api/types';
import { etagOf, toVersionedWorkflow, workflowQuery } from '../api/workflows';
import { useFlashes } from '../components/FlashProvider';

/** The largest page of the API. */
export const ROWS_PER_REQUEST = 100;

/** Live updates keep the lists in line (ms). Without a live connection, they are fetched again after this time. */
const LIST_STALE_MS = 60_000;

/** Fetch a list of workflows, newest first, without their data. */
export function useWorkflowList(view: WorkflowView) {
  const api = useApi();
  return useCursorList<WorkflowSummary>(
    workflowKeys.list(view),
    (cursor) =>
      unwrapData(
        api.workflow.GET('/workflows', {
          params: { query: { view, limit: ROWS_PER_REQUEST, cursor } },
        }),
      ),
    undefined,
    { staleTime: LIST_STALE_MS },
  );
}

/** The outcome of one of several approvals. */
export type Outcome = { kind: 'approved' } | { kind: 'failed'; problem: ProblemError };

interface Approvals {
  workflows: WorkflowSummary[];
  comment: string;
  onOutcome: (workflowId: string, outcome: Outcome) => void;
}

/**
 * Approve several workflows, one after the other, each in the version that the list shows. `stop` skips those left.
 *
 * A message at the end says how many were approved, also after the user has left the dialog.
 */
export function useApproveSeveral() {
  const api = useApi();
  const queryClient = useQueryClient();
  const keys = useIdempotencyKeys();
  const controller = useRef<AbortController>(null);
  const { showSuccess, showError } = useFlashes();

  const approve = ({ workflowId, ...listed }: WorkflowSummary, comment: string) => {
    const body = { actionType: 'APPROVE' as const, ...(comment && { comment }) };
    const etag = etagOf(listed);
    return keys.run({ body, etag, workflowId }, async (key) =>
      toVersionedWorkflow(
        await unwrapResponse(
          api.workflow.POST('/workflows/{workflowId}/actions', {
            params: { path: { workflowId } },
            body,
            headers: { 'Idempotency-Key': key, 'If-Match': etag },
          }),
        ),
      ),
    );
  };

  const mutation = useMutation({
    mutationFn: async ({ workflows, comment, onOutcome }: Approvals) => {
      const { signal } = (controller.current = new AbortController());
      const failures: string[] = [];
      let approved = 0;
      for (const workflow of workflows) {
        if (signal.aborted) break;
        const { workflowId, title } = workflow;
        try {
          queryClient.setQueryData(workflowKeys.one(workflowId), await approve(workflow, comment));
          approved += 1;
          onOutcome(workflowId, { kind: 'approved' });
        } catch (error) {
          const problem = toProblem(error);
          failures.push(i18next.t('work:several.failure', { title, problem: problem.title }));
          onOutcome(workflowId, { kind: 'failed', problem });
          // Without a connection, the others would fail, too.
          if (isOutcomeUnknown(problem)) break;
          void queryClient.query(workflowQuery(api, workflowId)).catch(() => undefined);
        }
      }
      const text = i18next.t('work:several.approved', { approved, count: workflows.length });
      if (failures.length > 0) showError(text, failures.join(' '));
      else showSuccess(text);
    },
  });
  return { ...mutation, stop: () => controller.current?.abort() };
}
