import { useQuery } from '@tanstack/react-query';
import { useApi } from '../api/ApiProvider';
import { unwrapData } from '../api/client';
import type { Scheme } from '../api/types';

/** The most schemes that the console lists: 5 pages of 100. */
const MAX_PAGES = 5;

/** All schemes, by name. They change seldom, so they are fetched once in a while only. */
export function useSchemes() {
  const api = useApi();
  return useQuery({
    queryKey: ['schemes'],
    staleTime: 60_000,
    queryFn: async () => {
      const schemes: Scheme[] = [];
      let cursor: string | undefined;
      for (let page = 0; page < MAX_PAGES; page += 1) {
        const answer = await unwrapData(
          api.workflow.GET('/schemes', { params: { query: { limit: 100, cursor } } }),
        );
        schemes.push(...answer.items);
        if (!answer.cursor) break;
        cursor = answer.cursor;
      }
      return schemes.sort((one, other) => one.name.localeCompare(other.name));
    },
  });
}

/** A scheme's name by its id; the id itself until it is known. */
export function useSchemeName(): (schemeId: string) => string {
  const { data } = useSchemes();
  return (schemeId) => data?.find((scheme) => scheme.schemeId === schemeId)?.name ?? schemeId;
}
