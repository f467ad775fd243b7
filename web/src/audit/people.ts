import { useQuery } from '@tanstack/react-query';
import type { Client } from 'openapi-fetch';
import { z } from 'zod';
import { useApi } from '../api/ApiProvider';
import { unwrapData } from '../api/client';
import { useUser } from '../session/SessionProvider';
import type { ListedRecord } from '../proof/checkRecord';

export interface Person {
  userId: string;
  name: string;
}

const peoplePage = z.object({
  items: z.array(z.object({ userId: z.string(), name: z.string().nullish() })),
});

/** The route of the people API, until the generated types have it. */
interface PeoplePaths {
  '/people': {
    get: {
      parameters: { query: { query: string; limit: number } };
      responses: { 200: { content: { 'application/json': unknown } } };
    };
  };
}

const LIMIT = 20;
const MAX_QUERY_LENGTH = 100;

/** Find people by the beginning of their name or email. Finds no one if the API doesn't offer it. */
export function usePeople(text: string): { people: Person[]; isLoading: boolean } {
  const api = useApi();
  const query = text.slice(0, MAX_QUERY_LENGTH);
  const { data, isFetching } = useQuery({
    queryKey: ['people', 'search', query],
    queryFn: async () => {
      const people = api.workflow as unknown as Client<PeoplePaths>;
      const page = await unwrapData(people.GET('/people', { params: { query: { query, limit: LIMIT } } }));
      return peoplePage.parse(page).items.map(({ userId, name }) => ({ userId, name: name || userId }));
    },
    enabled: query !== '',
    staleTime: 60_000,
    retry: false,
  });
  return { people: data ?? [], isLoading: isFetching };
}

/** Return the people that a search can be limited to: the user, those in the records, and those found by name. */
export function useKnownPeople(records: ListedRecord[], found: Person[]): Person[] {
  const { userId, name } = useUser();
  const people = new Map<string, string>([[userId, name]]);
  for (const { sealed, person } of records) {
    if (person?.name && !people.has(sealed.actionOwner.id)) people.set(sealed.actionOwner.id, person.name);
  }
  for (const person of found) people.set(person.userId, person.name);
  return [...people]
    .map(([id, each]) => ({ userId: id, name: each }))
    .sort((one, other) => one.name.localeCompare(other.name));
}
