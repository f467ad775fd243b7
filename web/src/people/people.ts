/** A user whose name a page shows. The name is null if the user was deleted or has none. */
export interface NamedPerson {
  userId: string;
  name: string | null;
}

/** Return what to show for a person: the name, or the user ID without one. */
export const displayName = ({ userId, name }: NamedPerson): string => name || userId;
