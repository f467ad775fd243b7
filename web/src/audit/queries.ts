import { useInfiniteQuery, useMutation, useQuery } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import { useApi } from '../api/ApiProvider';
import { unwrapData, type Api } from '../api/client';
import type { Page, VerifiableRecord, Verification } from '../api/types';
import { useCursorList } from '../api/useCursorList';
import { titleOf } from '../components/erased';
import type { ListedRecord } from '../proof/checkRecord';
import { fetchEvidence } from '../proof/queries';
import type { WorkflowState } from './compareWithWorkflow';
import { evidenceFileName, toFileContent } from './evidenceFile';
import { toQuery, type AuditFilters } from './filters';
import { saveFile } from './saveFile';

interface SearchPage extends Page<ListedRecord> {
  missing: string[];
}

/** Search audit records, newest first. `missing` has the IDs of records in the search index but not in the store. */
export function useAuditSearch(filters: AuditFilters) {
  const api = useApi();
  // All pages of a search end at the same time before now.
  const now = useRef(new Date());
  const list = useCursorList<ListedRecord, SearchPage>(['audit', 'search', filters], (cursor) => {
    if (cursor === undefined) now.current = new Date();
    const query = { ...toQuery(filters, now.current), cursor };
    return unwrapData(api.audit.GET('/audit-trail', { params: { query } }));
  });
  return { ...list, missing: list.data?.pages.flatMap((page) => page.missing) ?? [] };
}

/** Fetch one audit record. */
export function useAuditRecord(datasetId: string) {
  const api = useApi();
  return useQuery({
    queryKey: ['audit', 'record', datasetId],
    queryFn: () =>
      unwrapData<VerifiableRecord>(
        api.audit.GET('/audit-trail/{datasetId}', { params: { path: { datasetId } } }),
      ),
  });
}

/**
 * Verify the history of a workflow, page by page.
 *
 * The service computes the result again for every call. `fetchNextPage` continues with the next events.
 */
export function useVerification(workflowId: string) {
  const api = useApi();
  const query = useInfiniteQuery({
    queryKey: ['audit', 'verification', workflowId],
    queryFn: ({ pageParam }) =>
      unwrapData(
        api.audit.GET('/workflows/{workflowId}/verification', {
          params: { path: { workflowId }, query: { cursor: pageParam } },
        }),
      ),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: ({ cursor }: Verification) => cursor ?? undefined,
    staleTime: 0,
    gcTime: 0,
  });
  const { hasNextPage, isFetching, isError, fetchNextPage } = query;
  useEffect(() => {
    if (hasNextPage && !isFetching && !isError) void fetchNextPage();
  }, [hasNextPage, isFetching, isError, fetchNextPage]);
  return query;
}

/**
 * Fetch what the workflow service says about a workflow, to compare a verification with it.
 *
 * @param verifiedAt When the verification was complete (ms since 1970); null before. The state is never older.
 */
export function useWorkflowState(workflowId: string, verifiedAt: number | null) {
  const api = useApi();
  return useQuery({
    queryKey: ['audit', 'workflow-state', workflowId, verifiedAt],
    queryFn: async (): Promise<WorkflowState> => {
      const { version, updatedAt, ...workflow } = await unwrapData(
        api.workflow.GET('/workflows/{workflowId}', { params: { path: { workflowId } } }),
      );
      return { version, updatedAt, title: titleOf(workflow), history: await fetchHistory(api, workflowId) };
    },
    enabled: verifiedAt !== null,
    staleTime: Infinity,
    gcTime: 0,
    refetchOnReconnect: false,
  });
}

async function fetchHistory(api: Api, workflowId: string): Promise<WorkflowState['history']> {
  const entries: WorkflowState['history'] = [];
  let cursor: string | undefined;
  do {
    const params = { path: { workflowId }, query: { limit: 100, cursor } };
    const page = await unwrapData(api.workflow.GET('/workflows/{workflowId}/history', { params }));
    entries.push(...page.items);
    cursor = page.cursor ?? undefined;
  } while (cursor !== undefined);
  return entries;
}

/** Fetch all pages of the evidence bundle of a workflow and save them as a file. */
export function useEvidenceDownload(workflowId: string) {
  const api = useApi();
  const [pages, setPages] = useState(0);
  const mutation = useMutation({
    mutationFn: async () => {
      setPages(0);
      saveFile(
        evidenceFileName(workflowId),
        toFileContent(await fetchEvidence(api, workflowId, Infinity, setPages)),
        'application/jsonl',
      );
    },
  });
  return { ...mutation, pages };
}
