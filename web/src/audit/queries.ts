import { useQuery } from '@tanstack/react-query';
import { useApi } from '../api/ApiProvider';
import { unwrapData } from '../api/client';
import type { AuditPage, AuditRecord } from '../api/types';
import { useCursorList } from '../api/useCursorList';
import { checkRecord } from '../proof/checkRecord';
import { toQuery, type AuditFilters } from './filters';

/** Search audit records, newest first. `missing` has the IDs of records in the search index but not in the store. */
export function useAuditSearch(filters: AuditFilters) {
  const api = useApi();
  const list = useCursorList<AuditRecord, AuditPage>(['audit', 'search', filters], (cursor) =>
    unwrapData(api.audit.GET('/audit-trail', { params: { query: { ...toQuery(filters), cursor } } })),
  );
  return { ...list, missing: list.data?.pages.flatMap((page) => page.missing) ?? [] };
}

/** Verify the history of a workflow. The service computes the result again for every call. */
export function useVerification(workflowId: string) {
  const api = useApi();
  return useQuery({
    queryKey: ['audit', 'verification', workflowId],
    queryFn: () =>
      unwrapData(api.audit.GET('/workflows/{workflowId}/verification', { params: { path: { workflowId } } })),
    staleTime: 0,
    gcTime: 0,
  });
}

/** Fetch the canonical texts of a record and check them in the browser, when `refetch` is called. */
export function useRecordCheck(datasetId: string) {
  const api = useApi();
  return useQuery({
    queryKey: ['audit', 'check', datasetId],
    queryFn: async () =>
      checkRecord(
        await unwrapData(api.audit.GET('/audit-trail/{datasetId}', { params: { path: { datasetId } } })),
      ),
    enabled: false,
    gcTime: 0,
  });
}
