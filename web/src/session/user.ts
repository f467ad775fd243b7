/** The signed-in user, from the claims of the ID token. */
export interface User {
  /** The Cognito `sub`, which is the user ID everywhere in Countersign. */
  userId: string;
  name: string;
  email: string;
  groups: string[];
}

const asText = (value: unknown): string => (typeof value === 'string' ? value : '');

/** Read the user from the claims of an ID token. Without a name claim, the email is the name. */
export function userFromClaims(claims: Record<string, unknown>): User {
  const groups = claims['cognito:groups'];
  const email = asText(claims.email);
  return {
    userId: asText(claims.sub),
    name: asText(claims.name) || email || 'You',
    email,
    groups: Array.isArray(groups) ? groups.filter((group): group is string => typeof group === 'string') : [],
  };
}

/** Whether to offer the audit trail search and the integrity page. The service decides what the user can read. */
export const canSearchAuditTrail = ({ groups }: User): boolean =>
  groups.includes('auditors') || groups.includes('admins');

/** Whether the user sees what a requester saved and hasn't requested yet. The service decides. */
export const canSeeDrafts = (user: User, requesterId: string): boolean =>
  user.userId === requesterId || canSearchAuditTrail(user);

/** Whether to offer erasures, retention periods, and legal holds. The service decides. */
export const isAdmin = ({ groups }: User): boolean => groups.includes('admins');
