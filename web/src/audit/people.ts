import type { ListedRecord } from '../proof/checkRecord';
import { displayName, type NamedPerson } from '../people/people';
import { useUser } from '../session/SessionProvider';

/** Return the people that a search can be limited to: the user, those in the records, and those found by name. */
export function useKnownPeople(
  records: ListedRecord[],
  found: NamedPerson[],
): { userId: string; name: string }[] {
  const { userId, name } = useUser();
  const people = new Map<string, string>([[userId, name]]);
  for (const { sealed, person } of records) {
    if (person?.name && !people.has(sealed.actionOwner.id)) people.set(sealed.actionOwner.id, person.name);
  }
  for (const person of found) people.set(person.userId, displayName(person));
  return [...people]
    .map(([id, each]) => ({ userId: id, name: each }))
    .sort((one, other) => one.name.localeCompare(other.name));
}
