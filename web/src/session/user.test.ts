import { describe, expect, it } from 'vitest';
import { canSearchAuditTrail, userFromClaims } from './user';

describe('the user from an ID token', () => {
  it('has the sub as user ID, a name, and the groups', () => {
    const user = userFromClaims({
      sub: 'u-1',
      email: 'a@example.com',
      name: 'Ada',
      'cognito:groups': ['auditors'],
    });
    expect(user).toEqual({ userId: 'u-1', name: 'Ada', email: 'a@example.com', groups: ['auditors'] });
  });

  it('has the email as name if the token has no name, and no groups if the token has none', () => {
    const user = userFromClaims({ sub: 'u-1', email: 'a@example.com' });
    expect(user).toMatchObject({ name: 'a@example.com', groups: [] });
  });

  it.each([
    [['auditors'], true],
    [['admins'], true],
    [['finance'], false],
    [[], false],
  ])('in the groups %j can search the audit trail: %s', (groups, expected) => {
    expect(canSearchAuditTrail({ userId: 'u-1', name: 'Ada', email: '', groups })).toBe(expected);
  });
});
