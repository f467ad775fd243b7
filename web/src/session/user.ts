/** Who is signed in, as the ID token says. */
export interface User {
  /** The Cognito sub: the userId everywhere in Countersign. */
  userId: string;
  name: string;
  email: string;
  groups: string[];
}

const text = (value: unknown): string => (typeof value === 'string' ? value : '');

/** The user in an ID token's claims. Without a name claim the e-mail stands for it. */
export function userFromClaims(claims: Record<string, unknown>): User {
  const groups = claims['cognito:groups'];
  const email = text(claims.email);
  return {
    userId: text(claims.sub),
    name: text(claims.name) || email || 'You',
    email,
    groups: Array.isArray(groups) ? groups.filter((group): group is string => typeof group === 'string') : [],
  };
}

/** Whether this user may search the whole audit trail. The service decides; this only spares a useless link. */
export const isAuditor = (user: User): boolean => user.groups.includes('auditors');
