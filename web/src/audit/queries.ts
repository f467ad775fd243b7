import { useQuery } from '@tanstack/react-query';
import { useApi } from '../api/ApiProvider';
import { unwrapData } from '../api/client';
import type { AuditPage, AuditRecord } from '../api/types';
import { useCursorList } from '../api/useCursorList';
import { toQuery, type AuditFilters } from './filters';

/** Audit records that match, newest first; `missing` counts what the index knows and the store lacks. */
export function useAuditSearch(filters: AuditFilters) {
  const api = useApi();
  const list = useCursorList<AuditRecord, AuditPage>(['audit', 'search', filters], (cursor) =>
    unwrapData(api.audit.GET('/audit-trail', { params: { query: { ...toQuery(filters), cursor } } })),
  );
  return { ...list, missing: list.pages.flatMap((page) => page.missing) };
}

/** The verdict on a workflow's chain, recomputed by the service at every call. */
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
