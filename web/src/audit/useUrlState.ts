import { useCallback, useMemo } from 'react';
import { useSearchParams } from 'react-router';
import { z } from 'zod';
import { parseFilters, toSearchParams, type AuditFilters } from './filters';

const RECORD = 'record';
const recordParam = z.string().min(1).max(200);

interface UrlState {
  filters: AuditFilters;
  /** The record whose details are open. */
  selectedId: string | null;
  /** Search with other filters. This closes the details. */
  setFilters: (filters: AuditFilters) => void;
  setSelectedId: (datasetId: string | null) => void;
}

/** Keep the filters and the selection in the URL, so that users can bookmark and share a search. */
export function useUrlState(): UrlState {
  const [params, setParams] = useSearchParams();
  const filters = useMemo(() => parseFilters(params), [params]);
  const setSelectedId = useCallback(
    (datasetId: string | null) => {
      const next = toSearchParams(filters);
      if (datasetId !== null) next.set(RECORD, datasetId);
      // The Back button goes to the search before, not to the record before.
      setParams(next, { replace: true });
    },
    [filters, setParams],
  );
  return {
    filters,
    selectedId: recordParam.safeParse(params.get(RECORD)).data ?? null,
    setFilters: (next) => setParams(toSearchParams(next)),
    setSelectedId,
  };
}
