import { queryOptions, useQuery } from '@tanstack/react-query';
import { useApi } from '../api/ApiProvider';
import { unwrapData, type Api } from '../api/client';
import type { DirectoryPerson, Group } from '../api/types';
import { useCursorList } from '../api/useCursorList';

/** How many people a picker offers. */
const PICKER_LIMIT = 20;
const PAGE_LIMIT = 50;
export const MAX_QUERY_LENGTH = 100;
/** The service caches the user directory for a minute (ms). */
const STALE_TIME = 60_000;

const cleanQuery = (text: string): string => text.trim().slice(0, MAX_QUERY_LENGTH);

// Someone can be found by name and again by email.
const uniquePeople = (people: DirectoryPerson[]): DirectoryPerson[] => [
  ...new Map(people.map((person) => [person.userId, person])).values(),
];

/** Find people by the beginning of their name or email. Fetches nothing for an empty text. */
export function usePeopleSearch(text: string) {
  const api = useApi();
  const query = cleanQuery(text);
  return useQuery({
    queryKey: ['people', 'search', query],
    queryFn: async () => {
      const params = { query: { query, limit: PICKER_LIMIT } };
      return uniquePeople((await unwrapData(api.workflow.GET('/people', { params }))).items);
    },
    enabled: query !== '',
    staleTime: STALE_TIME,
    retry: false,
  });
}

/** Fetch people by the beginning of their name or email, page by page. Only admins can list all, with an empty text. */
export function usePeopleList(text: string) {
  const api = useApi();
  const query = cleanQuery(text) || undefined;
  const list = useCursorList<DirectoryPerson>(
    ['people', 'list', query ?? ''],
    (cursor) =>
      unwrapData(api.workflow.GET('/people', { params: { query: { query, limit: PAGE_LIMIT, cursor } } })),
    undefined,
    { staleTime: STALE_TIME },
  );
  return { ...list, data: list.data && { ...list.data, items: uniquePeople(list.data.items) } };
}

/** Fetch the groups, page by page. Only admins can. */
export function useGroups() {
  const api = useApi();
  return useCursorList<Group>(
    ['people', 'groups'],
    (cursor) => unwrapData(api.workflow.GET('/groups', { params: { query: { limit: PAGE_LIMIT, cursor } } })),
    undefined,
    { staleTime: STALE_TIME },
  );
}

/** Fetch the members of a group, page by page. Only admins can. */
export function useGroupMembers(name: string) {
  const api = useApi();
  return useCursorList<DirectoryPerson>(
    ['people', 'members', name, 'pages'],
    async (cursor) =>
      unwrapData(
        api.workflow.GET('/groups/{name}/members', {
          params: { path: { name }, query: { limit: PAGE_LIMIT, cursor } },
        }),
      ),
    undefined,
    { staleTime: STALE_TIME },
  );
}

/** How to fetch the first members of a group, and whether it has more. */
export const firstMembersQuery = (api: Api, name: string) =>
  queryOptions({
    queryKey: ['people', 'members', name, 'first'],
    queryFn: async () => {
      const params = { path: { name }, query: { limit: PAGE_LIMIT } };
      const page = await unwrapData(api.workflow.GET('/groups/{name}/members', { params }));
      return { members: page.items, hasMore: page.cursor !== null };
    },
    staleTime: STALE_TIME,
  });
