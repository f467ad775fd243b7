import { useMutation, useQueries, useQueryClient } from '@tanstack/react-query';
import i18next from 'i18next';
import { useApi } from '../api/ApiProvider';
import { unwrapData } from '../api/client';
import { toProblem } from '../api/problem';
import type { Scheme } from '../api/types';
import { useCursorList } from '../api/useCursorList';
import { etagOf } from '../api/workflows';
import { useOutcomeMessages } from '../components/useOutcomeMessages';
import { firstMembersQuery } from '../people/queries';
import { schemeKeys, schemeQuery, schemeVersionQuery } from '../schemes/useScheme';
import type { SchemeContent } from './schemeForm';

/** How many versions to fetch at once. */
const VERSIONS = 10;

/** Fetch the first members of each group. */
export function useMembersOfGroups(groups: string[]) {
  const api = useApi();
  return useQueries({ queries: groups.map((name) => firstMembersQuery(api, name)) });
}

/** Fetch the versions of a scheme, newest first. The last one of a page is there to compare with. */
export function useVersions({ schemeId, version: newest }: Scheme) {
  const api = useApi();
  const queryClient = useQueryClient();
  return useCursorList<Scheme>([...schemeKeys.one(schemeId), 'versions', newest], async (cursor) => {
    const last = cursor === undefined ? newest : Number(cursor);
    const count = Math.min(VERSIONS, last);
    const items = await Promise.all(
      Array.from({ length: count }, (_, index) =>
        queryClient.query(schemeVersionQuery(api, schemeId, last - index)),
      ),
    );
    return { items, cursor: last > count ? String(last - count) : null };
  });
}

/** The ID of a new scheme is that of another one. */
export class SchemeExistsError extends Error {
  override name = 'SchemeExistsError';
}

/** Someone else saved a version after the one that the form was opened with. */
export class SchemeConflictError extends Error {
  override name = 'SchemeConflictError';
  constructor(readonly newest: Scheme) {
    super('The scheme has a newer version.');
  }
}

interface SchemeToSave extends SchemeContent {
  /** The version that the user changed; null for a new scheme. */
  base: number | null;
}

function outcomeMessages({ definition: { name }, base }: SchemeToSave) {
  return {
    success: i18next.t(base === null ? 'admin:outcome.created' : 'admin:outcome.saved', { name }),
    failure: i18next.t(base === null ? 'admin:outcome.createFailed' : 'admin:outcome.saveFailed', { name }),
  };
}

/**
 * Create a scheme, or add a version to the one that the user has seen.
 *
 * The service accepts the same request again: writing what the newest version has adds no version.
 */
export function useSaveScheme() {
  const api = useApi();
  const queryClient = useQueryClient();
  const outcome = useOutcomeMessages(outcomeMessages);
  const fetchNewest = (schemeId: string) =>
    unwrapData(api.workflow.GET('/schemes/{schemeId}', { params: { path: { schemeId } } }));

  const exists = async (schemeId: string): Promise<boolean> => {
    try {
      await fetchNewest(schemeId);
      return true;
    } catch (error) {
      if (toProblem(error).status === 404) return false;
      throw error;
    }
  };
  return useMutation({
    mutationFn: async ({ schemeId, definition, base }: SchemeToSave) => {
      // Without If-Match, the service would add a version to a scheme that the user hasn't seen.
      if (base === null && (await exists(schemeId))) throw new SchemeExistsError(schemeId);
      const etag = base === null ? undefined : etagOf({ version: base });
      try {
        return await unwrapData(
          api.workflow.PUT('/schemes/{schemeId}', {
            params: { path: { schemeId }, header: { 'If-Match': etag } },
            body: definition,
          }),
        );
      } catch (error) {
        if (toProblem(error).status !== 412) throw error;
        throw new SchemeConflictError(await fetchNewest(schemeId));
      }
    },
    onSuccess: (saved, content) => {
      outcome.onSuccess(content);
      queryClient.setQueryData(schemeQuery(api, saved.schemeId).queryKey, saved);
      void queryClient.invalidateQueries({ queryKey: schemeKeys.all, exact: true });
    },
    onError: (error, content) => {
      outcome.onError(error, content);
      if (error instanceof SchemeConflictError) {
        queryClient.setQueryData(schemeQuery(api, content.schemeId).queryKey, error.newest);
      }
    },
  });
}
