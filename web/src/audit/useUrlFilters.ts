import { useMemo } from 'react';
import { useSearchParams } from 'react-router';
import { filtersFrom, paramsOf, type AuditFilters } from './filters';

/** The filters as the address holds them, so that a search can be bookmarked and sent on. */
export function useFiltersInUrl(): [AuditFilters, (filters: AuditFilters) => void] {
  const [params, setParams] = useSearchParams();
  const filters = useMemo(() => filtersFrom(params), [params]);
  return [filters, (next) => setParams(paramsOf(next))];
}
