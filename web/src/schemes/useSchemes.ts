import { useQuery } from '@tanstack/react-query';
import { useApi } from '../api/ApiProvider';
import { unwrapData } from '../api/client';
import type { Scheme } from '../api/types';
import { schemeKeys } from './useScheme';

/** The list has at most 5 pages of 100 schemes. */
const MAX_PAGES = 5;

/** Fetch all schemes, sorted by name. */
export function useSchemes() {
  const api = useApi();
  return useQuery({
    queryKey: schemeKeys.all,
    // Schemes rarely change.
    staleTime: 60_000,
    queryFn: async () => {
      const schemes: Scheme[] = [];
      let cursor: string | undefined;
      for (let page = 0; page < MAX_PAGES; page += 1) {
        const response = await unwrapData(
          api.workflow.GET('/schemes', { params: { query: { limit: 100, cursor } } }),
        );
        schemes.push(...response.items);
        if (!response.cursor) break;
        cursor = response.cursor;
      }
      return schemes.sort((one, other) => one.name.localeCompare(other.name));
    },
  });
}

/** Return a function that finds the name of a scheme. Until the schemes are loaded, it returns the ID. */
export function useSchemeName(): (schemeId: string) => string {
  const { data } = useSchemes();
  return (schemeId) => data?.find((scheme) => scheme.schemeId === schemeId)?.name ?? schemeId;
}
