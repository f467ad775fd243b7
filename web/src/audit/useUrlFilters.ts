import { useMemo } from 'react';
import { useSearchParams } from 'react-router';
import { parseFilters, toSearchParams, type AuditFilters } from './filters';

/** The filters as the address holds them, so that a search can be bookmarked and sent on. */
export function useUrlFilters(): [AuditFilters, (filters: AuditFilters) => void] {
  const [params, setParams] = useSearchParams();
  const filters = useMemo(() => parseFilters(params), [params]);
  return [filters, (next) => setParams(toSearchParams(next))];
}
