import { useMemo } from 'react';
import { useSearchParams } from 'react-router';
import { parseFilters, toSearchParams, type AuditFilters } from './filters';

/** Keep the filters in the URL, so that users can bookmark and share a search. */
export function useUrlFilters(): [AuditFilters, (filters: AuditFilters) => void] {
  const [params, setParams] = useSearchParams();
  const filters = useMemo(() => parseFilters(params), [params]);
  return [filters, (next) => setParams(toSearchParams(next))];
}
