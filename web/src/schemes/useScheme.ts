import { queryOptions, useQuery } from '@tanstack/react-query';
import { useApi } from '../api/ApiProvider';
import { unwrapData, type Api } from '../api/client';

/** Keys of cached schemes. The list is above all of them. */
export const schemeKeys = {
  all: ['schemes'] as const,
  one: (schemeId: string) => ['schemes', schemeId, 'newest'] as const,
  version: (schemeId: string, version: number) => ['schemes', schemeId, 'version', version] as const,
};

/** How to fetch the newest version of a scheme. */
export const schemeQuery = (api: Api, schemeId: string) =>
  queryOptions({
    queryKey: schemeKeys.one(schemeId),
    queryFn: () => unwrapData(api.workflow.GET('/schemes/{schemeId}', { params: { path: { schemeId } } })),
  });

/** How to fetch one version of a scheme. It never changes. */
export const schemeVersionQuery = (api: Api, schemeId: string, version: number) =>
  queryOptions({
    queryKey: schemeKeys.version(schemeId, version),
    queryFn: () =>
      unwrapData(
        api.workflow.GET('/schemes/{schemeId}', { params: { path: { schemeId }, query: { version } } }),
      ),
    staleTime: Infinity,
  });

export const useScheme = (schemeId: string) => useQuery(schemeQuery(useApi(), schemeId));

export const useSchemeVersion = (schemeId: string, version: number) =>
  useQuery(schemeVersionQuery(useApi(), schemeId, version));
